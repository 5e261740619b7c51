import type {
  CheckSettings,
  Configuration,
  KnownCidr,
  PublicService,
  Trusted,
} from '../../model/configuration/configuration.ts';
import type { CheckOption } from '../../model/verdict/check-description.ts';
import { cidrBlock, formed, membersOf, textOf, textsOf, unknownWord } from '../yaml/fields.ts';
import { quoted } from '../../model/quoted.ts';
import { readYaml, YamlRefused, type YamlValue } from '../yaml/yaml-tree.ts';
import { ConfigurationUnreadable } from './configuration-unreadable.ts';
import { placeKeys, placeOf } from './place.ts';
import { allowedTraffic } from './allowed-traffic.ts';

/** The name under which a configuration is found where none is named. */
export const configurationFile = 'vpc-auditor.yaml';

/** A check as far as a configuration may speak of it. */
export interface ConfigurableCheck {
  readonly id: string;
  readonly options?: readonly CheckOption[];
}

const rootKeys = [
  'version',
  'public_services',
  'known_cidrs',
  'trusted_accounts',
  'trusted_organizations',
  'checks',
] as const;

/** Shorter than this a reason explains nothing. */
const shortestReason = 10;

/**
 * Reads a configuration. Everything is checked before anything is used: throws ConfigurationUnreadable with the file, the
 * line and what to mend, for an unknown key, check or option as for a number out of bounds.
 */
export function readConfiguration(text: string, file: string, checks: readonly ConfigurableCheck[]): Configuration {
  try {
    return configurationOf(readYaml(text.startsWith('\uFEFF') ? text.slice(1) : text), checks);
  } catch (error) {
    if (!(error instanceof YamlRefused)) throw error;
    const sentence = /[?.]$/.test(error.message) ? error.message : `${error.message}.`;
    throw new ConfigurationUnreadable(`${file}, line ${error.line}: ${sentence}`, { cause: error });
  }
}

function configurationOf(document: YamlValue | undefined, checks: readonly ConfigurableCheck[]): Configuration {
  if (document === undefined) throw new YamlRefused(1, 'the file is empty; it begins with "version: 1"');
  const root = membersOf(document, 'the configuration', rootKeys);
  const version = root.get('version');
  if (version === undefined) throw new YamlRefused(document.line, 'the key version is absent; write "version: 1"');
  if (textOf(version, 'version') !== '1') {
    throw new YamlRefused(version.line, `this program reads version 1, not ${quoted(textOf(version, 'version'))}`);
  }
  return {
    publicServices: entries(root.get('public_services'), 'public_services', publicService, ({ name }) => name),
    knownCidrs: entries(root.get('known_cidrs'), 'known_cidrs', knownCidr, ({ cidr }) => cidr),
    trustedAccounts: entries(root.get('trusted_accounts'), 'trusted_accounts', trusted(accountForm), ({ id }) => id),
    trustedOrganizations: entries(
      root.get('trusted_organizations'),
      'trusted_organizations',
      trusted(organizationForm),
      ({ id }) => id,
    ),
    checks: checkSettings(root.get('checks'), checks),
  };
}

/** The entries of a list, each by a word that no other has. */
function entries<T>(
  list: YamlValue | undefined,
  key: string,
  read: (item: YamlValue) => T,
  wordOf: (entry: T) => string,
): readonly T[] {
  if (list === undefined) return [];
  if (list.kind !== 'list') throw new YamlRefused(list.line, `${key} must be a list`);
  const lines = new Map<string, number>();
  return list.items.map((item) => {
    const entry = read(item);
    const word = wordOf(entry);
    const before = lines.get(word);
    if (before !== undefined) throw new YamlRefused(item.line, `${quoted(word)} stands in line ${before} already`);
    lines.set(word, item.line);
    return entry;
  });
}

const required = <K extends string>(members: ReadonlyMap<K, YamlValue>, key: K, item: YamlValue): YamlValue => {
  const value = members.get(key);
  if (value === undefined) throw new YamlRefused(item.line, `the key ${key} is absent here`);
  return value;
};

