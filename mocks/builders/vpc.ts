import {
  buildCarrierGateway,
  buildEgressOnlyInternetGateway,
  buildInternetGateway,
  buildVpnGateway,
} from './gateway.ts';
import { buildFlowLog, type FlowLogOptions } from './flow-log.ts';
import { buildRegionalNatGateway } from './nat-gateway.ts';
import {
  buildDefaultNetworkAcl,
  buildNetworkAcl,
  type NetworkAclBuilder,
  type NetworkAclOptions,
} from './network-acl.ts';
import { buildRouteTable, makeMain, type RouteTableBuilder, type RouteTableOptions } from './route-table.ts';
import {
  associateSecurityGroup,
  buildDefaultSecurityGroup,
  buildSecurityGroup,
  type SecurityGroupBuilder,
  type SecurityGroupOptions,
  type VpcPlace,
} from './security-group.ts';
import { add, type Built, type Common, count, type Item, newId, type RegionState, tagsOf } from './state.ts';
import { buildSubnet } from './carve-subnet.ts';
import {
  buildClassicLoadBalancer,
  type ClassicLoadBalancerBuilder,
  type ClassicLoadBalancerOptions,
} from './classic-load-balancer.ts';
import { buildClientVpn, type ClientVpnBuilder, type ClientVpnOptions } from './client-vpn.ts';
import { buildLoadBalancer, type LoadBalancerBuilder, type LoadBalancerOptions } from './load-balancer.ts';
import { buildPeering, type PeeringBuilder, type PeeringOptions, type VpcSide } from './peering.ts';
import { buildTargetGroup, type TargetGroupBuilder, type TargetGroupOptions } from './target-group.ts';
import type { SubnetBuilder, SubnetOptions } from './subnet.ts';
import {
  buildGatewayEndpoint,
  buildGatewayLoadBalancerEndpoint,
  buildInterfaceEndpoint,
  type GatewayEndpointBuilder,
  type GatewayEndpointOptions,
  type InterfaceEndpointBuilder,
  type InterfaceEndpointOptions,
  serviceName,
} from './vpc-endpoint.ts';

export interface VpcOptions extends Common {
  /** `10.0.0.0/16` unless said otherwise. */
  readonly cidr?: string;
  readonly secondaryCidrs?: readonly string[];
  /** `true` for a fresh /56 of the documentation block 2001:db8::/32. */
  readonly ipv6?: boolean | string;
  readonly isDefault?: boolean;
  readonly enableDnsSupport?: boolean;
  readonly enableDnsHostnames?: boolean;
  /** Name servers other than Amazon's. */
  readonly dnsServers?: readonly string[];
}

/** A VPC with its main route table, default network ACL and default security group. */
export interface VpcBuilder extends Built {
  readonly place: VpcPlace;
  readonly state: RegionState;
  readonly cidr: string;
  readonly cidrs: readonly string[];
  readonly ipv6Cidr: string | undefined;
  readonly mainRouteTable: RouteTableBuilder;
  readonly defaultNetworkAcl: NetworkAclBuilder;
  readonly defaultSecurityGroup: SecurityGroupBuilder;
  readonly subnet: (options?: SubnetOptions) => SubnetBuilder;
  /** A subnet with a route to the VPC's internet gateway (made once, with one table for all public subnets). */
  readonly publicSubnet: (options?: SubnetOptions) => SubnetBuilder;
  readonly routeTable: (options?: RouteTableOptions) => RouteTableBuilder;
  readonly networkAcl: (options?: NetworkAclOptions) => NetworkAclBuilder;
  readonly securityGroup: (name: string, options?: SecurityGroupOptions) => SecurityGroupBuilder;
  /** Makes a group of another VPC usable in this one. */
  readonly associateSecurityGroup: (group: Built, state?: string) => VpcBuilder;
  /** The VPC's one internet gateway. */
  readonly internetGateway: (options?: Common) => Built;
  readonly egressOnlyInternetGateway: (options?: Common) => Built;
  readonly carrierGateway: (options?: Common) => Built;
  readonly vpnGateway: (options?: Common) => Built;
  readonly regionalNatGateway: (options?: Common & { readonly azs?: readonly string[] }) => Built;
  /** `gatewayEndpoint('s3', { routeTables: [rt] })` */
  readonly gatewayEndpoint: (service: 's3' | 'dynamodb', options?: GatewayEndpointOptions) => GatewayEndpointBuilder;
  /** `interfaceEndpoint('ssm', { subnets: [s], securityGroups: [sg] })` */
  readonly interfaceEndpoint: (service: string, options: InterfaceEndpointOptions) => InterfaceEndpointBuilder;
  readonly gatewayLoadBalancerEndpoint: (
    service: string,
    subnet: SubnetBuilder,
    options?: Common,
  ) => InterfaceEndpointBuilder;
  readonly flowLog: (options?: FlowLogOptions) => Built;
  /** Peers with a VPC of any account and Region of the estate; this VPC is the requester. */
  readonly peerWith: (other: VpcSide, options?: PeeringOptions) => PeeringBuilder;
  readonly targetGroup: (name: string, options?: TargetGroupOptions) => TargetGroupBuilder;
  /** `loadBalancer('web', { subnets: [a, b], listeners: [{ port: 443, targets: tg }] })` */
  readonly loadBalancer: (name: string, options: LoadBalancerOptions) => LoadBalancerBuilder;
  readonly classicLoadBalancer: (name: string, options: ClassicLoadBalancerOptions) => ClassicLoadBalancerBuilder;
  readonly clientVpn: (options: ClientVpnOptions) => ClientVpnBuilder;
  /** The subnets in the order in which they were made. */
  readonly subnets: readonly SubnetBuilder[];
}

