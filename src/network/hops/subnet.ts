import type { Subnet } from '../../model/resources/subnet.ts';
import type { Located } from '../facts/inventory.ts';
import { routeTableOfSubnet } from '../facts/vpc-tables.ts';
import { doubted, type Flow } from '../path/flow.ts';
import type { Place } from '../path/place.ts';
import { end, familiesOf, fork, go, restricted, type Step, without } from '../path/step.ts';
import { passNetworkAcl } from './network-acl.ts';
import { leadsToNeighbours } from './next-hop-subnet.ts';
import { subnetAddresses } from './subnet-addresses.ts';

/**
 * Packets in a subnet: those to a neighbour stay within it and meet neither network ACL nor route table (VPC guide,
 * network ACL basics); all others cross its border and are routed.
 */
export function leaveSubnet(flow: Flow, { subnet }: Extract<Place, { kind: 'leaving-subnet' }>): Step {
  const own = subnetAddresses(subnet.resource);
  const steps: Step[] = [];
  let rest: Flow | undefined = flow;
  for (const family of familiesOf(flow)) {
    const addresses = family === 4 ? own.ipv4 : own.ipv6;
    const neighbours = restricted(flow, 'destinations', family, addresses);
    if (neighbours === undefined) continue;
    steps.push(go(neighbours, { kind: 'in-vpc', vpcId: subnet.resource.vpcId, subnet }));
    if (rest !== undefined) rest = without(rest, 'destinations', family, addresses);
  }
  if (rest !== undefined) steps.push(route(rest, subnet));
  return fork(steps);
}

function route(flow: Flow, subnet: Located<Subnet>): Step {
  const { resource } = subnet;
  const table = routeTableOfSubnet(flow.journey.snapshot, resource);
  if (table.missing === undefined) {
    const beforeBorder = leadsToNeighbours(flow.journey.snapshot, table.value, resource.subnetId);
    const next = beforeBorder ? flow : passNetworkAcl(flow, subnet, 'egress');
    return go(next, { kind: 'routing', table: table.value, vpcId: resource.vpcId, subnet, beforeBorder });
  }
  const component = { id: resource.subnetId, type: 'subnet' as const };
  const text = `The route table of ${resource.subnetId} is not known.`;
  const next = passNetworkAcl(flow, subnet, 'egress');
  return end(doubted(next, { explanationCode: 'NOT_COLLECTED', component, text }, [table.missing]));
}
