import { buildNetworkInterface, type NetworkInterfaceBuilder, type SubnetPlace } from './network-interface.ts';
import type { RouteTableBuilder } from './route-table.ts';
import type { VpcPlace } from './security-group.ts';
import {
  add,
  type Built,
  type Common,
  creationTime,
  digest,
  idOf,
  newId,
  type Ref,
  type RegionState,
  tagsOf,
} from './state.ts';

/** A policy document, as an object or as the JSON text that AWS answers. */
export type PolicyDocument = string | object;

/** What every endpoint is made with where no policy is given: everybody may do everything. */
export const openPolicy: object = {
  Version: '2008-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
};

const policyText = (policy: PolicyDocument | undefined): string =>
  typeof policy === 'string' ? policy : JSON.stringify(policy ?? openPolicy);

/** The full name of a service: `s3` is `com.amazonaws.<region>.s3`; a full name stays as it is. */
export function serviceName(state: RegionState, service: string): string {
  return service.startsWith('com.') || service.startsWith('cn.') ? service : `com.amazonaws.${state.region}.${service}`;
}

/** The account of the endpoint service, as `RequesterId` of its interfaces. */
const serviceAccount = '999988887777';

const endpointsKey = 'ec2.DescribeVpcEndpoints';

export interface GatewayEndpointOptions extends Common {
  readonly routeTables?: readonly RouteTableBuilder[];
  readonly policy?: PolicyDocument;
  readonly state?: string;
}

export interface GatewayEndpointBuilder extends Built {
  /** The service's prefix list, to which the routes go. */
  readonly prefixListId: string;
  readonly addRouteTable: (...tables: readonly RouteTableBuilder[]) => GatewayEndpointBuilder;
}

/** A gateway endpoint (S3, DynamoDB): a route to the service's prefix list in each of its tables. */
export function buildGatewayEndpoint(
  state: RegionState,
  vpc: VpcPlace,
  service: string,
  prefixListId: string,
  options: GatewayEndpointOptions = {},
): GatewayEndpointBuilder {
  const id = newId(state, 'vpce', options);
  const routeTableIds: string[] = [];
  const item = add(
    state,
    endpointsKey,
    {
      ...commonMembers(state, vpc, id, 'Gateway', options),
      ServiceName: serviceName(state, service),
      PolicyDocument: policyText(options.policy),
      RouteTableIds: routeTableIds,
      SubnetIds: [],
      Groups: [],
      PrivateDnsEnabled: false,
      NetworkInterfaceIds: [],
      DnsEntries: [],
    },
    options.raw,
  );
  const builder: GatewayEndpointBuilder = {
    id,
    item,
    prefixListId,
    addRouteTable: (...tables) => {
      for (const table of tables) {
        routeTableIds.push(table.id);
        table.route(prefixListId, id);
      }
      return builder;
    },
  };
  return builder.addRouteTable(...(options.routeTables ?? []));
}

function commonMembers(
  state: RegionState,
  vpc: VpcPlace,
  id: string,
  type: string,
  options: Common & { readonly state?: string },
): Record<string, unknown> {
  return {
    VpcEndpointId: id,
    VpcEndpointType: type,
    VpcId: vpc.id,
    State: options.state ?? 'available',
    RequesterManaged: false,
    CreationTimestamp: creationTime,
    Tags: tagsOf(options),
    OwnerId: state.accountId,
  };
}

export interface InterfaceEndpointOptions extends Common {
  readonly subnets: readonly { readonly place: SubnetPlace }[];
  /** Where absent, the default group of the VPC. */
  readonly securityGroups?: readonly Ref[];
  readonly policy?: PolicyDocument;
  readonly privateDns?: boolean;
  readonly state?: string;
}

export interface InterfaceEndpointBuilder extends Built {
  /** One for each subnet, in their order. */
  readonly networkInterfaces: readonly NetworkInterfaceBuilder[];
}

/** An interface endpoint: a managed network interface in each of its subnets. */
export function buildInterfaceEndpoint(
  state: RegionState,
  vpc: VpcPlace,
  service: string,
  defaultGroup: Ref,
  options: InterfaceEndpointOptions,
): InterfaceEndpointBuilder {
  const id = newId(state, 'vpce', options);
  const networkInterfaces = options.subnets.map(({ place }) =>
    buildNetworkInterface(state, place, {
      name: `${id}/${place.id}`,
      raw: { TagSet: [] },
      description: `VPC Endpoint Interface ${id}`,
      interfaceType: 'vpc_endpoint',
      requesterManaged: true,
      requesterId: serviceAccount,
      attachedBy: 'amazon-aws',
      sourceDestCheck: true,
      securityGroups: options.securityGroups ?? [defaultGroup],
      ipv6: false,
    }),
  );
  const name = serviceName(state, service);
  const short = name.split('.').slice(3).join('.');
  const item = add(
    state,
    endpointsKey,
    {
      ...commonMembers(state, vpc, id, 'Interface', options),
      ServiceName: name,
      PolicyDocument: policyText(options.policy),
      RouteTableIds: [],
      SubnetIds: options.subnets.map(({ place }) => place.id),
      Groups: (options.securityGroups ?? [defaultGroup]).map((group) => {
        const groupId = idOf(group);
        const found = state.lists
          .get('ec2.DescribeSecurityGroups')
          ?.find((candidate) => candidate['GroupId'] === groupId);
        return { GroupId: groupId, GroupName: found?.['GroupName'] ?? groupId };
      }),
      IpAddressType: 'ipv4',
      DnsOptions: { DnsRecordIpType: 'ipv4' },
      PrivateDnsEnabled: options.privateDns ?? true,
      NetworkInterfaceIds: networkInterfaces.map((networkInterface) => networkInterface.id),
      DnsEntries: [
        {
          DnsName: `${id}-${digest(id, 8)}.${short}.${state.region}.vpce.amazonaws.com`,
          HostedZoneId: 'Z00000000000000000000',
        },
      ],
    },
    options.raw,
  );
  return { id, item, networkInterfaces };
}

/** A Gateway Load Balancer endpoint: a bump in the wire, one interface in one subnet, no security group. */
export function buildGatewayLoadBalancerEndpoint(
  state: RegionState,
  vpc: VpcPlace,
  service: string,
  subnet: { readonly place: SubnetPlace },
  options: Common = {},
): InterfaceEndpointBuilder {
  const id = newId(state, 'vpce', options);
  const networkInterface = buildNetworkInterface(state, subnet.place, {
    name: `${id}/${subnet.place.id}`,
    raw: { TagSet: [] },
    description: `VPC Endpoint Interface ${id}`,
    interfaceType: 'gateway_load_balancer_endpoint',
    requesterManaged: true,
    requesterId: serviceAccount,
    attachedBy: 'amazon-aws',
    sourceDestCheck: false,
    securityGroups: [],
    ipv6: false,
  });
  const item = add(
    state,
    endpointsKey,
    {
      ...commonMembers(state, vpc, id, 'GatewayLoadBalancer', options),
      ServiceName: service,
      RouteTableIds: [],
      SubnetIds: [subnet.place.id],
      Groups: [],
      IpAddressType: 'ipv4',
      PrivateDnsEnabled: false,
      NetworkInterfaceIds: [networkInterface.id],
      DnsEntries: [],
    },
    options.raw,
  );
  return { id, item, networkInterfaces: [networkInterface] };
}
