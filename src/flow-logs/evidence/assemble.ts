import type { FlowDetection, FlowEvidence, FlowLogQuestion, FlowPatterns } from '../../model/verdict/flow-evidence.ts';
import type { Network } from '../../network/network.ts';
import {
  accessDetections,
  gapDetections,
  lossDetections,
  protocolDetections,
  volumeDetections,
} from '../detections/other.ts';
import { beaconDetections } from '../detections/beacons.ts';
import { scanDetections, scansOf } from '../detections/scans.ts';
import {
  type Answer,
  ask,
  type CellType,
  fieldOfColumn,
  type FlowEngine,
  type Question,
  type RowOf,
} from '../engine/question.ts';
import { type ThresholdName, type Thresholds } from '../engine/thresholds.ts';
import { neverCaptured } from '../format/never-captured.ts';
import { beacons, transitLosses, unexpectedProtocols, unusualVolumes } from '../questions/behaviour.ts';
import { coverage, totals } from '../questions/coverage.ts';
import { mostRejectGroups, rejectedConversations, rejectedStrangers } from '../questions/rejects.ts';
import { horizontalScans, slowScans, verticalScans } from '../questions/scans.ts';
import { acceptedFrom, servicesReached } from '../questions/services.ts';
import { acceptedUses, internalPairs, mostUses, newPeers, topTalkers, trafficPaths } from '../questions/traffic.ts';
import { coveredBy } from './coverage-of.ts';
import { exercisedServices, unexercisedExposures } from './exposures.ts';
import { narrowerRules } from './narrower-rules.ts';
import { intermediateAddresses, newPeersOf, pathsOf, talkersOf } from './patterns.ts';
import { zonesOf } from './zones.ts';
import { placesOf, portBoundsOf } from './places-of.ts';
import { rejectsOf } from './rejects.ts';
import { unmatchedClauses, unmatchedEntries, usedClauses } from './unmatched-rules.ts';
import { usesOf } from './uses.ts';
import { instantOf, type NameOf } from './words.ts';

/** What evidence is put together from. */
export interface EvidenceParts {
  readonly engine: FlowEngine;
  readonly network: Network | undefined;
  readonly source: string;
  /** Seconds since 1970, `until` excluded. */
  readonly window: { readonly since: number; readonly until: number };
  readonly thresholds: Thresholds;
  readonly nameOf: NameOf;
  readonly onQuestion?: (title: string) => void;
}

/** Evidence but for what the source alone knows: its files. */
export type SourcelessEvidence = Omit<FlowEvidence, 'reading' | 'cost'> & {
  readonly reading: Pick<
    FlowEvidence['reading'],
    'records' | 'accepted' | 'rejected' | 'nodata' | 'skipdata' | 'firstSeen' | 'lastSeen'
  >;
};

/** Asks every question and puts the answers together, in the light of the network where there is one. */
export async function gatherEvidence(parts: EvidenceParts): Promise<SourcelessEvidence> {
  const { engine, network, window, thresholds, nameOf } = parts;
  const places = placesOf(network?.snapshot);
  const questions: FlowLogQuestion[] = [];
  const rowsOf = async <C extends Readonly<Record<string, CellType>>>(
    one: Question<C>,
    extra: readonly string[] = [],
  ): Promise<readonly RowOf<C>[]> => {
    parts.onQuestion?.(one.title);
    const answer = await ask(engine, one, { places, thresholds, window });
    questions.push(answered(one, answer, engine.columns, extra));
    return answer.rows ?? [];
  };

  const [sum] = await rowsOf(totals);
  const covered = coveredBy(await rowsOf(coverage), window, network);
  const enough = thresholds['covered-share'];
  const rejectRows = await rowsOf(rejectedConversations);
  const cut = rejectRows.length > mostRejectGroups;
  const rejected = rejectsOf(rejectRows.slice(0, mostRejectGroups), places, network);
  const [noise] = await rowsOf(rejectedStrangers);
  const exercised = exercisedServices(await rowsOf(servicesReached), network, nameOf);

  const scans = scansOf(
    { vertical: await rowsOf(verticalScans), horizontal: await rowsOf(horizontalScans), slow: await rowsOf(slowScans) },
    places,
    intermediateAddresses(network),
  );
  const strangers = [...new Set(scans.filter((scan) => !scan.isInternal).map(({ source }) => source))].sort();
  const accepted = strangers.length === 0 ? [] : await rowsOf(acceptedFrom(strangers.slice(0, 1000)));
  const history = window.until - window.since < thresholds['volume-history'] * 3600;
  const detections: readonly FlowDetection[] = [
    ...accessDetections(exercised),
    ...scanDetections(scans, accepted),
    ...beaconDetections(await rowsOf(beacons), thresholds['beacon-score'], nameOf),
    ...volumeDetections(
      await rowsOf(
        unusualVolumes,
        history
          ? [
              `the window is shorter than the ${thresholds['volume-history']} hours that a baseline takes: ask with --since 7d or more`,
            ]
          : [],
      ),
    ),
    ...protocolDetections(await rowsOf(unexpectedProtocols), places),
    ...gapDetections(covered.rows, thresholds['gap-windows']),
    ...lossDetections(
      engine.columns.has('tgw_id') || engine.columns.has('tgw_attachment_id') ? await rowsOf(transitLosses) : [],
    ),
  ].toSorted(bySeverity);

  const rules = network === undefined ? noRules : await rulesSeen(network, parts, rowsOf, { covered, sum, rejected });
  const isShort = window.until - window.since <= thresholds['new-peer-period'];
  const patterns: FlowPatterns = {
    topTalkers: talkersOf(await rowsOf(topTalkers), intermediateAddresses(network)),
    newExternalPeers: isShort ? [] : newPeersOf(await rowsOf(newPeers), nameOf),
    ...pathsOf(await rowsOf(trafficPaths), network),
    ...zonesPart(await rowsOf(internalPairs), network),
  };
  return {
    schemaVersion: '1',
    source: parts.source,
    engine: engine.name,
    window: { since: instantOf(window.since), until: instantOf(window.until) },
    ...(network?.snapshot.manifest.createdAt === undefined
      ? {}
      : { snapshotAt: new Date(network.snapshot.manifest.createdAt).toISOString() }),
    reading: {
      records: sum?.records ?? 0,
      accepted: sum?.accepted ?? 0,
      rejected: sum?.rejected ?? 0,
      nodata: sum?.nodata_records ?? 0,
      skipdata: sum?.skipdata_records ?? 0,
      ...(sum?.first_seen == null ? {} : { firstSeen: instantOf(sum.first_seen) }),
      ...(sum?.last_seen == null ? {} : { lastSeen: instantOf(sum.last_seen) }),
    },
    coverage: covered.report,
    questions,
    neverCaptured,
    thresholds,
    rejected,
    ...(cut ? { rejectedCut: mostRejectGroups } : {}),
    ...(noise === undefined
      ? {}
      : {
          noise: {
            sources: noise.sources ?? 0,
            ports: noise.ports ?? 0,
            interfaces: noise.interfaces ?? 0,
            records: noise.records ?? 0,
            packets: noise.packets ?? 0,
          },
        }),
    exercised,
    unexercised:
      network === undefined || questions.some(({ id, answered }) => id === servicesReached.id && !answered)
        ? []
        : unexercisedExposures(exercised, network, covered, enough),
    ...rules,
    patterns,
    detections,
  };
}

