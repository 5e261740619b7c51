import { resourceKeys } from '../../../src/model/resources.ts';
import type { RegionSnapshot } from '../../../src/model/snapshot/snapshot.ts';
import { generateNetwork } from '../generator/network.ts';
import { describePacket } from '../simulator/packet.ts';
import { toPacket } from '../simulator/simulate.ts';
import { buildWorld } from '../simulator/world/world.ts';
import { compare, type Disagreement, snapshotOf } from './compare.ts';
import { engineOf } from './engine.ts';
import { shrink } from './shrink.ts';

/** Does the same header still get the same two verdicts, the simulator's for the same reason? Without its ends it says nothing. */
function sameDifference(found: Disagreement): (regions: readonly RegionSnapshot[]) => boolean {
  return (regions) => {
    try {
      const again = compareOn(regions, found);
      return (
        again?.simulation.verdict === found.simulation.verdict &&
        again.simulation.reason === found.simulation.reason &&
        again.engine.verdict === found.engine.verdict &&
        decisiveCodes(again) === decisiveCodes(found)
      );
    } catch {
      return false;
    }
  };
}

/** The codes on which the engine's verdict rests. */
function decisiveCodes({ engine }: Disagreement): string {
  const decisive = engine.result.explanations.filter(({ effect }) => effect === 'blocks' || effect === 'unknown');
  return [...new Set(decisive.map(({ explanationCode }) => explanationCode))].sort().join(' ');
}

function compareOn(
  regions: readonly RegionSnapshot[],
  { seed, header, grain }: Disagreement,
): Disagreement | undefined {
  const world = buildWorld(regions);
  if (header.to.startsWith('eni-') && !world.nics.has(header.to)) return undefined;
  return compare(seed, engineOf(snapshotOf(regions), world), header, grain);
}

function describeNetwork(regions: readonly RegionSnapshot[]): readonly string[] {
  return regions.flatMap(({ accountId, region, resources }) => [
    `${accountId} ${region}`,
    ...resourceKeys.flatMap((kind) => {
      const collected = resources[kind];
      if (collected.status !== 'collected') return [`  ${kind}: ${collected.status}`];
      const missing = collected.missing.map(({ resourceId }) => `  ${kind}: ${resourceId} could not be read`);
      return [...missing, ...collected.resources.map((resource) => `  ${kind}: ${JSON.stringify(resource)}`)];
    }),
  ]);
}

/** A disagreement in full: seed, header, both logs, and the network shrunk to what it takes. */
export function report(found: Disagreement): string {
  const regions = shrink(generateNetwork(found.seed), sameDifference(found));
  const small = compareOn(regions, found) ?? found;
  const { simulation, engine } = small;
  return [
    `seed ${found.seed}: simulator ${simulation.verdict}, engine ${engine.verdict}`,
    `header: ${describePacket(toPacket(found.header))}, from ${found.header.from} to ${found.header.to}`,
    `question to the engine (${found.grain}): ${JSON.stringify(engine.query)}`,
    'simulator:',
    ...simulation.log.map(({ direction, component, note }) => `  ${direction} ${component}: ${note}`),
    ...(simulation.intermittent ? ['  (works for some of the choices of AWS only)'] : []),
    'engine:',
    ...engine.result.forwardPathComponents.map(({ component, effect }) => `  forward ${component.id}: ${effect}`),
    ...engine.result.returnPathComponents.map(({ component, effect }) => `  return ${component.id}: ${effect}`),
    ...engine.result.explanations.map(
      ({ explanationCode, direction, effect, component }) =>
        `  ${effect} ${explanationCode} (${direction}) ${component.id}`,
    ),
    'network:',
    ...describeNetwork(regions),
  ].join('\n');
}
