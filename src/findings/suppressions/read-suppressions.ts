import { cidrBlock, dayText, formed, membersOf, portRange, textOf, textsOf, unknownWord } from '../yaml/fields.ts';
import { matchesGlob } from './glob.ts';
import { quoted } from '../../model/quoted.ts';
import { SuppressionsUnreadable } from './suppressions-unreadable.ts';
import type { Match, Suppression } from './suppression.ts';
import { readYaml, YamlRefused, type YamlValue } from '../yaml/yaml-tree.ts';

/** The name under which a file of suppressions is found where none is named. */
export const suppressionsFile = 'vpc-auditor.suppressions.yaml';

const rootKeys = ['version', 'suppressions'] as const;
const entryKeys = ['id', 'check', 'match', 'owner', 'reason', 'expires', 'created', 'ticket'] as const;
const matchKeys = [
  'fingerprint',
  'account',
  'region',
  'vpc',
  'resource',
  'resource_glob',
  'tags',
  'ports',
  'cidrs',
] as const;

type Entry = ReadonlyMap<(typeof entryKeys)[number], YamlValue>;

/** A reason shorter than this explains nothing. */
const shortestReason = 10;

/**
 * Reads a file of suppressions. Everything is checked before anything is used: throws SuppressionsUnreadable with the
 * file, the line and what to mend, for an unknown key or check as for a missing owner, reason or date.
 */
export function readSuppressions(text: string, file: string, checkIds: readonly string[]): readonly Suppression[] {
  try {
    return entriesOf(readYaml(text.startsWith('\uFEFF') ? text.slice(1) : text), checkIds);
  } catch (error) {
    if (!(error instanceof YamlRefused)) throw error;
    throw new SuppressionsUnreadable(`${file}, line ${error.line}: ${sentence(error.message)}`, { cause: error });
  }
}

const sentence = (message: string): string => (/[?.]$/.test(message) ? message : `${message}.`);

function entriesOf(document: YamlValue | undefined, checkIds: readonly string[]): readonly Suppression[] {
  if (document === undefined) throw new YamlRefused(1, 'the file is empty; it begins with "suppressions:"');
  const root = membersOf(document, 'the file', rootKeys);
  const version = root.get('version');
  if (version !== undefined && textOf(version, 'version') !== '1') {
    throw new YamlRefused(version.line, `this program reads version 1, not ${quoted(textOf(version, 'version'))}`);
  }
  const list = root.get('suppressions');
  if (list === undefined) throw new YamlRefused(document.line, 'the key suppressions is absent');
  if (list.kind !== 'list') throw new YamlRefused(list.line, 'suppressions must be a list');
  const entries = list.items.map((item) => suppressionOf(item, checkIds));
  const lines = new Map<string, number>();
  for (const { id, line } of entries) {
    const before = lines.get(id);
    if (before !== undefined) throw new YamlRefused(line, `the id ${quoted(id)} is taken by line ${before}`);
    lines.set(id, line);
  }
  return entries;
}

function suppressionOf(item: YamlValue, checkIds: readonly string[]): Suppression {
  const entry = membersOf(item, 'a suppression', entryKeys);
  const required = (key: (typeof entryKeys)[number]): YamlValue => {
    const value = entry.get(key);
    if (value === undefined) throw new YamlRefused(item.line, `the key ${key} is absent from this suppression`);
    return value;
  };
  const id = formed(required('id'), 'id', /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'letters, digits, . _ or -, at most 64');
  const reason = textOf(required('reason'), 'reason');
  if (reason.length < shortestReason) {
    throw new YamlRefused(required('reason').line, `reason ${quoted(reason)} is too short to be one`);
  }
  const expires = dayText(required('expires'), 'expires');
  const created = entry.get('created');
  if (created !== undefined && dayText(created, 'created') > expires) {
    throw new YamlRefused(created.line, 'created is later than expires');
  }
  const ticket = entry.get('ticket');
  return {
    id,
    match: matchOf(entry, item.line, checkIds),
    owner: textOf(required('owner'), 'owner'),
    reason,
    expires,
    ...(created === undefined ? {} : { created: dayText(created, 'created') }),
    ...(ticket === undefined ? {} : { ticket: textOf(ticket, 'ticket') }),
    line: item.line,
  };
}

