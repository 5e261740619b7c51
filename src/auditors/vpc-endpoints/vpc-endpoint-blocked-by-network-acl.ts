import type { Subnet } from '../../model/resources/subnet.ts';
import type { VpcEndpoint } from '../../model/resources/vpc-endpoint.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { nameOf } from '../../model/tag.ts';
import type { Evidence } from '../../model/verdict/evidence.ts';
import type { Missing } from '../../model/verdict/verdict.ts';
import { privateAddressesOf } from '../../network/facts/group-members.ts';
import { prefixListAddresses } from '../../network/facts/prefix-lists.ts';
import { interfaceById, routeTableById, subnetById } from '../../network/facts/resources-by-id.ts';
import { routeTableOfSubnet } from '../../network/facts/vpc-tables.ts';
import { type AddressSet, uniteAllAddresses } from '../../network/sets/address-set.ts';
import type { Check } from '../check.ts';
import { isClient } from '../client-interfaces.ts';
import { type RefusingAcl, refusingAcls } from '../endpoint-acls.ts';
import { entry, networkAcl, networkInterface, route, routeTable, subnet, vpcEndpoint } from '../examples.ts';
import { answersOnHttps } from '../gateway-services.ts';
import { groupBy } from '../group-by.ts';
import { type PrefixListKind, prefixListKinds } from '../rule-kinds.ts';
import { attribute, takingPart } from '../taking-part.ts';

const s3 = { PrefixListId: 'pl-0a1', PrefixListName: 'com.amazonaws.eu-west-1.s3', Cidrs: ['198.51.100.0/24'] };
const inside = (entries: readonly Readonly<Record<string, unknown>>[]) => ({
  subnets: [subnet()],
  networkInterfaces: [networkInterface()],
  networkAcls: [networkAcl(entries)],
  routeTables: [routeTable([route('pl-0a1', { GatewayId: 'vpce-0a1' })])],
  prefixLists: [s3],
  vpcEndpoints: [vpcEndpoint({ RouteTableIds: ['rtb-0a1'] })],
});
const callsOut = entry(100, 'allow', 'egress', '0.0.0.0/0', '6', [443, 443]);

