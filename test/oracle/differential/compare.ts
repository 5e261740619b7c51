import type { AccountId } from '../../../src/model/id.ts';
import type { RegionSnapshot, Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { generateHeader, headerSource, type HeaderSource } from '../generator/headers.ts';
import { generateNetwork, themeOf } from '../generator/network.ts';
import type { Theme } from '../generator/plan.ts';
import { type Random, randomOf } from '../generator/random.ts';
import { parseAddress } from '../simulator/address.ts';
import { type Header, type Simulation, simulate, type Verdict } from '../simulator/simulate.ts';
import { owns } from '../simulator/world/interfaces.ts';
import { buildWorld, type World } from '../simulator/world/world.ts';
import { type Engine, type EngineAnswer, engineAnswer, engineOf, type Grain } from './engine.ts';
import { drawFromAnswer } from './from-answer.ts';

/** A header on which engine and simulator differ. */
export interface Disagreement {
  readonly seed: number;
  readonly header: Header;
  readonly grain: Grain;
  readonly simulation: Simulation;
  readonly engine: EngineAnswer;
}

/** The answers as a snapshot, without a record of calls. */
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
function aimed(world: World, header: Header): Header {
  if (header.to === 'internet') return header;
  const destination = parseAddress(header.destination);
  for (const nic of world.nics.values()) if (owns(nic, destination)) return { ...header, to: nic.id };
  return header;
}

/** Do the two say the same, and is the engine at one with itself? */
const agree = ({ engine, simulation }: Disagreement): boolean =>
  engine.verdict === simulation.verdict && engine.contradiction === undefined;

/** Asks both about one header. */
export function compare(seed: number, engine: Engine, header: Header, grain: Grain): Disagreement | undefined {
  const comparison = ask(seed, engine, header, grain);
  return agree(comparison) ? undefined : comparison;
}

function ask(
  seed: number,
  engine: Engine,
  header: Header,
  grain: Grain,
  simulation: Simulation = simulate(engine.world, header),
): Disagreement {
  return { seed, header, grain, simulation, engine: engineAnswer(engine, header, grain) };
}

/** What came of the headers of one network. */
export interface NetworkComparison {
  readonly theme: Theme;
  /** Different headers that both were asked about. */
  readonly pairs: number;
  /** How many of them were taken from the engine's own answers. */
  readonly fromAnswers: number;
  readonly disagreements: readonly Disagreement[];
  /** How often the simulator said what. */
  readonly verdicts: Readonly<Record<Verdict, number>>;
}

const grains: readonly Grain[] = ['header', 'header', 'protocol', 'everything'];

/** Most headers get nowhere. Half of those are passed over, so that what works is tried as often as what does not. */
function drawHeader(random: Random, world: World, source: HeaderSource): readonly [Header, Simulation] {
  const first = aimed(world, generateHeader(random, world, source));
  const simulation = simulate(world, first);
  if (random.chance(50) || simulation.verdict !== 'not-reachable') return [first, simulation];
  const second = aimed(world, generateHeader(random, world, source));
  return [second, simulate(world, second)];
}

/**
 * Draws the network of the seed and so many headers, and asks both about each. The header is looked up in the sets that
 * the engine admits; the other way round, headers at the borders of those sets are drawn and pushed through the simulator.
 */
export function compareNetwork(
  seed: number,
  headers: number,
  regions: readonly RegionSnapshot[] = generateNetwork(seed),
): NetworkComparison {
  const world = buildWorld(regions);
  const engine = engineOf(snapshotOf(regions), world);
  const random = randomOf(seed ^ 0x5bd1_e995);
  const source = headerSource(random, world);
  const disagreements: Disagreement[] = [];
  const verdicts: Record<Verdict, number> = { reachable: 0, 'not-reachable': 0, unknown: 0 };
  const seen = new Set<string>();
  let fromAnswers = 0;
  const count = (header: Header, grain: Grain, simulation?: Simulation): Disagreement | undefined => {
    const key = JSON.stringify(header);
    if (seen.has(key)) return undefined;
    seen.add(key);
    const answer = ask(seed, engine, header, grain, simulation);
    verdicts[answer.simulation.verdict] += 1;
    if (!agree(answer)) disagreements.push(answer);
    return answer;
  };
  while (seen.size < headers) {
    const grain = random.pick(grains);
    const [header, simulation] = drawHeader(random, world, source);
    const answer = count(header, grain, simulation);
    const drawn =
      answer === undefined ? undefined : drawFromAnswer(random, source, answer.header, answer.engine.result);
    if (drawn !== undefined && seen.size < headers && count(drawn, grain) !== undefined) fromAnswers += 1;
  }
  return { theme: themeOf(seed), pairs: seen.size, fromAnswers, disagreements, verdicts };
}