function matchOf(entry: Entry, line: number, checkIds: readonly string[]): Match {
  const check = entry.get('check');
  const given = entry.get('match');
  const members = given === undefined ? undefined : membersOf(given, 'match', matchKeys);
  if (check === undefined && members?.get('fingerprint') === undefined) {
    throw new YamlRefused(line, 'a suppression names a check, or a fingerprint under match');
  }
  const match: Match = { ...checkOf(check, checkIds), ...selectorsOf(members ?? new Map()) };
  if (match.check !== undefined && /^\*+$/.test(match.check) && Object.keys(match).length === 1) {
    throw new YamlRefused(line, 'this would suppress every finding; say of which account, resource or check');
  }
  return match;
}

function checkOf(value: YamlValue | undefined, checkIds: readonly string[]): Pick<Match, 'check'> {
  if (value === undefined) return {};
  const check = textOf(value, 'check');
  if (!checkIds.some((id) => matchesGlob(check, id))) {
    throw new YamlRefused(value.line, unknownWord(`there is no check ${quoted(check)}`, check, checkIds));
  }
  return { check };
}

function selectorsOf(members: ReadonlyMap<(typeof matchKeys)[number], YamlValue>): Omit<Match, 'check'> {
  const read = <T>(key: (typeof matchKeys)[number], reader: (value: YamlValue) => T): T | undefined => {
    const value = members.get(key);
    return value === undefined ? undefined : reader(value);
  };
  const texts = (key: (typeof matchKeys)[number]): readonly string[] | undefined =>
    read(key, (value) => textsOf(value, key).map(({ text, line }) => exact(text, line, key)));
  const accountForm = (value: YamlValue): readonly string[] =>
    textsOf(value, 'account').map(({ text, line }) =>
      formed({ kind: 'text', text, line }, 'account', /^\d{12}$/, 'twelve digits'),
    );
  const selectors = {
    fingerprint: read('fingerprint', (value) =>
      formed(value, 'fingerprint', /^[0-9a-f]{64}$/, 'the 64 hexadecimal digits of a finding'),
    ),
    accounts: read('account', accountForm),
    regions: texts('region'),
    vpcs: texts('vpc'),
    resources: texts('resource'),
    resourceGlob: read('resource_glob', (value) => textOf(value, 'resource_glob')),
    tags: read('tags', tagsOf),
    ports: read('ports', (value) => textsOf(value, 'ports').map(({ text, line }) => portRange(text, line))),
    cidrs: read('cidrs', (value) => textsOf(value, 'cidrs').map(({ text, line }) => cidrBlock(text, line))),
  };
  return Object.fromEntries(Object.entries(selectors).filter(([, value]) => value !== undefined));
}

/** A star that would be taken by the letter is meant otherwise. */
function exact(text: string, line: number, key: string): string {
  if (!text.includes('*')) return text;
  const instead = key === 'resource' ? 'resource_glob takes patterns' : `leave ${key} out for any`;
  throw new YamlRefused(line, `${key} is matched exactly, and ${quoted(text)} holds a star; ${instead}`);
}

function tagsOf(value: YamlValue): readonly { readonly key: string; readonly value: string }[] {
  if (value.kind !== 'map' || value.members.length === 0) {
    throw new YamlRefused(value.line, 'tags must be a map such as {Environment: sandbox}');
  }
  return value.members.map(({ key, value: member, line }) => {
    if (member.kind !== 'text') throw new YamlRefused(line, `the tag ${quoted(key)} must be a text`);
    return { key, value: member.text };
  });
}
