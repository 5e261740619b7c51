import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { vpcAddresses } from '../facts/addresses.ts';
import { compareText } from '../facts/inventory.ts';
import {
  transitGatewayAttachmentById,
  transitGatewayVpcAttachmentById,
  vpnGatewayById,
} from '../facts/resources-by-id.ts';
import type { AddressSet } from '../sets/address-set.ts';
import { QueryError } from './query-error.ts';
import { behindAttachment, behindVpnGateway, type Start } from './start.ts';

/** Where packets of a private network outside AWS may come in: by any private line of the VPCs that they are going to. */
export function privateLines(snapshot: Snapshot, sources: AddressSet, towards: ReadonlySet<string>): readonly Start[] {
  const gateways = [...vpnGatewayById(snapshot).values()]
    .flatMap(({ resource }) =>
      resource.vpcAttachments.map(({ vpcId, state }) => ({ id: resource.vpnGatewayId, vpcId, state })),
    )
    .filter(({ vpcId, state }) => vpcId !== undefined && state === 'attached' && towards.has(vpcId));
  const transit = new Set(
    [...transitGatewayVpcAttachmentById(snapshot).values()]
      .filter(({ resource }) => resource.vpcId !== undefined && towards.has(resource.vpcId))
      .map(({ resource }) => resource.transitGatewayId),
  );
  const attachments = [...transitGatewayAttachmentById(snapshot).values()].filter(
    ({ resource }) =>
      resource.resourceType !== 'vpc' && resource.resourceType !== 'peering' && transit.has(resource.transitGatewayId),
  );
  return [
    ...gateways.map(({ id, vpcId }) => behindVpnGateway(id, vpcId ?? '', sources)),
    ...attachments.map(({ resource }) =>
      behindAttachment(resource.transitGatewayAttachmentId, resource.transitGatewayId ?? '', sources),
    ),
  ].sort((a, b) => compareText(JSON.stringify(a.place), JSON.stringify(b.place)));
}

/** Private addresses that nobody in the snapshot has and no private line brings. */
export function noLine(snapshot: Snapshot, text: string): never {
  const known = [...vpcAddresses(snapshot).keys()].sort(compareText).slice(0, 3);
  throw new QueryError(
    `${text} belongs to nobody in the snapshot, and no private line leads to the destination's VPC`,
    known,
  );
}
