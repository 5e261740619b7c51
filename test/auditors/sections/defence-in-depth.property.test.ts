import { expect, it } from 'vitest';
import { sampleAccount, sampleAccounts } from '../../../mocks/accounts/index.ts';
import { snapshotOf } from '../../../mocks/snapshot.ts';
import { exampleSnapshot } from '../../../src/auditors/example-region.ts';
import { reportSections } from '../../../src/auditors/report-sections.ts';
import type { ClassDefence } from '../../../src/auditors/sections/defence-in-depth/class-defence.ts';
import { subnetDefence } from '../../../src/auditors/sections/defence-in-depth/defence-in-depth.ts';
import { isFromStrangers } from '../../../src/auditors/sections/defence-in-depth/opening.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { type Exposure, internetExposure } from '../../../src/network/exposure.ts';
import { instanceById, interfaceById, subnetById } from '../../../src/network/facts/resources-by-id.ts';
import { buildNetwork } from '../../../src/network/network.ts';
import { shuffled } from '../../network/trace/shuffled.ts';
import { generateNetwork } from '../../oracle/generator/network.ts';

const FIRST_SEED = 4_100;
const NETWORKS = 80;

const networks = (): readonly Snapshot[] =>
  Array.from({ length: NETWORKS }, (_, at) => exampleSnapshot([...generateNetwork(FIRST_SEED + at)]));

const familyOf = ({ kind }: Exposure): 4 | 6 => (kind === 'ipv6' ? 6 : 4);

function defenceOf(snapshot: Snapshot, exposure: Exposure): ClassDefence | undefined {
  const subnet = subnetById(snapshot).get(exposure.subnetId);
  if (subnet === undefined) return undefined;
  const id = exposure.addresses[0]?.networkInterfaceId ?? '';
  return subnetDefence(snapshot, subnet.resource, familyOf(exposure)).classes.find(({ interfaces }) =>
    interfaces.ids.includes(id),
  );
}

/** Something answers behind the interface. */
function isRunning(snapshot: Snapshot, id: string): boolean {
  const own = interfaceById(snapshot).get(id)?.resource;
  const instanceId = own?.attachment?.instanceId;
  const state = instanceId === undefined ? 'running' : instanceById(snapshot).get(instanceId)?.resource.state;
  return own?.status === 'in-use' && state === 'running';
}

it('no layer is said to hold for what strangers reach, as the engine walks the packets', () => {
  let reached = 0;
  let unknown = 0;
  for (const snapshot of networks()) {
    for (const exposure of internetExposure(buildNetwork(snapshot)).classes) {
      if (!isFromStrangers(familyOf(exposure), exposure.admitted)) continue;
      const defence = defenceOf(snapshot, exposure);
      if (defence === undefined) continue;
      reached++;
      expect(defence.layers.filter(({ state }) => state === 'holds')).toEqual([]);
      // A layer that is asked alone may rest on more that was not read than the packets that really arrive
      if (defence.layers.some(({ state }) => state === 'unknown')) unknown++;
      else expect(defence.isOpen).toBe(true);
    }
  }
  expect(reached).toBeGreaterThan(50);
  expect(unknown).toBeLessThan(reached / 4);
});

it('an interface that strangers get to through all layers are open for is reached, or may be', () => {
  let open = 0;
  for (const snapshot of networks()) {
    const exposures = internetExposure(buildNetwork(snapshot));
    for (const { resource } of subnetById(snapshot).values()) {
      for (const family of [4, 6] as const) {
        for (const { isOpen, interfaces } of subnetDefence(snapshot, resource, family).classes) {
          // A node answers where its listeners do, which is no layer of the subnet's
          if (!isOpen || interfaces.isLoadBalancer) continue;
          for (const id of interfaces.ids.filter((one) => isRunning(snapshot, one))) {
            open++;
            const found = exposures.of(id).filter((exposure) => familyOf(exposure) === family);
            const traffic = found.flatMap(({ admitted, doubtful, deliveredOnly }) => [
              ...admitted,
              ...doubtful,
              ...deliveredOnly,
            ]);
            expect([id, isFromStrangers(family, traffic)]).toEqual([id, true]);
          }
        }
      }
    }
  }
  expect(open).toBeGreaterThan(50);
});

it('is the same whatever the order of all lists', () => {
  for (const name of Object.keys(sampleAccounts)) {
    const snapshot = snapshotOf(sampleAccount(name).world);
    expect(reportSections(shuffled(snapshot))).toEqual(reportSections(snapshot));
  }
});
