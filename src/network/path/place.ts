import type { ComponentReference } from '../../model/verdict/path.ts';
import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { Subnet } from '../../model/resources/subnet.ts';
import type { HeldAddress } from '../facts/addresses.ts';
import type { Located } from '../facts/inventory.ts';
import type { CompiledRouteTable } from '../filters/route-selection.ts';

/** A place that packets can be at; each kind is the business of one hop module. */
export type Place =
  /** An interface is about to send. */
  | { readonly kind: 'leaving-interface'; readonly from: Located<NetworkInterface> }
  /** Packets stand in a subnet, on their way out or to a neighbour. */
  | {
      readonly kind: 'leaving-subnet';
      readonly subnet: Located<Subnet>;
      readonly from: Located<NetworkInterface> | undefined;
    }
  /** A route table decides. `subnet` is the one it works for; `entered` the gateway of an edge table. */
  | {
      readonly kind: 'routing';
      readonly table: CompiledRouteTable;
      readonly vpcId: string;
      readonly subnet: Located<Subnet> | undefined;
      /** The subnet's ACL is still to be asked, unless the route leads to a neighbour. */
      readonly beforeBorder?: boolean;
    }
  /** The VPC's router hands packets to whoever holds the address. */
  | { readonly kind: 'in-vpc'; readonly vpcId: string; readonly subnet: Located<Subnet> | undefined }
  /** Packets reach an interface; `neighbour` where they never left its subnet. */
  | {
      readonly kind: 'entering-interface';
      readonly to: Located<NetworkInterface>;
      readonly from: Located<Subnet> | undefined;
    }
  /** A route names an interface that need not hold the address. */
  | {
      readonly kind: 'appliance';
      readonly interfaceId: string;
      readonly subnet: Located<Subnet> | undefined;
      readonly vpcId: string;
    }
  /** `subnet` is the one whose route table led there, where one did. */
  | {
      readonly kind: 'internet-gateway';
      readonly internetGatewayId: string;
      readonly vpcId: string;
      readonly subnet?: Located<Subnet> | undefined;
    }
  | {
      readonly kind: 'egress-only-internet-gateway';
      readonly id: string;
      readonly vpcId: string;
      readonly subnet?: Located<Subnet> | undefined;
    }
  /** Packets from the internet for an address of a VPC, at the gateway that brings them in. */
  | { readonly kind: 'internet-gateway-in'; readonly vpcId: string; readonly held: HeldAddress | undefined }
  /** The public internet, with packets on it. */
  | { readonly kind: 'internet' }
  | {
      readonly kind: 'nat-gateway';
      readonly natGatewayId: string;
      readonly subnet: Located<Subnet> | undefined;
      readonly vpcId: string;
    }
  | { readonly kind: 'peering'; readonly id: string; readonly vpcId: string }
  | {
      readonly kind: 'transit-gateway';
      readonly transitGatewayId: string;
      readonly subnet: Located<Subnet> | undefined;
      readonly vpcId: string;
    }
  /** Inside a transit gateway, after the attachment that brought the packets. */
  | {
      readonly kind: 'transit-gateway-attachment';
      readonly attachmentId: string;
      readonly transitGatewayId: string;
      readonly zone: string | undefined;
    }
  /** Inside a transit gateway, about to leave it by the attachment of a VPC. */
  | {
      readonly kind: 'leaving-transit-gateway';
      readonly attachmentId: string;
      readonly transitGatewayId: string;
      readonly zone: string | undefined;
    }
  | { readonly kind: 'vpn-gateway'; readonly vpnGatewayId: string; readonly vpcId: string }
  | { readonly kind: 'vpn-gateway-in'; readonly vpnGatewayId: string; readonly vpcId: string }
  | {
      readonly kind: 'vpc-endpoint';
      readonly vpcEndpointId: string;
      readonly subnet: Located<Subnet> | undefined;
      readonly vpcId: string;
    }
  /** A reply reached the address of the NAT gateway that asked. */
  | { readonly kind: 'nat-gateway-reply'; readonly natGatewayId: string }
  /** At a node of a load balancer, past its filters. */
  | { readonly kind: 'load-balancer'; readonly node: Located<NetworkInterface> }
  /** A reply reached the node that handed the packets to a target. */
  | { readonly kind: 'load-balancer-reply'; readonly interfaceId: string }
  /** A target's reply on its way to the node that handed it the packets with the client's own address. */
  | {
      readonly kind: 'returning-to-node';
      readonly from: Located<NetworkInterface>;
      readonly node: Located<NetworkInterface>;
    }
  /** Replies of a service behind a gateway endpoint. */
  | { readonly kind: 'gateway-endpoint-in'; readonly vpcEndpointId: string; readonly vpcId: string }
  /** At an interface endpoint, past its filters. */
  | { readonly kind: 'interface-endpoint'; readonly at: Located<NetworkInterface> }
  /** Beyond a gateway that leads out of AWS: on-premises, a carrier. */
  | { readonly kind: 'outside'; readonly component: ComponentReference; readonly reply: Place }
  /** Packets arrived; the reply starts here. */
  | {
      readonly kind: 'delivered';
      readonly to: Located<NetworkInterface> | undefined;
      readonly reply: Place;
      /** The gateway or attachment that took them, where the question leads to one. */
      readonly goal?: string;
    };
