import type { Resources } from '../../../src/model/resources.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import type { Explanation } from '../../../src/model/verdict/path.ts';

type Key = keyof Resources;
/** A change of one resource of a kind. */
type Change = { [K in Key]: { readonly kind: K; readonly change: (resource: Resources[K]) => Resources[K] } }[Key];

const change = <K extends Key>(kind: K, how: (resource: Resources[K]) => Resources[K]): Change =>
  ({ kind, change: how }) as unknown as Change;

/** The snapshot with exactly the named blockers taken away, and nothing else; `undefined` where one cannot be lifted. */
export function lifted(
  snapshot: Snapshot,
  blockers: readonly Explanation[],
  ends: { readonly source: string; readonly destination: string },
): Snapshot | undefined {
  let current = snapshot;
  for (const blocker of blockers) {
    const changes = changesFor(current, blocker, blocker.direction === 'forward' ? ends.destination : ends.source);
    if (changes === undefined) return undefined;
    for (const one of changes) current = applied(current, one);
  }
  return current;
}

function applied(snapshot: Snapshot, { kind, change: how }: Change): Snapshot {
  const regions = snapshot.regions.map((region) => {
    const collected = region.resources[kind];
    if (collected.status !== 'collected') return region;
    const resources = (collected.resources as readonly unknown[]).map((resource) =>
      (how as (value: unknown) => unknown)(resource),
    );
    return {
      ...region,
      resources: { ...region.resources, [kind]: { ...collected, resources } },
    };
  });
  return { ...snapshot, regions };
}

const everything = {
  ipProtocol: '-1',
  fromPort: undefined,
  toPort: undefined,
  ipRanges: [{ cidrIp: '0.0.0.0/0', description: undefined }],
  ipv6Ranges: [{ cidrIpv6: '::/0', description: undefined }],
  prefixListIds: [],
  userIdGroupPairs: [],
};

function admitAll(ids: readonly string[], egress: boolean): Change {
  return change('securityGroups', (group) => {
    if (!ids.includes(group.groupId)) return group;
    return egress
      ? { ...group, ipPermissionsEgress: [...group.ipPermissionsEgress, everything] }
      : { ...group, ipPermissions: [...group.ipPermissions, everything] };
  });
}

