import type { VpcPlace } from './security-group.ts';
import { add, type Built, type Common, newId, type RegionState, tagsOf } from './state.ts';

/** An internet gateway, attached to the VPC. On the wire the state of the attachment is `available`. */
export function buildInternetGateway(state: RegionState, vpc: VpcPlace | undefined, options: Common = {}): Built {
  const id = newId(state, 'igw', options);
  const item = {
    Attachments: vpc === undefined ? [] : [{ State: 'available', VpcId: vpc.id }],
    InternetGatewayId: id,
    OwnerId: state.accountId,
    Tags: tagsOf(options),
  };
  return { id, item: add(state, 'ec2.DescribeInternetGateways', item, options.raw) };
}

/** An egress-only internet gateway. */
export function buildEgressOnlyInternetGateway(state: RegionState, vpc: VpcPlace, options: Common = {}): Built {
  const id = newId(state, 'eigw', options);
  const item = {
    Attachments: [{ State: 'attached', VpcId: vpc.id }],
    EgressOnlyInternetGatewayId: id,
    Tags: tagsOf(options),
  };
  return { id, item: add(state, 'ec2.DescribeEgressOnlyInternetGateways', item, options.raw) };
}

/** A carrier gateway. */
export function buildCarrierGateway(state: RegionState, vpc: VpcPlace, options: Common = {}): Built {
  const id = newId(state, 'cagw', options);
  const item = {
    CarrierGatewayId: id,
    VpcId: vpc.id,
    State: 'available',
    OwnerId: state.accountId,
    Tags: tagsOf(options),
  };
  return { id, item: add(state, 'ec2.DescribeCarrierGateways', item, options.raw) };
}

/** A virtual private gateway, attached to the VPC. */
export function buildVpnGateway(state: RegionState, vpc: VpcPlace | undefined, options: Common = {}): Built {
  const id = newId(state, 'vgw', options);
  const item = {
    AmazonSideAsn: 64512,
    State: 'available',
    Tags: tagsOf(options),
    Type: 'ipsec.1',
    VpcAttachments: vpc === undefined ? [] : [{ State: 'attached', VpcId: vpc.id }],
    VpnGatewayId: id,
  };
  return { id, item: add(state, 'ec2.DescribeVpnGateways', item, options.raw) };
}
