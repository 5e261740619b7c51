import { add, type Built, type Common, type Item, newId, type RegionState, tagsOf } from './state.ts';

/** What a peering or an attachment needs to know of a VPC. */
export interface VpcSide {
  readonly id: string;
  readonly state: RegionState;
  readonly cidrs: readonly string[];
  readonly ipv6Cidr: string | undefined;
}

export interface PeeringOptions extends Common {
  /** `active` unless said otherwise. */
  readonly status?: string;
  readonly dnsResolution?: boolean;
}

/** A peering connection, the same one in both accounts and Regions. */
export interface PeeringBuilder extends Built {
  /** Deletes it: it lingers, its routes drop their packets and references across it turn stale. */
  readonly delete: () => PeeringBuilder;
}

export const peeringsKey = 'ec2.DescribeVpcPeeringConnections';

const ended: ReadonlySet<string> = new Set(['deleted', 'rejected', 'failed', 'expired', 'deleting']);

/** Joins two VPCs, of any accounts and Regions of one estate; the first is the requester. */
export function buildPeering(requester: VpcSide, accepter: VpcSide, options: PeeringOptions = {}): PeeringBuilder {
  const { state } = requester;
  const id = newId(state, 'pcx', { ...options, name: options.name ?? `${requester.id}/${accepter.id}` });
  const status = options.status ?? 'active';
  const sideOf = (side: VpcSide): Item => ({
    CidrBlock: side.cidrs[0],
    CidrBlockSet: side.cidrs.map((CidrBlock) => ({ CidrBlock })),
    ...(side.ipv6Cidr === undefined ? {} : { Ipv6CidrBlockSet: [{ Ipv6CidrBlock: side.ipv6Cidr }] }),
    OwnerId: side.state.accountId,
    PeeringOptions: {
      AllowDnsResolutionFromRemoteVpc: options.dnsResolution ?? false,
      AllowEgressFromLocalClassicLinkToRemoteVpc: false,
      AllowEgressFromLocalVpcToRemoteClassicLink: false,
    },
    VpcId: side.id,
    Region: side.state.region,
  });
  const itemOf = (): Item => ({
    AccepterVpcInfo: sideOf(accepter),
    RequesterVpcInfo: sideOf(requester),
    Status: { Code: status, Message: status === 'active' ? 'Active' : status },
    Tags: tagsOf(options),
    VpcPeeringConnectionId: id,
  });
  const item = add(state, peeringsKey, itemOf(), options.raw);
  const items = [item];
  if (accepter.state !== state) {
    items.push(add(accepter.state, peeringsKey, { ...itemOf(), Tags: [] }, options.raw));
  }
  if (ended.has(status)) state.account.estate.gone.add(id);
  const builder: PeeringBuilder = {
    id,
    item,
    delete: () => {
      for (const side of items) side['Status'] = { Code: 'deleted', Message: 'Deleted' };
      state.account.estate.gone.add(id);
      return builder;
    },
  };
  return builder;
}
