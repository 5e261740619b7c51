import type { NetworkAcl } from '../../model/resources/network-acl.ts';
import { nameOf } from '../../model/tag.ts';
import { decideNetworkAcl } from '../../network/filters/network-acl.ts';
import { compiledAcl } from '../acl-admission.ts';
import { ownDenies } from '../acl-shadows.ts';
import type { Check } from '../check.ts';
import { entry, networkAcl, subnet } from '../examples.ts';
import { groupBy } from '../group-by.ts';
import { createEntry, freeRuleNumbers } from '../network-acl-fix.ts';
import { tierOf } from '../subnet-words.ts';
import { takingPart } from '../taking-part.ts';

const named = (SubnetId: string, Value: string): Readonly<Record<string, unknown>> =>
  subnet({ SubnetId, Tags: [{ Key: 'Name', Value }] });
const allow = entry(100, 'allow', 'ingress', '0.0.0.0/0');
const deny = entry(90, 'deny', 'ingress', '198.51.100.0/24');
const second = { NetworkAclId: 'acl-0a2', Associations: [{ SubnetId: 'subnet-0a2' }] };
const tier = [named('subnet-0a1', 'web-a'), named('subnet-0a2', 'web-b')];

const check: Check<'networkAcls' | 'subnets'> = {
  id: 'network-acl-deny-missing-on-tier',
  title: 'Network ACL lacks a deny that other subnets of the tier have',
  severity: 'medium',
  rationale:
    'Subnets of one tier do the same work in different zones. An address that is denied in one zone and let in in the ' +
    'other is not kept away: it comes in through the zone that was forgotten.',
  remediation: 'Give the subnets of a tier the same network ACL, or write each deny in all of theirs.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html'],
  relatedChecks: [],
  judges: 'networkAcls',
  needs: ['networkAcls', 'subnets'],
  examples: {
    fails: [
      {
        title: 'one zone denies a network that the other lets in',
        resources: { networkAcls: [networkAcl([deny, allow]), networkAcl([allow], second)], subnets: tier },
      },
    ],
    passes: [
      {
        title: 'both deny it',
        resources: { networkAcls: [networkAcl([deny, allow]), networkAcl([deny, allow], second)], subnets: tier },
      },
    ],
  },
  *evaluate({ networkAcls, subnets }, { region }) {
    const tiers = groupBy(
      subnets.filter((own) => tierOf(own) !== undefined),
      (own) => `${own.vpcId} ${tierOf(own)}`,
    );
    const aclOf = new Map<string, NetworkAcl>(networkAcls.flatMap((acl) => acl.subnetIds.map((id) => [id, acl])));
    for (const acl of networkAcls) {
      const { networkAclId, vpcId, subnetIds } = acl;
      const resource = { type: 'network-acl', id: networkAclId, vpcId, name: nameOf(acl) } as const;
      const own = new Set<string>(subnetIds);
      const lacking = new Set<string>();
      const compared = new Set<NetworkAcl>([acl]);
      for (const members of tiers.values()) {
        const mine = members.filter(({ subnetId }) => own.has(subnetId)).map(({ subnetId }) => subnetId);
        const others = new Set(mine.length === 0 ? [] : members.flatMap(({ subnetId }) => aclOf.get(subnetId) ?? []));
        others.delete(acl);
        for (const other of others) compared.add(other);
        for (const other of [...others].toSorted((a, b) => (a.networkAclId < b.networkAclId ? -1 : 1))) {
          for (const { entry: denied, box, evidence } of ownDenies(compiledAcl(other))) {
            const compiled = compiledAcl(acl);
            const entries = denied.egress ? compiled.egress : compiled.ingress;
            const { admitted, admittedBy } = decideNetworkAcl(entries, [box]);
            const meaning = JSON.stringify({ ...evidence, networkAclId: '', ruleNumber: 0 });
            const first = admittedBy[0];
            if (admitted.length === 0 || first === undefined || lacking.has(meaning)) continue;
            lacking.add(meaning);
            const [number] = freeRuleNumbers(acl, denied.egress, first.entry.ruleNumber, 1);
            yield {
              outcome: 'fail',
              resource,
              title: `${evidence.cidrBlock} is let ${denied.egress ? 'out' : 'in'} here and denied in another zone of the tier`,
              evidence: [
                evidence,
                ...admittedBy.map((taker) => taker.evidence),
                ...takingPart('subnet', mine, 'same-tier'),
              ],
              fix: {
                summary: `Deny the same before rule ${first.entry.ruleNumber}.`,
                ...(number === undefined ? {} : { cli: [createEntry(region, networkAclId, number, denied)] }),
              },
            };
          }
        }
      }
      const missing = [...compared]
        .map(compiledAcl)
        .flatMap(({ ingress, egress }) => [...ingress, ...egress].flatMap((one) => one.missing ?? []));
      if (missing.length > 0) yield { outcome: 'unknown', resource, missing };
      else if (lacking.size === 0) yield { outcome: 'pass', resource };
    }
  },
};

export default check;
