import { isRaw, items, MalformedAnswer, nested, type Raw, requiredText, text, texts } from '../../model/decode.ts';
import { severities } from '../../model/verdict/severity.ts';
import type { ResourceReference } from '../../model/verdict/resource-reference.ts';
import { quoted } from '../../model/quoted.ts';
import type { Baseline, Gap, KnownFinding, OpenQuestion, Place } from './baseline.ts';

/** A file that is no baseline. The message is one sentence: which file, and what is wrong with it. */
export class BaselineUnreadable extends Error {
  override readonly name = 'BaselineUnreadable';
  readonly code = 'BASELINE_UNREADABLE';
}

/** The JSON of a file; throws BaselineUnreadable. */
export function parsedJson(text: string, file: string): unknown {
  if (text.trim() === '') throw new BaselineUnreadable(`${file} is empty.`);
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch (cause) {
    const reason = cause instanceof Error ? quoted(cause.message).slice(1, -1) : '';
    throw new BaselineUnreadable(`${file} is not JSON (${reason}).`, { cause });
  }
}

/** Reads a parsed file as a baseline; throws BaselineUnreadable, whose message calls it `file`. */
export function readBaseline(document: unknown, file: string): Baseline {
  try {
    if (!isRaw(document)) throw new MalformedAnswer('', 'should be an object');
    return baselineFrom(document);
  } catch (error) {
    if (!(error instanceof MalformedAnswer)) throw error;
    const at = error.path === '' ? '' : `${quoted(error.path).slice(1, -1)} `;
    throw new BaselineUnreadable(`${file} is not a baseline: ${at}${error.reason}.`, { cause: error });
  }
}

/** A baseline from its members; throws MalformedAnswer with the member at fault. */
export function baselineFrom(raw: Raw): Baseline {
  oneOf(raw, 'schemaVersion', ['1']);
  const collectedAt = instant(raw, 'collectedAt');
  const findings = list(raw, 'findings', findingFrom);
  refuseTwins(findings);
  return {
    schemaVersion: '1',
    tool: present(
      nested(raw, 'tool', (tool) => ({ name: requiredText(tool, 'name'), version: requiredText(tool, 'version') })),
      'tool',
    ),
    ...(collectedAt === undefined ? {} : { collectedAt }),
    checks: list(raw, 'checks', (check) => ({ id: requiredText(check, 'id'), reads: texts(check, 'reads') })),
    places: list(raw, 'places', placeFrom),
    gaps: list(raw, 'gaps', gapFrom),
    open: list(raw, 'open', openFrom),
    findings,
  };
}

/** Two entries of one finding would disagree sooner or later: a merge went wrong. */
function refuseTwins(findings: readonly KnownFinding[]): void {
  const seen = new Set<string>();
  for (const [at, { fingerprint }] of findings.entries()) {
    if (seen.has(fingerprint)) throw new MalformedAnswer(`findings[${at}].fingerprint`, 'stands there a second time');
    seen.add(fingerprint);
  }
}

function present<T>(value: T | undefined, key: string): T {
  if (value === undefined) throw new MalformedAnswer(key, 'is absent');
  return value;
}

function list<T>(raw: Raw, key: string, map: (item: Raw) => T): readonly T[] {
  present(raw[key] ?? undefined, key);
  return items(raw, key, map);
}

const placeFrom = (raw: Raw): Place => ({
  accountId: requiredText(raw, 'accountId'),
  region: requiredText(raw, 'region'),
});

const gapFrom = (raw: Raw): Gap => ({
  ...placeFrom(raw),
  operation: requiredText(raw, 'operation'),
  state: oneOf(raw, 'state', ['unread', 'partly', 'assumed-off']),
});

function openFrom(raw: Raw): OpenQuestion {
  const resource = text(raw, 'resource');
  return { checkId: requiredText(raw, 'checkId'), ...placeFrom(raw), ...(resource === undefined ? {} : { resource }) };
}

function findingFrom(raw: Raw): KnownFinding {
  const firstSeen = instant(raw, 'firstSeen');
  return {
    fingerprint: hexadecimal(raw, 'fingerprint'),
    evidenceHash: hexadecimal(raw, 'evidenceHash'),
    checkId: requiredText(raw, 'checkId'),
    effectiveSeverity: oneOf(raw, 'effectiveSeverity', severities),
    title: requiredText(raw, 'title'),
    resource: present(nested(raw, 'resource', resourceFrom), 'resource'),
    ...(firstSeen === undefined ? {} : { firstSeen }),
    ...(raw['suppressed'] === true ? { suppressed: true } : {}),
  };
}

/** The words of a resource are the report's own; none of them decides anything but identity. */
function resourceFrom(raw: Raw): ResourceReference {
  const [vpcId, name] = [text(raw, 'vpcId'), text(raw, 'name')];
  return {
    type: requiredText(raw, 'type') as ResourceReference['type'],
    id: requiredText(raw, 'id'),
    arn: requiredText(raw, 'arn'),
    accountId: requiredText(raw, 'accountId') as ResourceReference['accountId'],
    region: requiredText(raw, 'region') as ResourceReference['region'],
    ...(vpcId === undefined ? {} : { vpcId }),
    ...(name === undefined ? {} : { name }),
  };
}

function hexadecimal(raw: Raw, key: string): string {
  const value = requiredText(raw, key);
  if (!/^[0-9a-f]{64}$/.test(value)) throw new MalformedAnswer(key, 'should be 64 hexadecimal digits');
  return value;
}

/** An instant in the one form in which this program writes them, so that texts compare as times do. */
export function instant(raw: Raw, key: string): string | undefined {
  const value = text(raw, key);
  if (value === undefined) return undefined;
  const time = new Date(value);
  if (Number.isNaN(time.getTime()) || time.toISOString() !== value) {
    throw new MalformedAnswer(key, 'should be a time such as 2026-11-24T02:15:00.000Z');
  }
  return value;
}

function oneOf<T extends string>(raw: Raw, key: string, known: readonly T[]): T {
  const value = requiredText(raw, key);
  const found = known.find((candidate) => candidate === value);
  if (found === undefined) throw new MalformedAnswer(key, `should be one of ${known.join(', ')}`);
  return found;
}
