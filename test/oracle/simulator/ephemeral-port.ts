import type { Journey } from './journey.ts';
import { TCP, UDP } from './packet.ts';
import type { World } from './world/world.ts';

const FIRST = 1024;
const LAST = 65535;
const representatives = new WeakMap<World, readonly number[]>();

/**
 * NAT gateways and load balancers choose a source port from 1024–65535. Only network ACLs judge it (as the destination
 * port of the reply), so one port out of each stretch between their borders stands for all.
 */
function portsOf(world: World): readonly number[] {
  const before = representatives.get(world);
  if (before !== undefined) return before;
  const borders = new Set([FIRST]);
  for (const acl of world.acls.all) {
    for (const { protocol, from, to } of acl.entries) {
      if (protocol !== TCP && protocol !== UDP) continue;
      for (const border of [from ?? 0, (to ?? LAST) + 1]) if (border > FIRST && border <= LAST) borders.add(border);
    }
  }
  const ports = [...borders].sort((a, b) => a - b);
  representatives.set(world, ports);
  return ports;
}

/** The source port that the device picks for the flow. */
export function pickPort(journey: Journey, device: string): number {
  const ports = portsOf(journey.world);
  return ports[journey.choices.pickLazily(`port ${device} ${journey.flow.nat.length}`, ports.length)] ?? FIRST;
}

/** Does a rule for these ports tell some of the ports that devices pick from others? */
export function splitsEphemeralPorts({
  from = 0,
  to = LAST,
}: {
  from: number | undefined;
  to: number | undefined;
}): boolean {
  return to >= FIRST && from <= LAST && !(from <= FIRST && to >= LAST);
}
