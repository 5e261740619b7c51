import type { Raw } from '../model/decode.ts';
import { BrokenAnswer } from './errors.ts';

/** How an operation pages: the members of its input and answer, and the size asked for on every page. */
export interface Paging {
  /** `MaxResults` or `PageSize`. */
  readonly sizeMember: string;
  /** Legal for this operation: out of range is an error in EC2, and no size at all is refused in large accounts. */
  readonly size: number;
  /** `NextToken` or `Marker`, in the input. */
  readonly tokenMember: string;
  /** `NextToken` or `NextMarker`, in the answer. */
  readonly nextTokenMember: string;
}

/** What is read: the input without paging, how the operation pages, and what its answer must hold. */
export interface Reading {
  readonly input: Raw;
  /** Absent for an operation that answers everything at once. */
  readonly paging?: Paging;
  /** The member that a sound answer holds, even if empty: the SDK decodes a broken answer to one without it. */
  readonly expects: string;
  /** A member that is `true` when the answer was cut short, although no token continues it. */
  readonly truncatedMember?: string;
}

/** Far beyond the largest list that AWS holds in one Region; a token chain this long is a defect on the other side. */
const maximumPages = 10_000;

/**
 * Asks for one page after the other. A page may be empty and still carry a token, and an empty token ends the list; a
 * token seen before, a list that is absent and an answer cut short are errors. The input is never changed.
 */
export async function* pages(send: (input: Raw) => Promise<Raw>, reading: Reading): AsyncGenerator<Raw, void, void> {
  const { paging } = reading;
  const tokens = new Set<string>();
  let token: string | undefined;
  for (let count = 1; ; count += 1) {
    if (count > maximumPages) throw new BrokenAnswer(`the answer did not end after ${maximumPages} pages`);
    const answer = await send({
      ...reading.input,
      ...(paging === undefined ? {} : { [paging.sizeMember]: paging.size }),
      ...(paging === undefined || token === undefined ? {} : { [paging.tokenMember]: token }),
    });
    if (answer[reading.expects] === undefined || answer[reading.expects] === null) {
      throw new BrokenAnswer(
        `the answer holds no ${reading.expects}: it is broken, and does not say that there are none`,
      );
    }
    token = paging === undefined ? undefined : nextToken(answer, paging.nextTokenMember);
    if (token === undefined && reading.truncatedMember !== undefined && answer[reading.truncatedMember] === true) {
      throw new BrokenAnswer(`${reading.truncatedMember} is true and no token continues the answer: it is cut short`);
    }
    yield answer;
    if (token === undefined) return;
    if (tokens.has(token)) throw new BrokenAnswer('the same page token came twice: the answer would never end');
    tokens.add(token);
  }
}

function nextToken(answer: Raw, member: string): string | undefined {
  const token = answer[member];
  return typeof token === 'string' && token !== '' ? token : undefined;
}
