import { underEncryptionControl } from './encryption-control.ts';
import type { Flow } from './flow.ts';
import type { Place } from './place.ts';

/** Packets come into a VPC by a gateway: `place` is the way back out through it, which replies to forward packets take. */
export function entered(flow: Flow, vpcId: string, place: Place): Flow {
  const next = underEncryptionControl(flow, vpcId, place);
  return next.direction === 'return' ? next : { ...next, entries: { last: { vpcId, place }, before: next.entries } };
}
