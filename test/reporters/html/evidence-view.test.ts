import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../src/model/verdict/evidence.ts';
import { evidenceLine, evidenceView } from '../../../src/reporters/html/evidence-view.ts';
import { trafficWords } from '../../../src/reporters/traffic-words.ts';
import { evidence } from '../../findings/evidence-arbitrary.ts';

describe('trafficWords', () => {
  it.each<[Parameters<typeof trafficWords>, string]>([
    [['tcp', [{ from: 22, to: 22 }], 'SSH'], 'TCP 22 (SSH)'],
    [['udp', [{ from: 1024, to: 65_535 }]], 'UDP 1024–65535'],
    [['tcp', [{ from: 0, to: 65_535 }]], 'TCP, all ports'],
    [['tcp', []], 'TCP, all ports'],
    [['all', []], 'all traffic'],
    [['-1', []], 'all traffic'],
    [['all', [], 'SSH'], 'all traffic'],
    [['47', []], 'protocol 47'],
    [['icmp', [{ from: -1, to: -1 }]], 'ICMP, all types'],
    [['icmp', [{ from: 8, to: -1 }]], 'ICMP type 8'],
    [['icmpv6', [{ from: 1, to: 4 }]], 'ICMPv6 type 1 code 4'],
    [['tcp', Array.from({ length: 9 }, (_, at) => ({ from: at * 2, to: at * 2 }))], 'TCP 0, 2, 4, 6, 8, 10 and 3 more'],
  ])('%j: %s', (given, words) => {
    expect(trafficWords(...given)).toBe(words);
  });
});

describe('evidenceView', () => {
  it('names every id, number, port and block of the evidence', () => {
    const rule: Evidence = {
      type: 'security-group-rule',
      securityGroupId: 'sg-1',
      securityGroupRuleId: 'sgr-1',
      isEgress: true,
      protocol: 'tcp',
      fromPort: 443,
      toPort: 8443,
      peer: 'pl-1',
    };
    expect(evidenceView(rule)).toEqual({
      what: 'Outbound rule',
      id: 'sgr-1',
      within: 'sg-1',
      concerns: 'TCP 443–8443',
      relation: 'to',
      values: ['pl-1'],
    });
    expect(evidenceLine(rule)).toBe('TCP 443–8443 to pl-1');
    const entry: Evidence = {
      type: 'network-acl-entry',
      networkAclId: 'acl-1',
      ruleNumber: 90,
      egress: false,
      ruleAction: 'deny',
      protocol: 'all',
      cidrBlock: '::/0',
    };
    expect(evidenceView(entry)).toMatchObject({ what: 'Inbound entry 90', within: 'acl-1', values: ['::/0'] });
    expect(evidenceLine(entry)).toBe('Inbound entry 90: Deny all traffic from ::/0');
  });

  it('leaves no block, target or value out', () => {
    fc.assert(
      fc.property(evidence, (item) => {
        const { what, id = '', within = '', concerns, relation, values } = evidenceView(item);
        const words = [what, id, within, concerns, relation, ...values].join(' ');
        const told: readonly (string | number)[] =
          item.type === 'security-group-rule'
            ? [item.securityGroupId, item.peer, item.securityGroupRuleId ?? '']
            : item.type === 'network-acl-entry'
              ? [item.networkAclId, item.ruleNumber, item.cidrBlock]
              : item.type === 'traffic'
                ? item.cidrBlocks
                : item.type === 'route'
                  ? [item.routeTableId, item.destination, item.target, item.state]
                  : item.type === 'policy-statement'
                    ? [item.effect, item.principal, ...item.actions]
                    : item.type === 'attribute'
                      ? [item.resourceId, item.attribute, item.value]
                      : [item.resourceId];
        for (const part of told) expect(words).toContain(String(part));
        expect(evidenceLine(item)).not.toBe('');
      }),
    );
  });
});
