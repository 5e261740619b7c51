import { describe, expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import { fieldQuestions } from '../../scripts/generate/field-questions.ts';
import { exampleRegion, exampleSnapshot } from '../../src/auditors/example-region.ts';
import { permission, securityGroup } from '../../src/auditors/examples.ts';
import { checkIds, loadChecks } from '../../src/auditors/registry.ts';
import { assessStandard, assessStandards, type Judgements } from '../../src/auditors/assess-standard.ts';
import { type CheckVerdict, runChecks } from '../../src/auditors/run.ts';
import { allStandards, checksOfStandard, standardNamed, standardsOf } from '../../src/auditors/standards.ts';
import { denied } from './judge.ts';

const openPorts = 'security-group-open-to-internet';

describe.each(allStandards)('$id', (standard) => {
  it('names only checks that there are, and says why where it names none', () => {
    const ids = standard.controls.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, checks, notCovered } of standard.controls) {
      expect([checks === undefined, notCovered === undefined].filter(Boolean).length, id).toBe(1);
      expect(checks?.length, id).not.toBe(0);
      expect(notCovered ?? 'covered', id).toMatch(/\S/);
    }
    expect(checksOfStandard(standard).filter((id) => !checkIds.includes(id))).toEqual([]);
    expect(checksOfStandard(standard).length).toBeGreaterThan(0);
  });

  it('is what the checks themselves are said to answer', () => {
    for (const { id, checks = [] } of standard.controls) {
      for (const { check } of checks) expect(standardsOf(check)).toContain(`${standard.name} ${id}`);
    }
  });
});

describe('the questions of the field', () => {
  const questions = fieldQuestions(fileURLToPath(new URL('../..', import.meta.url)));

  it('are 95, each answered by checks that there are or not with a reason', () => {
    expect(questions).toHaveLength(95);
    for (const { question, checks, notCovered } of questions) {
      expect([checks === undefined, notCovered === undefined].filter(Boolean).length, question).toBe(1);
      expect(
        (checks ?? []).filter((id) => !checkIds.includes(id)),
        question,
      ).toEqual([]);
    }
  });
});

async function outcomes(id: string, ...permissions: Parameters<typeof securityGroup>[0]) {
  const checks = await loadChecks([openPorts]);
  const region = exampleRegion({ securityGroups: [securityGroup(permissions)] });
  const { verdicts } = runChecks(exampleSnapshot([region]), checks);
  return byControl(id, verdicts, [openPorts]);
}

function judgements(verdicts: readonly CheckVerdict[], ran: readonly string[]): Judgements {
  const said = (id: string, outcome: string): number =>
    verdicts.filter(({ checkId, verdict }) => checkId === id && verdict.outcome === outcome).length;
  return {
    results: verdicts.map(({ checkId, verdict }) => ({
      checkId,
      outcome: verdict.outcome,
      evidence: verdict.outcome === 'fail' ? verdict.evidence : [],
    })),
    checks: ran.map((id) => ({
      id,
      outcomes: {
        fail: said(id, 'fail'),
        unknown: said(id, 'unknown'),
        pass: said(id, 'pass'),
        'not-applicable': said(id, 'not-applicable'),
      },
    })),
  };
}

const byControl = (id: string, verdicts: readonly CheckVerdict[], ran: readonly string[]) =>
  Object.fromEntries(
    assessStandard(standardNamed(id), judgements(verdicts, ran)).controls.map((control) => [
      control.id,
      control.outcome,
    ]),
  );