const associated = { State: 'associated' };

function buildDhcpOptions(state: RegionState, servers: readonly string[] | undefined): string {
  const key = 'ec2.DescribeDhcpOptions';
  const amazon = servers === undefined ? state.lists.get(key)?.find((item) => isAmazons(item)) : undefined;
  if (amazon !== undefined) return amazon['DhcpOptionsId'] as string;
  const id = newId(state, 'dopt', { name: servers === undefined ? 'amazon' : servers.join(',') });
  const domain = state.region === 'us-east-1' ? 'ec2.internal' : `${state.region}.compute.internal`;
  add(state, key, {
    DhcpConfigurations: [
      { Key: 'domain-name', Values: [{ Value: domain }] },
      { Key: 'domain-name-servers', Values: (servers ?? ['AmazonProvidedDNS']).map((Value) => ({ Value })) },
    ],
    DhcpOptionsId: id,
    OwnerId: state.accountId,
    Tags: [],
  });
  return id;
}

const isAmazons = (item: Item): boolean => JSON.stringify(item['DhcpConfigurations']).includes('AmazonProvidedDNS');

/** A VPC of this account and Region. */
export function buildVpc(
  state: RegionState,
  prefixListId: (service: string) => string,
  options: VpcOptions = {},
): VpcBuilder {
  const id = newId(state, 'vpc', options);
  const isDefault = options.isDefault ?? false;
  const cidr = options.cidr ?? (isDefault ? '172.31.0.0/16' : '10.0.0.0/16');
  const cidrs = [cidr, ...(options.secondaryCidrs ?? [])];
  const ipv6Cidr = options.ipv6 === true ? nextIpv6Block(state) : options.ipv6 === false ? undefined : options.ipv6;
  const place: VpcPlace = { id, ownerId: state.accountId, ipv6: ipv6Cidr !== undefined };
  const item = add(
    state,
    'ec2.DescribeVpcs',
    {
      BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
      CidrBlock: cidr,
      CidrBlockAssociationSet: cidrs.map((block) => ({
        AssociationId: newId(state, 'vpc-cidr-assoc', { name: `${id}/${block}` }),
        CidrBlock: block,
        CidrBlockState: associated,
      })),
      DhcpOptionsId: buildDhcpOptions(state, options.dnsServers),
      InstanceTenancy: 'default',
      ...(ipv6Cidr === undefined
        ? {}
        : {
            Ipv6CidrBlockAssociationSet: [
              {
                AssociationId: newId(state, 'vpc-cidr-assoc', { name: `${id}/${ipv6Cidr}` }),
                Ipv6CidrBlock: ipv6Cidr,
                Ipv6CidrBlockState: associated,
                Ipv6Pool: 'Amazon',
                NetworkBorderGroup: state.region,
              },
            ],
          }),
      IsDefault: isDefault,
      OwnerId: state.accountId,
      State: 'available',
      Tags: tagsOf(options),
      VpcId: id,
    },
    options.raw,
  );
  buildAttributes(state, id, {
    EnableDnsSupport: options.enableDnsSupport ?? true,
    EnableDnsHostnames: options.enableDnsHostnames ?? isDefault,
  });
  const local = [...cidrs, ...(ipv6Cidr === undefined ? [] : [ipv6Cidr])];
  const routeTable = (table: RouteTableOptions = {}): RouteTableBuilder => buildRouteTable(state, place, local, table);
  const mainRouteTable = routeTable({ name: `${id}/main`, raw: { Tags: [] } });
  makeMain(state, mainRouteTable);
  const defaultNetworkAcl = buildDefaultNetworkAcl(state, place);
  const defaultSecurityGroup = buildDefaultSecurityGroup(state, place);
  const subnets: SubnetBuilder[] = [];
  const once = <T>(make: () => T): (() => T) => {
    let made: T | undefined;
    return () => (made ??= make());
  };
  let internetGatewayOptions: Common = {};
  const internetGateway = once(() => buildInternetGateway(state, place, internetGatewayOptions));
  const publicTable = once(() => {
    const table = routeTable({ name: options.name === undefined ? 'public' : `${options.name}-public` });
    table.route('0.0.0.0/0', internetGateway());
    return ipv6Cidr === undefined ? table : table.route('::/0', internetGateway());
  });
  const subnet = (given: SubnetOptions = {}): SubnetBuilder => {
    const built = buildSubnet(state, place, cidrs, ipv6Cidr, subnets, given, defaultSecurityGroup);
    (given.networkAcl ?? defaultNetworkAcl).associate(built);
    given.routeTable?.associate(built);
    subnets.push(built);
    return built;
  };
  const builder: VpcBuilder = {
    id,
    item,
    place,
    state,
    cidr,
    cidrs,
    ipv6Cidr,
    mainRouteTable,
    defaultNetworkAcl,
    defaultSecurityGroup,
    subnet,
    publicSubnet: (given = {}) => subnet({ routeTable: publicTable(), ...given }),
    routeTable,
    networkAcl: (given) => buildNetworkAcl(state, place, given),
    securityGroup: (name, given) => buildSecurityGroup(state, place, name, given),
    associateSecurityGroup: (group, status) => {
      associateSecurityGroup(state, group, place, status);
      return builder;
    },
    internetGateway: (given = {}) => {
      internetGatewayOptions = given;
      return internetGateway();
    },
    egressOnlyInternetGateway: (given) => buildEgressOnlyInternetGateway(state, place, given),
    carrierGateway: (given) => buildCarrierGateway(state, place, given),
    vpnGateway: (given) => buildVpnGateway(state, place, given),
    regionalNatGateway: (given = {}) => {
      const table = routeTable({ name: `${given.name ?? id}/regional-nat` }).route('0.0.0.0/0', internetGateway());
      return buildRegionalNatGateway(state, place, table.id, given);
    },
    gatewayEndpoint: (service, given) =>
      buildGatewayEndpoint(state, place, service, prefixListId(serviceName(state, service)), given),
    interfaceEndpoint: (service, given) => buildInterfaceEndpoint(state, place, service, defaultSecurityGroup, given),
    gatewayLoadBalancerEndpoint: (service, at, given) =>
      buildGatewayLoadBalancerEndpoint(state, place, service, at, given),
    flowLog: (given) => buildFlowLog(state, id, given),
    peerWith: (other, given) => buildPeering(builder, other, given),
    targetGroup: (name, given) => buildTargetGroup(state, id, name, given),
    loadBalancer: (name, given) => buildLoadBalancer(state, builder, name, defaultSecurityGroup, given),
    classicLoadBalancer: (name, given) => buildClassicLoadBalancer(state, builder, name, defaultSecurityGroup, given),
    clientVpn: (given) => buildClientVpn(state, builder, defaultSecurityGroup, given),
    subnets,
  };
  return builder;
}

function nextIpv6Block(state: RegionState): string {
  return `2001:db8:${(0x1000 + count(state.account.estate, 'ipv6-block')).toString(16)}::/56`;
}

function buildAttributes(state: RegionState, vpcId: string, attributes: Readonly<Record<string, boolean>>): void {
  for (const [member, Value] of Object.entries(attributes)) {
    const attribute = `${member.charAt(0).toLowerCase()}${member.slice(1)}`;
    state.documents.set(`ec2.DescribeVpcAttribute/${vpcId}+${attribute}`, { VpcId: vpcId, [member]: { Value } });
  }
}
