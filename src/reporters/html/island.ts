import { deflateSync } from 'node:zlib';
import type { AuditReport, Result } from '../../findings/audit-report.ts';
import { grouped } from '../../findings/grouped.ts';
import { compareResults, compareText, outcomes } from '../../findings/order.ts';
import { severities } from '../../model/verdict/severity.ts';
import { familiesOf, sameRulesWords } from '../same-rule.ts';
import { allVisible, visibleText } from '../visible-text.ts';
import { capitalised, counted, instant } from '../wording.ts';
import { type CheckCard, checkCards } from './check-card.ts';
import { consoleLink } from './console-link.ts';
import { evidenceView } from './evidence-view.ts';
import { wayAnchors } from './exposure-view.ts';
import { fairShares } from './fair-shares.ts';
import { codeOf, freshWords, lineOf } from './finding-view.ts';
import { standingWords } from './news-view.ts';
import { resourceView } from './resource-view.ts';

/** A page with more results than this opens slowly; the rest is counted, and in report.json. */
export const islandLimit = 50_000;

/** Where the plain JSON is longer than this, it is compressed. */
const plainLimit = 2_000_000;

/** Something that the list can be narrowed by. */
export interface Facet {
  /** The column that holds its values, or `standard`, which hangs on the check. */
  readonly key: string;
  readonly label: string;
  /** Few values that everybody wants to see at once, or a menu of many. */
  readonly style: 'buttons' | 'menu';
  /** Words for the values; a value without a word is its own. */
  readonly words: Readonly<Record<string, string>>;
}

/** Positions in `strings`. */
type Refs = readonly number[];

/**
 * All results for the script of the page, column by column. Every text stands once in `strings` and is referred to by
 * its position; position 0 is the empty text.
 */
export interface Island {
  readonly facets: readonly Facet[];
  readonly checks: readonly CheckCard[];
  readonly strings: readonly string[];
  /** By the names in `columnNames`. */
  readonly columns: Readonly<Record<string, Refs>>;
  /** For each result the position of the one that leads its family; its own where it leads or stands alone. */
  readonly leads: readonly number[];
  /** Of each piece of evidence: what, id, within, concerns, relation, values. */
  readonly evidence: readonly (readonly Refs[])[];
  /** Of each way to apply the fix: label, text. */
  readonly code: readonly (readonly Refs[])[];
  /** Of each missing fact: fact, permission. */
  readonly missing: readonly (readonly Refs[])[];
  /** Of each result its resource's tags, as `key=value`. */
  readonly tags: readonly Refs[];
}

const columnNames = [
  'verdict',
  'outcome',
  'severity',
  'ownSeverity',
  'check',
  'account',
  'region',
  'vpc',
  'type',
  'id',
  'name',
  'arn',
  'arnEnd',
  'title',
  'line',
  'rules',
  'fix',
  'assumedOff',
  'standing',
  'fresh',
  'firstSeen',
  'reason',
  'console',
  'fingerprint',
  'way',
] as const;

const facets: readonly Facet[] = [
  {
    key: 'verdict',
    label: 'Severity or outcome',
    style: 'buttons',
    words: {
      ...Object.fromEntries(severities.map((severity) => [severity, capitalised(severity)])),
      unknown: 'Unknown',
      pass: 'Passes',
      'not-applicable': 'Not applicable',
    },
  },
  { key: 'standing', label: 'Since the baseline', style: 'menu', words: standingWords },
  { key: 'account', label: 'Account', style: 'menu', words: {} },
  { key: 'region', label: 'Region', style: 'menu', words: {} },
  { key: 'vpc', label: 'VPC', style: 'menu', words: {} },
  { key: 'type', label: 'Resource type', style: 'menu', words: {} },
  { key: 'check', label: 'Check', style: 'menu', words: {} },
  { key: 'standard', label: 'Standard', style: 'menu', words: {} },
  { key: 'tag', label: 'Tag', style: 'menu', words: {} },
];

/** The results that the page holds: all of them, or the worst of each check at each severity where they are too many. */
export function heldResults({ results }: Pick<AuditReport, 'results'>, limit: number = islandLimit): readonly Result[] {
  const sorted = results.toSorted(compareResults);
  if (sorted.length <= limit) return sorted;
  const groups = [
    ...grouped(
      sorted,
      ({ outcome, effectiveSeverity, checkId }) => `${outcomes.indexOf(outcome)} ${effectiveSeverity} ${checkId}`,
    ).values(),
  ];
  const shares = fairShares(
    groups.map(({ length }) => length),
    limit,
  );
  return groups.flatMap((own, at) => own.slice(0, shares[at] ?? 0));
}

/** What the page does not hold, in words; empty where it holds everything. */
export function islandOmission({ results }: Pick<AuditReport, 'results'>): string {
  return results.length <= islandLimit
    ? ''
    : `This page holds ${counted(islandLimit, 'result')} of ${counted(results.length, 'result')}, the worst of every check. All are in report.json.`;
}

