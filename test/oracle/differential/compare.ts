import type { AccountId } from '../../../src/model/id.ts';
import type { RegionSnapshot, Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { generateHeader, headerSource } from '../generator/headers.ts';
import { generateNetwork } from '../generator/network.ts';
import { randomOf } from '../generator/random.ts';
import { formatAddress } from '../simulator/address.ts';
import { type Header, type Simulation, simulate } from '../simulator/simulate.ts';
import { buildWorld, type World } from '../simulator/world/world.ts';
import { type Engine, engineAnswer, engineOf, type Grain } from './engine.ts';

/** A header on which engine and simulator differ. */
export interface Disagreement {
  readonly seed: number;
  readonly header: Header;
  readonly grain: Grain;
  readonly simulation: Simulation;
  readonly engine: ReturnType<typeof engineAnswer>;
}

export function snapshotOf(regions: readonly RegionSnapshot[]): Snapshot {
  return {
    manifest: {
      schemaVersion: '1',
      tool: { name: 'oracle', version: '0' },
      createdAt: '2026-01-01T00:00:00Z',
      caller: undefined,
      scope: {
        accounts: [...new Set(regions.map(({ accountId }) => accountId))] as AccountId[],
        regions: [...new Set(regions.map(({ region }) => region))],
      },
      notVisible: [],
      calls: [],
    },
    regions,
    notes: [],
  };
}

/** Whoever has the private address is meant; where two VPCs have it, the first. */
export function aimed(world: World, header: Header): Header {
  if (header.to === 'internet') return header;
  for (const nic of world.nics.values()) {
    if (nic.addresses.some((address) => formatAddress(address) === header.destination))
      return { ...header, to: nic.id };
  }
  return header;
}

/** Asks both about one header. */
export function compare(seed: number, engine: Engine, header: Header, grain: Grain): Disagreement | undefined {
  const simulation = simulate(engine.world, header);
  const answer = engineAnswer(engine, header, grain);
  return answer.verdict === simulation.verdict ? undefined : { seed, header, grain, simulation, engine: answer };
}

const grains: readonly Grain[] = ['header', 'header', 'protocol', 'everything'];

/** The headers of one network on which the two differ. */
export function compareNetwork(seed: number, headers: number): readonly Disagreement[] {
  const regions = generateNetwork(seed);
  const world = buildWorld(regions);
  const engine = engineOf(snapshotOf(regions), world);
  const random = randomOf(seed ^ 0x5bd1_e995);
  const source = headerSource(random, world);
  return Array.from({ length: headers }).flatMap(() => {
    const header = aimed(world, generateHeader(random, world, source));
    return compare(seed, engine, header, random.pick(grains)) ?? [];
  });
}
