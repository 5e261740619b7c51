import { describe, expect, it } from 'vitest';
import { sampleAccount } from '../../mocks/accounts/index.ts';
import { snapshotOf } from '../../mocks/snapshot.ts';
import type { AuditReport, Result } from '../../src/findings/audit-report.ts';
import { allChecks, auditSnapshot } from '../../src/index.ts';
import { admittedFromOutside, exposedThings } from '../../src/reporters/exposed-things.ts';
import { reachSentence } from '../../src/reporters/reach-words.ts';
import { exposedHost } from './sample-exposures.ts';
import { cleanReport, sampleHost, sampleReport } from './sample-report.ts';

const audited = async (name: string): Promise<AuditReport> =>
  auditSnapshot(snapshotOf(sampleAccount(name).world), {
    checks: await allChecks(),
    run: () => ({ startedAt: '2026-01-15T12:00:00.000Z', durationMs: 1 }),
  });

const suppress = (result: Result): Result => ({
  ...result,
  suppression: { id: 'bastion', owner: 'network', reason: 'reached by the jump hosts', expires: '2026-12-31' },
});

describe('what the internet reaches', () => {
  it('is told by service, the worst first, with the finding that speaks of it', () => {
    const report = sampleReport();
    const [thing, ...more] = exposedThings(report);
    expect(more).toEqual([]);
    expect(thing?.severity).toBe('critical');
    expect(thing?.services.map(({ name, severity }) => [name, severity])).toEqual([
      ['SSH', 'critical'],
      ['TCP 443', undefined],
    ]);
    const lead = thing?.services[0]?.family?.lead;
    expect(lead?.evidence).toContainEqual(
      expect.objectContaining({ securityGroupRuleId: sampleHost.securityGroupRuleId }),
    );
  });

  it('is shown and not counted where somebody answers for it', () => {
    const report = sampleReport();
    const [thing] = exposedThings({ ...report, results: report.results.map(suppress) });
    expect(thing?.severity).toBeUndefined();
    expect(thing?.services.map(({ name, isAccepted }) => [name, isAccepted])).toEqual([
      ['TCP 443', false],
      ['SSH', true],
    ]);
  });

  it('leaves out what is admitted from the address itself alone', () => {
    const host = exposedHost(sampleHost);
    const [traffic] = host.admittedTraffic;
    if (traffic === undefined) throw new Error('the host is reached');
    const itself = { ...host, admittedTraffic: [{ ...traffic, sourceAddresses: ['10.0.1.10/32'] }] };
    expect(admittedFromOutside(itself)).toEqual([]);
    expect(exposedThings({ exposures: [itself], results: [] })).toEqual([]);
  });

  it('names every port that gets through once, in a finding or beside them', async () => {
    for (const name of ['legacy-flat', 'nacl-traps', 'clean-landing-zone', 'peered-dev-prod']) {
      const report = await audited(name);
      for (const { exposed, services } of exposedThings(report)) {
        const words = services.map(({ words: said }) => said).join(' ');
        if (/all traffic|every other/.test(words)) continue;
        const named = [...words.matchAll(/(\d+)(?:–(\d+))?/g)].map(([, from, to = from]) => [Number(from), Number(to)]);
        for (const { destinationPortRanges = [] } of admittedFromOutside(exposed))
          for (const { from: port } of destinationPortRanges)
            expect([name, port, named.some(([from = 1, to = 0]) => from <= port && port <= to)]).toEqual([
              name,
              port,
              true,
            ]);
      }
    }
  });

  it('has the path of one client for each class, from the gateway to the interface, and back', async () => {
    const report = await audited('legacy-flat');
    const reached = report.exposures.filter((exposed) => admittedFromOutside(exposed).length > 0);
    expect(reached.length).toBeGreaterThan(4);
    for (const { path, addresses } of reached) {
      expect(path?.forwardPathComponents[0]?.component.type).toBe('internet-gateway');
      expect(path?.forwardPathComponents.at(-1)?.component.id).toBe(addresses[0]?.networkInterfaceId);
      expect(path?.returnPathComponents.at(-1)?.component.type).toBe('internet');
      for (const { effect } of path?.returnPathComponents ?? []) expect(['admits', 'limits']).toContain(effect);
    }
  });
});

describe('the sentence on it', () => {
  it('names the services of the worst severity', () => {
    expect(reachSentence(sampleReport())).toBe('The internet reaches 1 interface: 1 critical service (SSH).');
  });

  it('does not say that nothing is reached where something was not read', () => {
    expect(reachSentence(cleanReport())).toBe('The internet reaches nothing here.');
    const blind = { ...sampleReport(), exposures: [] };
    expect(reachSentence(blind)).toBe('The internet reaches nothing of what could be read.');
    const [, doubtful] = sampleReport().exposures;
    expect(reachSentence({ ...blind, exposures: doubtful === undefined ? [] : [doubtful] })).toContain(
      'it cannot be told',
    );
  });
});
