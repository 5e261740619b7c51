import type { ResourceKey } from '../../../model/resources.ts';
import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import type { Advice } from '../../../model/verdict/advice.ts';
import type { Missing } from '../../../model/verdict/verdict.ts';
import { derive, type Derived } from '../../../network/facts/derive.ts';
import { compareText, gapIn, type Located } from '../../../network/facts/inventory.ts';
import { vpcById } from '../../../network/facts/resources-by-id.ts';
import type { Vpc } from '../../../model/resources/vpc.ts';
import { ipv4EgressAdvice, ipv6EgressAdvice } from './egress-advice.ts';
import { onPremisesAdvice, otherVpcsAdvice, ownServiceAdvice } from './joining-advice.ts';
import { clientTables } from './private-clients.ts';
import { gatewayAdvice, interfaceAdvice, type Place } from './service-advice.ts';

/**
 * What the network shows a need for, what serves it and what AWS recommends: VPC by VPC, then what concerns several. A
 * need is told only where something shows it: clients in private subnets, a route out, a connection to others.
 */
export const privateConnectivityAdvice: Derived<Snapshot, readonly Advice[]> = derive((snapshot) => [
  ...[...vpcById(snapshot).values()]
    .sort((a, b) => compareText(a.resource.vpcId, b.resource.vpcId))
    .flatMap((located) => ofVpc(snapshot, located)),
  ...ownServiceAdvice(snapshot),
  ...otherVpcsAdvice(snapshot),
  ...onPremisesAdvice(snapshot),
]);

/** What may hold a mechanism that serves a need. */
const serving: readonly ResourceKey[] = ['vpcEndpoints', 'natGateways', 'routeTables', 'networkInterfaces'];

function ofVpc(snapshot: Snapshot, { resource, region }: Located<Vpc>): readonly Advice[] {
  const { vpcId, ownerId } = resource;
  const place: Place = { accountId: ownerId ?? region.accountId, region: region.region, vpcId };
  const { tables, missing } = clientTables(snapshot, vpcId);
  if (tables.length === 0) return [];
  const gaps = [...serving.flatMap((kind) => gapIn(region, kind) ?? []), ...missing];
  return [
    ...gatewayAdvice(snapshot, place, tables, 's3'),
    ...gatewayAdvice(snapshot, place, tables, 'dynamodb'),
    ...interfaceAdvice(snapshot, place, tables),
    ...ipv4EgressAdvice(snapshot, place, tables),
    ...ipv6EgressAdvice(snapshot, place, tables),
  ].map((advice) => withGaps(advice, gaps));
}

/** Where a list was not read, what is lacking may be on it. */
const withGaps = (advice: Advice, missing: readonly Missing[]): Advice =>
  missing.length === 0 || advice.met === 'yes' ? advice : { ...advice, met: 'unknown', missing };