const check: Check<'vpcEndpoints' | 'subnets' | 'networkInterfaces' | 'networkAcls' | 'routeTables', PrefixListKind> = {
  id: 'vpc-endpoint-blocked-by-network-acl',
  title: 'Network ACL keeps clients from their VPC endpoint',
  severity: 'medium',
  rationale:
    'Routes and names lead calls to the endpoint, and the network ACL drops them, or drops the answers, which no connection ' +
    'state lets back in. The service times out from these subnets, and people then open whatever seems to help.',
  remediation:
    'Allow TCP 443 to the addresses of the endpoint, or of the prefix list of S3 or DynamoDB, and the answers to the ports ' +
    '1024 to 65535. A network ACL takes no prefix lists, so their blocks have to be written out, or all addresses allowed.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html',
  ],
  relatedChecks: [],
  judges: 'vpcEndpoints',
  needs: ['vpcEndpoints', 'subnets', 'networkInterfaces', 'networkAcls', 'routeTables'],
  uses: prefixListKinds,
  examples: {
    fails: [
      {
        title: 'answers of S3 are let in from one network alone',
        resources: inside([callsOut, entry(100, 'allow', 'ingress', '10.0.0.0/8', '6', [1024, 65_535])]),
      },
    ],
    passes: [
      {
        title: 'calls may leave and answers come back',
        resources: inside([callsOut, entry(100, 'allow', 'ingress', '0.0.0.0/0', '6', [1024, 65_535])]),
      },
    ],
  },
  *evaluate({ vpcEndpoints, networkInterfaces, subnets }, { region, snapshot }) {
    const clients = groupBy(networkInterfaces.filter(isClient), ({ subnetId }) => subnetId);
    const byVpc = groupBy(
      subnets.filter(({ subnetId }) => clients.has(subnetId)),
      ({ vpcId }) => vpcId,
    );
    for (const endpoint of vpcEndpoints) {
      const { vpcEndpointId: id, vpcId, state, vpcEndpointType, serviceName } = endpoint;
      const resource = { type: 'vpc-endpoint', id, vpcId, name: nameOf(endpoint) } as const;
      const judged =
        vpcEndpointType === 'Gateway' || (vpcEndpointType === 'Interface' && answersOnHttps(serviceName, region));
      if (state !== 'available' || !judged) {
        yield { outcome: 'not-applicable', resource, reason: 'no service of AWS is called by it on port 443' };
        continue;
      }
      const missing: Missing[] = [];
      const blocked = new Map<string, { readonly acl: RefusingAcl; readonly subnetIds: Set<string> }>();
      for (const subnetOfClients of byVpc.get(vpcId ?? '') ?? []) {
        const { subnetId } = subnetOfClients;
        const addresses = uniteAllAddresses((clients.get(subnetId) ?? []).map(privateAddressesOf));
        for (const service of servicesSeenFrom(snapshot, endpoint, subnetOfClients, missing)) {
          const found = refusingAcls(snapshot, { subnet: subnetOfClients, addresses }, service);
          missing.push(...found.missing);
          for (const acl of found.refusing) {
            const key = `${acl.networkAclId} ${acl.direction}`;
            const known = blocked.get(key) ?? { acl, subnetIds: new Set<string>() };
            blocked.set(key, known);
            known.subnetIds.add(subnetId);
          }
        }
      }
      for (const [, { acl, subnetIds }] of [...blocked].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const { networkAclId, what, direction, refusedBy } = acl;
        const evidence: readonly Evidence[] =
          refusedBy.length > 0 ? refusedBy : [attribute(networkAclId, 'Entries', `none for ${direction} of ${what}`)];
        const [first, ...rest] = [...evidence, ...takingPart('subnet', [...subnetIds], 'client')];
        if (first === undefined) continue;
        yield {
          outcome: 'fail',
          resource,
          title: `${networkAclId} refuses ${what === 'calls' ? 'calls to it' : 'its answers'} on the way ${direction === 'ingress' ? 'in' : 'out'}`,
          evidence: [first, ...rest],
          fix: {
            summary:
              what === 'calls'
                ? `Allow TCP 443 to the endpoint in the ${direction} of ${networkAclId}.`
                : `Allow TCP 1024 to 65535 from port 443 of the endpoint in the ${direction} of ${networkAclId}.`,
          },
        };
      }
      if (blocked.size > 0) continue;
      if (missing.length > 0) yield { outcome: 'unknown', resource, missing };
      else yield { outcome: 'pass', resource };
    }
  },
};

/** Where calls from a subnet go by this endpoint: the addresses of its service, or its interfaces with their subnets. */
function servicesSeenFrom(
  snapshot: Snapshot,
  { vpcEndpointId, vpcEndpointType, networkInterfaceIds, privateDnsEnabled }: VpcEndpoint,
  from: Subnet,
  missing: Missing[],
): readonly { readonly subnet: Subnet | undefined; readonly addresses: AddressSet }[] {
  if (vpcEndpointType === 'Interface') {
    // Without private DNS only who names the endpoint calls it, and nobody knows who that is
    if (privateDnsEnabled !== true) return [];
    return networkInterfaceIds.flatMap((id) => {
      const card = interfaceById(snapshot).get(id)?.resource;
      if (card === undefined) return [];
      return [{ subnet: subnetById(snapshot).get(card.subnetId)?.resource, addresses: privateAddressesOf(card) }];
    });
  }
  const table = routeTableOfSubnet(snapshot, from);
  if (table.value === undefined) {
    missing.push(table.missing);
    return [];
  }
  const { routes = [] } = routeTableById(snapshot).get(table.value.routeTableId)?.resource ?? {};
  const lists = routes.flatMap(({ target, state, destinationPrefixListId }) =>
    target.id === vpcEndpointId && state === 'active' ? (destinationPrefixListId ?? []) : [],
  );
  return [...new Set(lists)].flatMap((list) => {
    const addresses = prefixListAddresses(snapshot, list);
    if (addresses.value !== undefined) return [{ subnet: undefined, addresses: addresses.value }];
    missing.push(addresses.missing);
    return [];
  });
}

export default check;
