import { dropped, type Ending, type Journey } from './journey.ts';
import type { Nic } from './world/interfaces.ts';

/** Is there anybody behind the interface? Interfaces of AWS services have no instance and are alive while in use. */
export function isAlive(journey: Journey, nic: Nic): Ending | undefined {
  const { world } = journey;
  if (nic.noun.status === 'available') return dropped(journey, nic.id, 'attached to nothing');
  if (nic.instanceId === undefined) return undefined;
  if (world.instanceStates.has(nic.instanceId)) {
    const state = world.instanceStates.get(nic.instanceId);
    return state === 'running' ? undefined : dropped(journey, nic.instanceId, `instance state ${state}`);
  }
  const home = { accountId: nic.noun.ownerId ?? nic.home.accountId, region: nic.home.region };
  if (world.isComplete('instances', home)) return undefined;
  if (journey.choices.pick('not-known', `instance ${nic.instanceId}`, 2) === 1) return undefined;
  return dropped(journey, nic.instanceId, 'the instances were not collected: it may be stopped');
}
