import {
  decisiveItems,
  flag,
  id,
  IncompleteItem,
  isRaw,
  items,
  MalformedAnswer,
  nested,
  number,
  requiredId,
  requiredText,
  text,
  texts,
  type Raw,
} from '../decode.ts';
import type { AccountId, RegionName } from '../id.ts';
import type { CallStatus, FailureClass, Manifest, ManifestCall } from './manifest.ts';
import { parseSelection } from './parse-selection.ts';

/** A manifest of a format that this version does not know. */
export class NewerSchema extends Error {
  override readonly name = 'NewerSchema';
  readonly schemaVersion: string;

  constructor(schemaVersion: string) {
    super(`schemaVersion ${schemaVersion}`);
    this.schemaVersion = schemaVersion;
  }
}

const statuses: { readonly [S in CallStatus]: true } = { collected: true, failed: true, skipped: true };
const failures: { readonly [F in FailureClass]: true } = {
  denied: true,
  'region-not-enabled': true,
  'not-available-in-region': true,
  throttled: true,
  'expired-credentials': true,
  network: true,
  'broken-answer': true,
  other: true,
};
const services: { readonly [S in ManifestCall['service']]: true } = {
  ec2: true,
  elb: true,
  elbv2: true,
  'network-firewall': true,
  directconnect: true,
  route53resolver: true,
  cloudwatch: true,
  logs: true,
  sts: true,
  organizations: true,
};

/** `manifest.json` as its type says; throws MalformedAnswer with the member at fault, or NewerSchema. */
export function parseManifest(document: unknown): Manifest {
  if (!isRaw(document)) throw new MalformedAnswer('', 'is not an object');
  checkSchemaVersion(document);
  try {
    return {
      schemaVersion: '1',
      tool: required(document, 'tool', (raw) => ({
        name: requiredText(raw, 'name'),
        version: requiredText(raw, 'version'),
      })),
      createdAt: requiredDate(document, 'createdAt'),
      caller: nested(document, 'caller', (raw) => ({
        accountId: requiredId<AccountId>(raw, 'accountId'),
        arn: requiredText(raw, 'arn'),
      })),
      scope: required(document, 'scope', toScope),
      notVisible: items(document, 'notVisible', (raw) => ({
        accountId: requiredId<AccountId>(raw, 'accountId'),
        ...optional('region', id<RegionName>(raw, 'region')),
        reason: requiredText(raw, 'reason'),
        ...optional('inactive', flag(raw, 'inactive') === true ? true : undefined),
      })),
      ...optional('selection', nested(document, 'selection', parseSelection)),
      ...optional(
        'elsewhere',
        document['elsewhere'] === undefined ? undefined : texts<AccountId>(document, 'elsewhere'),
      ),
      calls: decisiveItems(document, 'calls', toCall),
    };
  } catch (error) {
    throw error instanceof IncompleteItem ? new MalformedAnswer(error.member, 'is absent') : error;
  }
}

function checkSchemaVersion(document: Raw): void {
  const version = document['schemaVersion'];
  if (version === '1') return;
  if (typeof version === 'string' && /^\d{1,9}$/.test(version) && Number(version) > 1) throw new NewerSchema(version);
  throw new MalformedAnswer('schemaVersion', version === undefined ? 'is absent' : 'is not one that exists');
}

/** More Regions of accounts than any organisation has; a manifest with more would keep a reader busy for ever. */
const mostPlaces = 1_000_000;

function toScope(raw: Raw): Manifest['scope'] {
  const accounts = texts<AccountId>(raw, 'accounts');
  const regions = texts<RegionName>(raw, 'regions');
  if (accounts.length * regions.length > mostPlaces)
    throw new MalformedAnswer('regions', `times accounts are more than ${mostPlaces}`);
  return { accounts, regions };
}

/** One call of the record as its type says; throws MalformedAnswer with the member at fault. */
export function parseCall(document: unknown): ManifestCall {
  if (!isRaw(document)) throw new MalformedAnswer('', 'is not an object');
  return toCall(document);
}

const toCall = (raw: Raw): ManifestCall => ({
  accountId: requiredId(raw, 'accountId'),
  region: requiredId(raw, 'region'),
  service: word(raw, 'service', services),
  operation: requiredText(raw, 'operation'),
  input: required(raw, 'input', (input) => input),
  status: word(raw, 'status', statuses),
  ...optional('file', text(raw, 'file')),
  ...optional('parts', countOf(raw, 'parts', 1)),
  ...optional('failure', raw['failure'] === undefined ? undefined : word(raw, 'failure', failures)),
  ...optional('errorCode', text(raw, 'errorCode')),
  ...optional('message', text(raw, 'message')),
  iamAction: requiredText(raw, 'iamAction'),
  requests: countOf(raw, 'requests') ?? 0,
  throttled: countOf(raw, 'throttled') ?? 0,
  durationMs: number(raw, 'durationMs') ?? 0,
});

function required<T>(raw: Raw, key: string, map: (value: Raw) => T): T {
  const value = nested(raw, key, map);
  if (value === undefined) throw new MalformedAnswer(key, 'is absent');
  return value;
}

function word<W extends string>(raw: Raw, key: string, words: { readonly [K in W]: true }): W {
  const value = requiredText(raw, key);
  if (!Object.hasOwn(words, value)) throw new MalformedAnswer(key, `is none of ${Object.keys(words).join(', ')}`);
  return value as W;
}

function countOf(raw: Raw, key: string, least = 0): number | undefined {
  const value = number(raw, key);
  if (value !== undefined && (!Number.isSafeInteger(value) || value < least))
    throw new MalformedAnswer(key, 'is not a count');
  return value;
}

function requiredDate(raw: Raw, key: string): string {
  const value = requiredText(raw, key);
  if (Number.isNaN(Date.parse(value))) throw new MalformedAnswer(key, 'is not a date');
  return value;
}

/** A member that is left out where there is nothing to say. */
function optional<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: T };
}
