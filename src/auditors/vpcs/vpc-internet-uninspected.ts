import { nameOf } from '../../model/tag.ts';
import type { Check } from '../check.ts';
import { route, routeTable, vpc } from '../examples.ts';
import { firewall } from '../firewall-examples.ts';
import { groupBy } from '../group-by.ts';
import { relatedChecks } from '../related-checks.ts';
import { takingPart } from '../taking-part.ts';

const other = vpc({ VpcId: 'vpc-0a2', CidrBlock: '10.1.0.0/16' });
const elsewhere = (target: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  routeTable([route('0.0.0.0/0', target)], { RouteTableId: 'rtb-0a2', VpcId: 'vpc-0a2' });

const check: Check<'vpcs' | 'firewalls' | 'routeTables'> = {
  id: 'vpc-internet-uninspected',
  title: 'VPC reaches the internet without the firewall that others have',
  severity: 'low',
  rationale:
    'Somebody decided that traffic with the internet is inspected here, and this VPC has a way of its own. What the ' +
    'firewall would stop takes that way.',
  remediation:
    'Lead the traffic of this VPC through a firewall too: one of its own, or a central one behind a transit gateway. Where ' +
    'the VPC is meant to be outside, say so in a suppression.',
  references: ['https://docs.aws.amazon.com/network-firewall/latest/developerguide/architectures.html'],
  relatedChecks: relatedChecks({ prowler: ['networkfirewall_in_all_vpc'] }),
  judges: 'vpcs',
  needs: ['vpcs', 'firewalls', 'routeTables'],
  failsOnAbsence: true,
  examples: {
    fails: [
      {
        title: 'one VPC has a firewall, the other an internet gateway and none',
        resources: {
          vpcs: [vpc(), other],
          firewalls: [firewall()],
          routeTables: [elsewhere({ GatewayId: 'igw-0a2' })],
        },
      },
    ],
    passes: [
      {
        title: 'the other goes out by a transit gateway',
        resources: {
          vpcs: [vpc(), other],
          firewalls: [firewall()],
          routeTables: [elsewhere({ TransitGatewayId: 'tgw-0a1' })],
        },
      },
    ],
  },
  *evaluate({ vpcs, firewalls, routeTables }) {
    const guarded = new Set<string | undefined>(firewalls.map(({ vpcId }) => vpcId));
    const tables = groupBy(routeTables, ({ vpcId = '' }) => vpcId);
    for (const own of vpcs) {
      const { vpcId } = own;
      const resource = { type: 'vpc', id: vpcId, vpcId, name: nameOf(own) } as const;
      if (firewalls.length === 0) {
        yield { outcome: 'not-applicable', resource, reason: 'no Network Firewall is used in this Region' };
        continue;
      }
      // The routes of gateway endpoints are for prefix lists, and inspect nothing
      const targets = (tables.get(vpcId) ?? []).flatMap(({ routes }) =>
        routes
          .filter(({ state, destinationPrefixListId }) => state === 'active' && destinationPrefixListId === undefined)
          .map(({ target }) => target),
      );
      const ways = targets.filter(({ kind }) => kind === 'internet-gateway' || kind === 'egress-only-internet-gateway');
      const inspected = guarded.has(vpcId) || targets.some(({ kind }) => kind === 'vpc-endpoint');
      if (ways.length === 0 || inspected) {
        yield { outcome: 'pass', resource };
        continue;
      }
      const ids = [...new Set(ways.flatMap(({ id }) => id ?? []))];
      const [first, ...rest] = takingPart('internet-gateway', ids, 'way-to-internet');
      if (first === undefined) continue;
      yield {
        outcome: 'fail',
        resource,
        title: 'it has a way to the internet that no firewall inspects',
        evidence: [first, ...rest],
        fix: { summary: 'Lead the traffic of the VPC with the internet through a firewall.' },
      };
    }
  },
};

export default check;
