import type { MockService } from '../world.ts';
import type { Identity } from './identity.ts';

/** How the mock endpoint behaves where the real service may behave one way or another. */
export interface Settings {
  /** Shuffles the items of every answer, as EC2's order is undefined; `undefined` keeps the world's order. */
  readonly seed: number | undefined;
  /** How long a page token is good for. */
  readonly tokenLifetimeMs: number;
  /** From how many items on a request with neither page size, ids nor filters is refused. */
  readonly largeAccount: number;
  /** Whether a full last page carries a token, and an empty page follows, as EC2 does. */
  readonly emptyLastPage: boolean;
}

/** What an answer depends on besides the world, the operation and its input. */
export interface AnswerContext {
  readonly service: MockService;
  readonly accountId: string;
  readonly region: string;
  readonly identity: Identity;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly settings: Settings;
  /** The members of the operation's answer that are lists, by the SDK's schema. */
  readonly listMembers: readonly string[];
}

/** Everything on, in a fixed order. */
export const defaultSettings: Settings = {
  seed: undefined,
  tokenLifetimeMs: 3_600_000,
  largeAccount: 1000,
  emptyLastPage: true,
};