function reasonOf(value: YamlValue, key: string): string {
  const reason = textOf(value, key);
  if (reason.length < shortestReason) {
    throw new YamlRefused(value.line, `${key} takes a reason, and ${quoted(reason)} is too short to be one`);
  }
  return reason;
}

const everybody: readonly string[] = ['0.0.0.0/0', '::/0'];

function publicService(item: YamlValue): PublicService {
  const members = membersOf(item, 'a public service', ['name', 'reason', 'ports', 'cidrs', ...placeKeys]);
  const cidrs = members.get('cidrs');
  return {
    name: formed(required(members, 'name', item), 'name', nameForm, 'at most 64 characters on one line'),
    reason: reasonOf(required(members, 'reason', item), 'reason'),
    traffic: textsOf(required(members, 'ports', item), 'ports').map(({ text, line }) => allowedTraffic(text, line)),
    cidrs: cidrs === undefined ? everybody : textsOf(cidrs, 'cidrs').map(({ text, line }) => block(text, line)),
    place: placeOf(members),
  };
}

const nameForm = /^[^\p{Cc}]{1,64}$/u;

function knownCidr(item: YamlValue): KnownCidr {
  const members = membersOf(item, 'a known CIDR', ['cidr', 'name']);
  const cidr = required(members, 'cidr', item);
  return {
    cidr: block(textOf(cidr, 'cidr'), cidr.line),
    name: formed(required(members, 'name', item), 'name', nameForm, 'at most 64 characters on one line'),
  };
}

/** An address block as it is written, when it is one; AWS itself refuses bits behind the prefix or drops them. */
function block(text: string, line: number): string {
  cidrBlock(text, line);
  return text;
}

interface IdForm {
  readonly expression: RegExp;
  readonly form: string;
}

const accountForm: IdForm = { expression: /^\d{12}$/, form: 'the twelve digits of an account' };
/** Organizations API reference, Organization. */
const organizationForm: IdForm = { expression: /^o-[a-z0-9]{10,32}$/, form: 'the id of an organization, o-…' };

/** `444455556666`, or the same with a name. */
const trusted =
  ({ expression, form }: IdForm) =>
  (item: YamlValue): Trusted => {
    if (item.kind === 'text') return { id: formed(item, 'id', expression, form) };
    const members = membersOf(item, 'a trusted entry', ['id', 'name']);
    const name = members.get('name');
    return {
      id: formed(required(members, 'id', item), 'id', expression, form),
      ...(name === undefined ? {} : { name: formed(name, 'name', nameForm, 'at most 64 characters on one line') }),
    };
  };

function checkSettings(
  value: YamlValue | undefined,
  checks: readonly ConfigurableCheck[],
): Readonly<Record<string, CheckSettings>> {
  if (value === undefined) return {};
  const ids = checks.map(({ id }) => id);
  const settings = [...membersOf(value, 'checks', ids)].map(([id, member]) => {
    const options = checks.find((check) => check.id === id)?.options ?? [];
    return [id, settingsOf(member, id, options)] as const;
  });
  return Object.fromEntries(settings.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function settingsOf(value: YamlValue, id: string, known: readonly CheckOption[]): CheckSettings {
  const members = membersOf(value, id, ['disabled', ...known.map(({ name }) => name)]);
  const disabled = members.get('disabled');
  const options = known.flatMap((option) => {
    const given = members.get(option.name);
    return given === undefined ? [] : [[option.name, numberOf(given, option)] as const];
  });
  if (disabled === undefined && options.length === 0) {
    throw new YamlRefused(
      value.line,
      unknownWord(`nothing is said of ${id}`, '', ['disabled', ...known.map((option) => option.name)]),
    );
  }
  return {
    ...(disabled === undefined ? {} : { disabled: reasonOf(disabled, 'disabled') }),
    options: Object.fromEntries(options),
  };
}

function numberOf(value: YamlValue, { name, least, most }: CheckOption): number {
  const text = textOf(value, name);
  const number = /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= least && number <= most)) {
    throw new YamlRefused(value.line, `${name} takes a whole number from ${least} to ${most}, not ${quoted(text)}`);
  }
  return number;
}
