import { createHash } from 'node:crypto';
import { randomFrom } from './answer/order.ts';

/** What can go wrong with a call. Each sends what the real service, or what stands between, would send. */
export const faultKinds = [
  /** 503 RequestLimitExceeded, with `Retry-After` where `retryAfterSeconds` is given. */
  'throttle',
  /** 403 UnauthorizedOperation; `by` says which kind of policy the message names. */
  'deny',
  /** 401 AuthFailure, as in a Region that is not opted in. */
  'auth-failure',
  /** 401 OptInRequired: the account is not activated. */
  'opt-in-required',
  /** 400 InvalidAction: the operation is not deployed in the Region. */
  'invalid-action',
  /** 400 UnsupportedOperation: the feature is off in the Region. */
  'unsupported',
  /** 400 RequestExpired with a Date one hour ahead. */
  'request-expired',
  /** 400 ExpiredToken: the session ended in the middle. */
  'token-expired',
  /** 403 AccessDenied from STS. */
  'assume-denied',
  /** 500 InternalError. */
  'internal-error',
  /** 503 Unavailable. */
  'unavailable',
  /** 502 with a page of HTML. */
  'bad-gateway',
  /** 403 with JSON, from a proxy. */
  'proxy',
  /** 200 with a page of HTML, from a captive portal. */
  'captive-portal',
  /** The connection is reset. */
  'reset',
  /** Nothing listens. */
  'refuse',
  /** The body ends before its content-length. */
  'truncate',
  /** The body comes one character at a time. */
  'drip',
  /** Headers and half a body, then silence. */
  'stall',
  /** No answer at all. */
  'hang',
  /** 200 with broken XML. */
  'malformed',
  /** 200 with nothing. */
  'empty-body',
  /** 200 with an element of another name and nothing in it. */
  'wrong-root',
  /** 200 without the list. */
  'missing-list',
  /** An element that the SDK does not know. */
  'unknown-member',
  /** A state that nobody has heard of. */
  'unknown-enum',
  /** A document type declaration with entities. */
  'doctype',
  /** The same token for ever. */
  'repeated-token',
  /** The token is refused. */
  'token-error',
  /** An empty page with a token. */
  'empty-page',
  /** 400 Invalid…ID.NotFound: something was deleted during the listing. */
  'not-found',
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** Which calls a fault strikes; what is left out matches every call. */
export interface FaultMatch {
  readonly accountId?: string;
  readonly region?: string;
  readonly service?: string;
  readonly operation?: string;
  /** The nth request of that operation in that account and Region, counted from 1, retries included. */
  readonly nth?: number;
  /** The page, counted from 1. */
  readonly page?: number;
  /** The value of any input member, such as the id that a per-resource operation is called for. */
  readonly input?: string;
}

/** One line of a fault script. */
export interface Fault extends FaultMatch {
  readonly kind: FaultKind;
  /** How often it strikes; once unless said otherwise. */
  readonly times?: number | 'always';
  /** The share of the matching calls that it strikes, chosen by the script's seed. */
  readonly chance?: number;
  /**
   * The share of the matching calls that it strikes, chosen by the script's seed and by what the call asks, whatever
   * order the calls come in. Each call that is chosen is struck `times`.
   */
  readonly share?: number;
  readonly retryAfterSeconds?: number;
  readonly by?: 'identity-based policy' | 'service control policy' | 'session policy' | 'resource-based policy';
  /** For `drip`: between two characters, or so many at once. */
  readonly delayMs?: number;
  readonly atOnce?: number;
}

/** What a script is asked about a call. */
export interface FaultCall {
  readonly accountId: string;
  readonly region: string;
  readonly service: string;
  readonly operation: string;
  readonly page: number;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A fault script in use: it remembers how often each of its lines struck. */
export interface FaultScript {
  /** The fault that strikes this call; the first line that matches. */
  readonly next: (call: FaultCall) => Fault | undefined;
  /** The lines that never struck: a script that tests nothing is a mistake in the test. */
  readonly unused: () => readonly Fault[];
}

/** A script of faults, tried in the order in which they are given. */
export function faultScript(faults: readonly Fault[], seed = 1): FaultScript {
  const random = randomFrom(seed);
  const struck = new Map<Fault, number>();
  const counts = new Map<string, number>();
  const shares = createShares(faults, seed);
  return {
    next: (call) => {
      const key = `${call.accountId}/${call.region}/${call.service}.${call.operation}`;
      const nth = (counts.get(key) ?? 0) + 1;
      counts.set(key, nth);
      const fault = faults.find(
        (candidate) =>
          matches(candidate, call, nth) &&
          (candidate.share === undefined
            ? (struck.get(candidate) ?? 0) < timesOf(candidate)
            : shares.isDue(candidate, candidate.share, call)) &&
          (candidate.chance === undefined || random() < candidate.chance),
      );
      if (fault !== undefined) struck.set(fault, (struck.get(fault) ?? 0) + 1);
      if (fault?.share !== undefined) shares.strike(fault, call);
      return fault;
    },
    unused: () => faults.filter((fault) => !struck.has(fault)),
  };
}

const pagingMembers: ReadonlySet<string> = new Set(['MaxResults', 'PageSize', 'NextToken', 'Marker']);

/** What a call asks, all its pages and attempts together. */
export function callIdentity({ accountId, region, service, operation, input }: Omit<FaultCall, 'page'>): string {
  const asked = Object.entries(input)
    .filter(([member]) => !pagingMembers.has(member))
    .map(([member, value]) => JSON.stringify([member, value]))
    .sort();
  return [accountId, region, service, operation, ...asked].join(' ');
}

interface Shares {
  readonly isDue: (fault: Fault, share: number, call: FaultCall) => boolean;
  readonly strike: (fault: Fault, call: FaultCall) => void;
}

/** Who is struck by the lines that strike a share of the calls, and how often it was. */
function createShares(faults: readonly Fault[], seed: number): Shares {
  const struck = new Map<string, number>();
  const keyOf = (fault: Fault, call: FaultCall): string => `${faults.indexOf(fault)} ${callIdentity(call)}`;
  return {
    isDue: (fault, share, call) => {
      const key = keyOf(fault, call);
      const draw = createHash('sha256').update(`${seed} ${key}`).digest().readUInt32BE(0) / 2 ** 32;
      return draw < share && (struck.get(key) ?? 0) < timesOf(fault);
    },
    strike: (fault, call) => {
      const key = keyOf(fault, call);
      struck.set(key, (struck.get(key) ?? 0) + 1);
    },
  };
}

const timesOf = ({ times = 1 }: Fault): number => (times === 'always' ? Number.POSITIVE_INFINITY : times);

function matches(fault: FaultMatch, call: FaultCall, nth: number): boolean {
  const same = <T>(wanted: T | undefined, given: T): boolean => wanted === undefined || wanted === given;
  return (
    same(fault.accountId, call.accountId) &&
    same(fault.region, call.region) &&
    same(fault.service, call.service) &&
    same(fault.operation, call.operation) &&
    same(fault.nth, nth) &&
    same(fault.page, call.page) &&
    (fault.input === undefined || Object.values(call.input).includes(fault.input))
  );
}
