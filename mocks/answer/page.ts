import { createHash } from 'node:crypto';
import type { Raw } from '../../src/model/decode.ts';
import type { Paging } from '../operations/rules.ts';
import type { AnswerContext } from './context.ts';
import { Refusal } from './refusal.ts';
import { seal, unseal } from './seal.ts';
import type { Selection } from './select.ts';

/** One page: its items, and the token of the next where there is one. */
export interface Page {
  readonly items: readonly Raw[];
  readonly token: string | undefined;
}

/** What a token remembers: for which request, how far, which page it asks for and when it was made. */
interface Place {
  readonly request: string;
  readonly offset: number;
  readonly page: number;
  readonly madeAt: number;
}

const parameter = (name: string): string => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;

/** The page of the selection that the request asks for. Throws a `Refusal` for a bad size or token. */
export function pageOf(
  paging: Paging,
  selection: Selection,
  operation: string,
  input: Raw,
  context: AnswerContext,
): Page {
  const size = sizeOf(paging, input, context);
  const request = requestOf(paging, operation, input, context);
  const place = placeOf(paging, input, request, context);
  if (size === undefined) {
    if (place.page > 1 && paging.sizeOnEveryPage === true) {
      throw new Refusal('MissingParameter', `The request must contain the parameter ${paging.sizeInput}`);
    }
    return { items: slice(selection, place.offset, selection.length), token: undefined };
  }
  const end = Math.min(place.offset + size, selection.length);
  const isFull = end - place.offset === size;
  const more = end < selection.length || (isFull && context.settings.emptyLastPage);
  const next = { request, offset: end, page: place.page + 1, madeAt: context.now } satisfies Place;
  return { items: slice(selection, place.offset, end), token: more ? seal(next) : undefined };
}

const slice = (selection: Selection, from: number, to: number): readonly Raw[] =>
  Array.from({ length: Math.max(to - from, 0) }, (_, index) => selection.at(from + index));

function sizeOf(paging: Paging, input: Raw, { service }: AnswerContext): number | undefined {
  const given = input[paging.sizeInput];
  if (given === undefined) return undefined;
  if (typeof given !== 'number' || !Number.isInteger(given))
    throw new Refusal('InvalidParameterValue', `Invalid ${paging.sizeInput}`);
  const code = service === 'ec2' ? 'InvalidParameterValue' : 'ValidationError';
  const value = `Value ( ${given} ) for parameter ${parameter(paging.sizeInput)} is invalid.`;
  if (given < paging.min) throw new Refusal(code, `${value} Expecting a value greater than ${paging.min}.`);
  if (given <= paging.max) return given;
  if (paging.clamps === true) return paging.max;
  throw new Refusal(code, `${value} Expecting a value less than or equal to ${paging.max}.`);
}

/** What a token is bound to: everything that was asked but the size of the page. */
function requestOf(paging: Paging, operation: string, input: Raw, context: AnswerContext): string {
  const asked = Object.entries(input)
    .filter(([name]) => name !== paging.sizeInput && name !== paging.tokenInput)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([context.accountId, context.region, operation, asked]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

function placeOf(paging: Paging, input: Raw, request: string, context: AnswerContext): Place {
  const token = input[paging.tokenInput];
  if (token === undefined) return { request, offset: 0, page: 1, madeAt: context.now };
  const isEc2 = context.service === 'ec2';
  if (token === '') throw new Refusal(isEc2 ? 'InvalidParameterValue' : 'ValidationError', 'The token is invalid');
  const place = unseal(token) as Place | undefined;
  const isGood = place?.request === request && context.now - place.madeAt <= context.settings.tokenLifetimeMs;
  if (place !== undefined && isGood) return place;
  throw new Refusal(
    isEc2 ? 'InvalidPaginationToken' : 'ValidationError',
    'The specified pagination token is not valid or is expired.',
  );
}

/** Which page a request asks for, counted from 1, as its token says. */
export function pageNumber(input: Raw): number {
  const token = input['NextToken'] ?? input['Marker'] ?? input['nextToken'];
  const page = typeof token === 'string' ? unseal(token)?.['page'] : undefined;
  return typeof page === 'number' ? page : 1;
}
