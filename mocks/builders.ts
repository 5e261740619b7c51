/**
 * Builders of sample networks. Short calls, AWS's own defaults, everything overridable:
 *
 *     const net = region('111122223333', 'eu-west-1');
 *     const vpc = net.vpc({ cidr: '10.0.0.0/16' });
 *     const web = vpc.securityGroup('web', { ingress: [tcp(443, '0.0.0.0/0')] });
 *     vpc.publicSubnet({ az: 'a' }).instance({ name: 'web', securityGroups: [web], publicIp: true });
 *     const snapshot = snapshotOf(net.toWorld());
 */
export { estate, region } from './builders/estate.ts';
export type { AccountBuilder, AccountOptions, Estate } from './builders/estate.ts';
export { allow, deny } from './builders/network-acl.ts';
export type { AclRule, NetworkAclBuilder, NetworkAclOptions } from './builders/network-acl.ts';
export { allTraffic, described, icmp, icmpv6, protocol, tcp, udp } from './builders/rule.ts';
export type { GroupReference, Peer, Ports, Rule } from './builders/rule.ts';
export type { RegionBuilder } from './builders/region.ts';
export type { VpcBuilder, VpcOptions } from './builders/vpc.ts';
export type { SubnetBuilder, SubnetOptions } from './builders/subnet.ts';
export type { SecurityGroupBuilder, SecurityGroupOptions } from './builders/security-group.ts';
export type { RouteTableBuilder, RouteTableOptions } from './builders/route-table.ts';
export type { InstanceBuilder, InstanceOptions } from './builders/instance.ts';
export type { NetworkInterfaceBuilder, NetworkInterfaceOptions } from './builders/network-interface.ts';
export type { AttachmentBuilder, TransitGatewayRouteTableBuilder } from './builders/transit-gateway-route-table.ts';
export type { LoadBalancerBuilder, LoadBalancerOptions } from './builders/load-balancer.ts';
export type { TargetGroupBuilder, TargetGroupOptions } from './builders/target-group.ts';
export type { PeeringBuilder } from './builders/peering.ts';
export type { TransitGatewayBuilder, TransitGatewayOptions } from './builders/transit-gateway.ts';
export { fakePreSharedKey } from './builders/vpn.ts';
export type { NatGatewayBuilder } from './builders/nat-gateway.ts';
export type { Built, Common, Item } from './builders/state.ts';
export { snapshotOf, regionSnapshotOf } from './snapshot.ts';