function changesFor(
  snapshot: Snapshot,
  { explanationCode: code, component, packetDirection, missingComponent }: Explanation,
  towards: string,
): readonly Change[] | undefined {
  const { id } = component;
  const egress = packetDirection === 'egress';
  switch (code) {
    case 'ENI_SG_RULES_MISMATCH':
    case 'SG_HAS_NO_RULES':
    case 'SG_REFERENCES_NOT_PRESERVED':
    case 'SG_REFERENCING_SUPPORT':
      return [admitAll(component.type === 'security-group' ? [id] : groupsOf(snapshot, id), egress)];
    case 'SUBNET_ACL_RESTRICTION': {
      const entry = {
        ruleNumber: 0,
        egress,
        ruleAction: 'allow' as const,
        protocol: '-1',
        portRange: undefined,
        icmpTypeCode: undefined,
      };
      return [
        change('networkAcls', (acl) =>
          acl.networkAclId !== id
            ? acl
            : {
                ...acl,
                entries: [
                  { ...entry, cidrBlock: '0.0.0.0/0', ipv6CidrBlock: undefined },
                  { ...entry, cidrBlock: undefined, ipv6CidrBlock: '::/0' },
                  ...acl.entries,
                ],
              },
        ),
      ];
    }
    case 'NO_ROUTE_TO_DESTINATION':
    case 'BAD_STATE_ROUTE':
      return missingComponent === undefined ? undefined : [routed(id, towards, missingComponent)];
    case 'NAT_GATEWAY_HAS_NO_STATE':
      return missingComponent === undefined
        ? undefined
        : [
            change('routeTables', (table) => ({
              ...table,
              routes: table.routes.map((route) =>
                route.target.id === id
                  ? { ...route, target: { kind: missingComponent.type as 'internet-gateway', id: missingComponent.id } }
                  : route,
              ),
            })),
          ];
    case 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS':
    case 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS': {
      const eni = missingComponent?.id ?? id;
      return [
        change('networkInterfaces', (networkInterface) =>
          networkInterface.networkInterfaceId !== eni
            ? networkInterface
            : {
                ...networkInterface,
                privateIpAddresses: networkInterface.privateIpAddresses.map((address) => ({
                  ...address,
                  association: address.association ?? {
                    publicIp: '203.0.113.250',
                    carrierIp: undefined,
                    ipOwnerId: undefined,
                    allocationId: undefined,
                  },
                })),
              },
        ),
      ];
    }
    case 'TGW_ROUTE_AZ_RESTRICTION':
      return [
        change('transitGatewayVpcAttachments', (attachment) =>
          attachment.transitGatewayAttachmentId === id && missingComponent !== undefined
            ? {
                ...attachment,
                subnetIds: [...attachment.subnetIds, missingComponent.id as (typeof attachment.subnetIds)[number]],
              }
            : attachment,
        ),
      ];
    case 'VPC_BLOCK_PUBLIC_ACCESS_ENABLED':
      return [
        change('vpcBlockPublicAccessOptions', (options) => ({ ...options, internetGatewayBlockMode: 'off' })),
        change('subnets', (subnet) => ({ ...subnet, blockPublicAccessStates: undefined })),
        change('vpcs', (vpc) => ({ ...vpc, blockPublicAccessStates: undefined })),
      ];
    case 'INSTANCE_NOT_RUNNING':
      return [
        change('instances', (instance) => (instance.instanceId === id ? { ...instance, state: 'running' } : instance)),
      ];
    case 'INTERFACE_NOT_ATTACHED':
      return [
        change('networkInterfaces', (eni) => (eni.networkInterfaceId === id ? { ...eni, status: 'in-use' } : eni)),
      ];
    case 'ENI_DENIES_IGW_TRAFFIC':
      return [
        change('networkInterfaces', (eni) =>
          eni.networkInterfaceId === id ? { ...eni, denyAllIgwTraffic: false } : eni,
        ),
      ];
    case 'BAD_STATE':
      return [
        change('vpcPeeringConnections', (peering) =>
          peering.vpcPeeringConnectionId === id ? { ...peering, statusCode: 'active' } : peering,
        ),
        change('natGateways', (nat) => (nat.natGatewayId === id ? { ...nat, state: 'available' } : nat)),
        change('vpcEndpoints', (endpoint) =>
          endpoint.vpcEndpointId === id ? { ...endpoint, state: 'available' } : endpoint,
        ),
      ];
    case 'TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT':
      return missingComponent === undefined ? undefined : [];
    default:
      return undefined;
  }
}

function groupsOf(snapshot: Snapshot, interfaceId: string): readonly string[] {
  return snapshot.regions.flatMap(({ resources: { networkInterfaces } }) =>
    networkInterfaces.status === 'collected'
      ? networkInterfaces.resources
          .filter((eni) => eni.networkInterfaceId === interfaceId)
          .flatMap((eni) => eni.groupIds)
      : [],
  );
}

/** A route to the target in place of whatever the table has for the same destination. */
function routed(tableId: string, towards: string, target: { readonly id: string; readonly type: string }): Change {
  const v6 = towards.includes(':');
  const wide = towards === 'internet';
  const destination = wide ? '0.0.0.0/0' : `${towards}/${v6 ? 128 : 32}`;
  return change('routeTables', (table) =>
    table.routeTableId !== tableId
      ? table
      : {
          ...table,
          routes: [
            ...table.routes.filter(
              (route) => (route.destinationCidrBlock ?? route.destinationIpv6CidrBlock) !== destination,
            ),
            {
              destinationCidrBlock: v6 ? undefined : destination,
              destinationIpv6CidrBlock: v6 ? destination : undefined,
              destinationPrefixListId: undefined,
              target: { kind: target.type as 'internet-gateway', id: target.id },
              state: 'active',
              origin: 'CreateRoute',
            },
          ],
        },
  );
}