/** The results as data. */
export function islandOf(report: AuditReport): Island {
  const held = heldResults(report);
  const positions = new Map(held.map((result, at) => [result, at]));
  const leads = held.map((_, at) => at);
  const rules = new Map<Result, string>();
  for (const { lead, others } of familiesOf(held)) {
    if (others.length > 0) rules.set(lead, sameRulesWords(lead));
    for (const other of others) leads[positions.get(other) ?? 0] = positions.get(lead) ?? 0;
  }
  const used = new Set(held.map(({ checkId }) => checkId));
  const { strings, ref, block } = stringTable();
  const columns = columnNames.map((): number[] => []);
  const ways = wayAnchors(report);
  for (const result of held) {
    const cells = [...cellsOf(result, rules.get(result) ?? ''), ways.get(result.fingerprint)];
    for (const [column, text] of cells.entries()) columns[column]?.push(ref(text));
  }
  return {
    facets,
    checks: allVisible(
      [...checkCards(report).values()].filter(({ id }) => used.has(id)).sort((a, b) => compareText(a.id, b.id)),
    ),
    columns: Object.fromEntries(columnNames.map((name, column) => [name, columns[column] ?? []])),
    leads,
    evidence: held.map(({ evidence }) =>
      evidence
        .map(evidenceView)
        .map(({ what, id, within, concerns, relation, values }) =>
          [what, id, within, concerns, relation, ...values].map(ref),
        ),
    ),
    code: held.map(({ fix }) =>
      fix === undefined ? [] : codeOf(fix).map(({ label, lines }) => [ref(label), block(lines)]),
    ),
    tags: held.map(({ tags }) => (tags ?? []).map(({ key, value }) => ref(`${key}=${value}`))),
    missing: held.map(({ missing }) => (missing ?? []).map(({ fact, iamAction }) => [ref(fact), ref(iamAction)])),
    strings,
  };
}

interface StringTable {
  readonly strings: readonly string[];
  readonly ref: (text: string | undefined) => number;
  /** The same for a text of several lines. */
  readonly block: (lines: readonly string[]) => number;
}

/** Keeps every text once, as it may be shown. What was seen before is not looked at again. */
function stringTable(): StringTable {
  const strings = [''];
  const lines = new Map<string, number>([['', 0]]);
  // Apart, since here a line feed ends a line and there it is one more character to be shown.
  const blocks = new Map<string, number>();
  const add = (known: Map<string, number>, key: string, shown: (text: string) => string): number => {
    const position = known.get(key);
    if (position !== undefined) return position;
    known.set(key, strings.length);
    strings.push(shown(key));
    return strings.length - 1;
  };
  return {
    strings,
    ref: (text = '') => add(lines, text, visibleText),
    block: (text) => add(blocks, text.join('\n'), (whole) => whole.split('\n').map(visibleText).join('\n')),
  };
}

/** In the order of `columnNames` but for the last. An ARN and a link to the console are without the resource's id at their end. */
function cellsOf(result: Result, rules: string): readonly (string | undefined)[] {
  const { resource } = result;
  const { type, name, vpcId } = resourceView(resource);
  const arnHead = resource.arn.endsWith(resource.id) ? resource.arn.slice(0, -resource.id.length) : resource.arn;
  return [
    result.outcome === 'fail' ? result.effectiveSeverity : result.outcome,
    result.outcome,
    result.effectiveSeverity,
    result.severity,
    result.checkId,
    resource.accountId,
    resource.region,
    vpcId ?? (resource.type === 'vpc' ? resource.id : undefined),
    type,
    resource.id,
    name,
    arnHead,
    resource.arn === arnHead ? undefined : resource.id,
    capitalised(result.title),
    lineOf(result),
    rules,
    result.fix?.summary,
    result.assumedOff?.join(', '),
    result.sinceBaseline,
    freshWords(result),
    result.firstSeen === undefined ? undefined : instant(result.firstSeen),
    result.reason,
    consoleLink(resource)?.slice(0, -resource.id.length),
    result.fingerprint,
  ];
}

/** The data as it stands in the page, and what it is encoded in. */
export interface EncodedIsland {
  readonly encoding: 'json' | 'deflate-base64';
  readonly text: string;
}

/**
 * The data as text that no HTML parser takes for markup. What is long is compressed (RFC 1950, which unlike gzip does not
 * name the machine it was made on) and read with DecompressionStream.
 */
export function encodeIsland(island: Island): EncodedIsland {
  const json = JSON.stringify(island).replaceAll(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return json.length <= plainLimit
    ? { encoding: 'json', text: json }
    : { encoding: 'deflate-base64', text: deflateSync(json, { level: 9 }).toString('base64') };
}