const noRules = { unmatchedRules: [], narrowerRules: [] } as const;

async function rulesSeen(
  network: Network,
  { thresholds }: EvidenceParts,
  rowsOf: <C extends Readonly<Record<string, CellType>>>(one: Question<C>) => Promise<readonly RowOf<C>[]>,
  seen: {
    readonly covered: ReturnType<typeof coveredBy>;
    readonly sum: { readonly accepted: number | null } | undefined;
    readonly rejected: FlowEvidence['rejected'];
  },
): Promise<Pick<FlowEvidence, 'unmatchedRules' | 'narrowerRules'>> {
  const { covered, sum, rejected } = seen;
  const rows = await rowsOf(acceptedUses(portBoundsOf(network.snapshot)));
  if (rows.length === 0) return noRules;
  const uses = usesOf(rows.slice(0, mostUses), network);
  const everywhere =
    rows.length > mostUses
      ? 'there is more traffic than is looked through'
      : (sum?.accepted ?? 0) === 0
        ? 'the logs hold no accepted traffic'
        : undefined;
  const doubts = { enough: thresholds['covered-share'], ...(everywhere === undefined ? {} : { everywhere }) };
  const clauses = usedClauses(network, uses);
  return {
    unmatchedRules: [
      ...unmatchedClauses(clauses, covered, doubts),
      ...unmatchedEntries(network, uses, rejected, covered, doubts),
    ],
    narrowerRules: everywhere === undefined ? narrowerRules(network, clauses, covered, doubts.enough) : [],
  };
}

function zonesPart(rows: Parameters<typeof zonesOf>[0], network: Network | undefined): Pick<FlowPatterns, 'crossZone'> {
  const crossZone = zonesOf(rows, network);
  return crossZone === undefined ? {} : { crossZone };
}

function answered<C extends Readonly<Record<string, CellType>>>(
  { id, title, betterWith = [] }: Question<C>,
  answer: Answer<C>,
  columns: ReadonlySet<string>,
  extra: readonly string[],
): FlowLogQuestion {
  const notes = betterWith
    .filter((one) => one.columns.some((column) => !columns.has(column)))
    .map(
      (one) =>
        `without ${one.columns
          .filter((column) => !columns.has(column))
          .map(fieldOfColumn)
          .join(', ')}: ${one.otherwise}`,
    );
  return {
    id,
    title,
    answered: answer.rows !== undefined && extra.length === 0,
    missingFields: answer.missingFields ?? [],
    notes: answer.rows === undefined ? extra : [...extra, ...notes],
  };
}

const severities = ['critical', 'high', 'medium', 'low'] as const;

function bySeverity(a: FlowDetection, b: FlowDetection): number {
  const key = (one: FlowDetection): string =>
    JSON.stringify([
      one.id,
      one.firstSeen,
      one.networkInterfaceId,
      one.source,
      one.destination,
      one.port,
      one.evidence,
    ]);
  return severities.indexOf(a.severity) - severities.indexOf(b.severity) || (key(a) < key(b) ? -1 : 1);
}

/** The names of thresholds, for messages. */
export type { ThresholdName };