describe('a control of single ports', () => {
  it('F1 fails where all traffic is open, whatever else is said of it', async () => {
    const found = await outcomes('fsbp', permission('-1', undefined, '0.0.0.0/0'));
    expect([found['EC2.13'], found['EC2.14'], found['EC2.18'], found['EC2.19'], found['EC2.53']]).toEqual(
      Array.from({ length: 5 }, () => 'fail'),
    );
    expect(found['EC2.54']).toBe('pass');
  });

  it('passes where other ports are open', async () => {
    const found = await outcomes('fsbp', permission('tcp', 443, '0.0.0.0/0'));
    expect([found['EC2.13'], found['EC2.18'], found['EC2.19']]).toEqual(['pass', 'pass', 'pass']);
    const database = await outcomes('fsbp', permission('tcp', 5432, '0.0.0.0/0'));
    expect([database['EC2.13'], database['EC2.18'], database['EC2.19']]).toEqual(['pass', 'fail', 'fail']);
  });

  it('counts the findings that are about them, and not all that the same rule causes', async () => {
    const checks = await loadChecks([openPorts]);
    const region = exampleRegion({ securityGroups: [securityGroup([permission('-1', undefined, '0.0.0.0/0')])] });
    const { verdicts } = runChecks(exampleSnapshot([region]), checks);
    const about = assessStandard(standardNamed('cis-7.0'), judgements(verdicts, [openPorts]));
    // All traffic, SSH and RDP
    expect(about.controls.find(({ id }) => id === '6.3')?.failures).toBe(3);
  });

  it('tells the families apart', async () => {
    const found = await outcomes('cis-7.0', permission('tcp', 22, '::/0'));
    expect([found['6.3'], found['6.4'], found['6.1.2']]).toEqual(['pass', 'fail', 'pass']);
  });
});

describe('a control that cannot be told', () => {
  it('is unknown where its evidence was not read, and not run where its check was left out', async () => {
    const checks = await loadChecks([openPorts]);
    const region = denied(exampleRegion({}), 'securityGroups');
    const { verdicts } = runChecks(exampleSnapshot([region]), checks);
    const found = byControl('cis-7.0', verdicts, [openPorts]);
    expect([found['6.3'], found['6.5']]).toEqual(['unknown', 'not-run']);
    const covered = byControl('fsbp', verdicts, [openPorts]);
    const silent = standardNamed('fsbp').controls.find(({ checks }) => checks === undefined);
    expect(silent).toBeDefined();
    expect(covered[silent?.id ?? '']).toBe('not-covered');
  });

  it('is of a standard that there is', () => {
    expect(() => standardNamed('cis-1.0')).toThrow(/cis-7\.0/);
  });
});

describe('a control that a person judges', () => {
  it('never passes, and fails where something is found', () => {
    const manual = standardNamed('cis-7.0').controls.filter(({ mode }) => mode === 'manual');
    expect(manual.length).toBeGreaterThan(5);
    const none = byControl('cis-7.0', [], checkIds);
    for (const { id } of manual) expect(none[id], id).toBe('manual');
  });
});

describe('the standards of a report', () => {
  it('are those asked for, else all that a check has a part in', () => {
    const judged = judgements([], [openPorts]);
    const asked = assessStandards(judged, ['cis-7.0']);
    expect(asked.map(({ id, requested }) => [id, requested])).toEqual([['cis-7.0', true]]);
    const all = assessStandards(judged, []);
    expect(all.length).toBeGreaterThan(3);
    expect(all.every(({ requested }) => !requested)).toBe(true);
    expect(assessStandards(judgements([], []), [])).toEqual([]);
  });

  it('count every control once, and tell suppressed failures apart', () => {
    const port = { type: 'traffic', role: 'admitted', direction: 'ingress', protocol: 'tcp' } as const;
    const evidence = [{ ...port, cidrBlocks: ['0.0.0.0/0'], portRanges: [{ from: 22, to: 22 }] }];
    const failure = { checkId: openPorts, outcome: 'fail', evidence } as const;
    const counts = { fail: 2, unknown: 0, pass: 0, 'not-applicable': 0 };
    const [cis] = assessStandards(
      { results: [failure, { ...failure, suppression: {} }], checks: [{ id: openPorts, outcomes: counts }] },
      ['cis-7.0'],
    );
    expect(cis?.controls.find(({ id }) => id === '6.3')).toMatchObject({ outcome: 'fail', failures: 2, suppressed: 1 });
    expect(Object.values(cis?.counts ?? {}).reduce((sum, count) => sum + count, 0)).toBe(cis?.controls.length);
  });
});
