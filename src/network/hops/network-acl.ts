import type { Subnet } from '../../model/resources/subnet.ts';
import type { Located } from '../facts/inventory.ts';
import { networkAclOfSubnet } from '../facts/vpc-tables.ts';
import { decideNetworkAcl } from '../filters/network-acl.ts';
import { doubted, type Flow, withStep } from '../path/flow.ts';
import { passFilter } from '../path/pass-filter.ts';

/** The network ACL of a subnet judges every packet that crosses its border, replies too. */
export function passNetworkAcl(
  flow: Flow,
  { resource: subnet }: Located<Subnet>,
  packetDirection: 'ingress' | 'egress',
): Flow {
  const acl = networkAclOfSubnet(flow.journey.snapshot, subnet);
  const place = { vpcId: subnet.vpcId, subnetId: subnet.subnetId };
  if (acl.missing !== undefined) {
    const component = { id: subnet.subnetId, type: 'subnet' as const };
    const text = `The network ACL of ${subnet.subnetId} is not known.`;
    const next = withStep(flow, { component, effect: 'unknown', packetDirection, ...place });
    return doubted(next, { explanationCode: 'NOT_COLLECTED', component, packetDirection, text }, [acl.missing]);
  }
  const { networkAclId } = acl.value;
  const component = { id: networkAclId, type: 'network-acl' as const };
  const what = flow.direction === 'return' ? 'the reply' : 'it';
  return passFilter(flow, (seen) => decideNetworkAcl(acl.value[packetDirection], seen), {
    component: () => component,
    packetDirection,
    ...place,
    evidence: ({ evidence }) => evidence,
    refusal: ({ refusedBy }) => {
      const [entry] = refusedBy;
      return {
        explanationCode: 'SUBNET_ACL_RESTRICTION',
        component,
        packetDirection,
        ...(entry === undefined ? {} : { rule: entry.evidence }),
        text:
          entry === undefined
            ? `No ${packetDirection} rule of ${networkAclId} admits ${what}.`
            : `Rule ${entry.entry.ruleNumber} (${packetDirection}) of ${networkAclId} denies ${what}.`,
      };
    },
    doubt: ({ missing }) => ({
      explanationCode: 'NOT_COLLECTED',
      component,
      packetDirection,
      text: `Whether ${networkAclId} admits ${what} is not known: ${missing.map(({ fact }) => fact).join('; ')}.`,
    }),
  });
}
