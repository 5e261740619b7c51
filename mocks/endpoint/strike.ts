import type { Raw } from '../../src/model/decode.ts';
import type { Fault } from '../faults.ts';
import type { Protocol, ServiceError } from '../protocols/protocol.ts';
import { isItemList, itemsOf } from '../world.ts';
import { reply, type WireReply } from './wire.ts';

/** What a fault needs to know of the call that it strikes. */
export interface StruckCall {
  readonly operation: string;
  readonly service: string;
  readonly protocol: Protocol;
  readonly requestId: string;
  readonly now: number;
  readonly identityArn: string;
  /** The member of the answer with the items, where it is a list. */
  readonly listMember: string | undefined;
  /** The member that carries the token of the next page. */
  readonly tokenMember: string;
}

const sameToken = 'the-same-token';
const firstPage = 'the-first-page';

/** The tokens that faults hand out; the world knows none of them. */
export const faultTokens: ReadonlySet<unknown> = new Set([sameToken, firstPage]);

const html = '<html><head><title>Sign in</title></head><body><p>Please sign in to the network<br></body></html>';

/** What a fault puts in the place of an answer, without the world being asked; `undefined` for one that spoils answers. */
export function insteadOfAnswer(fault: Fault, call: StruckCall): WireReply | undefined {
  const error = errorOf(fault, call);
  if (error !== undefined) {
    const { contentType, body } = call.protocol.encodeError(error, call.requestId);
    return reply(error.status, contentType, body, headersOf(fault, call));
  }
  switch (fault.kind) {
    case 'bad-gateway':
      return reply(502, 'text/html', '<html><body><h1>502 Bad Gateway</h1></body></html>');
    case 'proxy':
      return reply(403, 'application/json', '{"error":"blocked by policy"}');
    case 'captive-portal':
      return reply(200, 'text/html', html);
    case 'empty-body':
      return reply(200, 'text/xml;charset=UTF-8', '');
    case 'wrong-root':
      return reply(200, 'text/xml;charset=UTF-8', '<SomethingElse><requestId>none</requestId></SomethingElse>');
    case 'reset':
    case 'refuse':
    case 'hang':
      return { kind: fault.kind };
    default:
      return undefined;
  }
}

function headersOf(fault: Fault, call: StruckCall): Readonly<Record<string, string>> {
  if (fault.kind === 'throttle' && fault.retryAfterSeconds !== undefined) {
    return { 'retry-after': String(fault.retryAfterSeconds) };
  }
  if (fault.kind === 'request-expired') return { date: new Date(call.now + 3_600_000).toUTCString() };
  return {};
}

function errorOf(fault: Fault, call: StruckCall): ServiceError | undefined {
  const action = `${call.service}:${call.operation}`;
  const notAuthorized = `User: ${call.identityArn} is not authorized to perform: ${action}`;
  switch (fault.kind) {
    case 'throttle':
      return { code: 'RequestLimitExceeded', message: `Request limit exceeded for ${action}.`, status: 503 };
    case 'deny': {
      const by = fault.by ?? 'identity-based policy';
      const why =
        by === 'identity-based policy'
          ? `because no ${by} allows the ${action} action`
          : `with an explicit deny in a ${by}`;
      return {
        code: call.service === 'ec2' ? 'UnauthorizedOperation' : 'AccessDenied',
        message: `${notAuthorized} ${why}`,
        status: 403,
      };
    }
    case 'auth-failure':
      return {
        code: 'AuthFailure',
        message: 'AWS was not able to validate the provided access credentials',
        status: 401,
      };
    case 'opt-in-required':
      return { code: 'OptInRequired', message: 'You are not subscribed to this service.', status: 401 };
    case 'invalid-action':
      return {
        code: 'InvalidAction',
        message: `The action ${call.operation} is not valid for this web service.`,
        status: 400,
      };
    case 'unsupported':
      return {
        code: 'UnsupportedOperation',
        message: 'The functionality you requested is not available in this region.',
        status: 400,
      };
    case 'request-expired':
      return { code: 'RequestExpired', message: 'Request has expired.', status: 400 };
    case 'token-expired':
      return { code: 'ExpiredToken', message: 'The security token included in the request is expired', status: 400 };
    case 'assume-denied':
      return { code: 'AccessDenied', message: notAuthorized, status: 403 };
    case 'internal-error':
      return { code: 'InternalError', message: 'An internal error has occurred', status: 500 };
    case 'unavailable':
      return { code: 'Unavailable', message: 'The service is unavailable. Please try again shortly.', status: 503 };
    case 'token-error':
      return {
        code: 'InvalidPaginationToken',
        message: 'The specified pagination token is not valid or is expired.',
        status: 400,
      };
    case 'not-found':
      return {
        code: 'InvalidInstanceID.NotFound',
        message: "The instance ID 'i-00000000000000000' does not exist",
        status: 400,
      };
    default:
      return undefined;
  }
}

/** What a fault does to the answer before it is written. */
export function spoilOutput(fault: Fault | undefined, output: Raw, call: StruckCall, input: Raw): Raw {
  const { listMember, tokenMember } = call;
  switch (fault?.kind) {
    case 'missing-list':
      return Object.fromEntries(Object.entries(output).filter(([member]) => member !== listMember));
    case 'repeated-token':
      return { ...output, [tokenMember]: sameToken };
    case 'empty-page':
      // The same place again: the next request gets what this one should have got
      return listMember === undefined ? output : { [listMember]: [], [tokenMember]: input[tokenMember] ?? firstPage };
    case 'unknown-enum':
      return listMember === undefined ? output : { ...output, [listMember]: withUnknownState(output[listMember]) };
    default:
      return output;
  }
}

function withUnknownState(list: unknown): unknown {
  if (!isItemList(list)) return list;
  return [...itemsOf(list)].map((item) =>
    Object.fromEntries(
      Object.entries(item).map(([member, value]) =>
        /^(?:State|Status)$/.test(member) && typeof value === 'string' ? [member, 'never-heard-of'] : [member, value],
      ),
    ),
  );
}

/** What a fault does to the answer once it is written. */
export function spoilReply(fault: Fault | undefined, written: WireReply): WireReply {
  if (written.kind !== 'reply') return written;
  const { body } = written;
  const half = Math.floor(body.length / 2);
  switch (fault?.kind) {
    case 'malformed':
      return { ...written, body: `${body.slice(0, half)}<<` };
    case 'unknown-member':
      return { ...written, body: body.replaceAll('<item>', '<item><brandNewThing><kind>new</kind></brandNewThing>') };
    case 'doctype':
      return { ...written, body: withEntities(body) };
    case 'truncate':
      return { ...written, delivery: { way: 'truncated', sent: half } };
    case 'stall':
      return { ...written, delivery: { way: 'stalled', sent: half } };
    case 'drip':
      return { ...written, delivery: { way: 'dripping', delayMs: fault.delayMs ?? 100, atOnce: fault.atOnce ?? 1 } };
    default:
      return written;
  }
}

/** An entity in place of the first id; expanded, it would be another id. */
function withEntities(body: string): string {
  const declared = '<!DOCTYPE answer [<!ENTITY id "expanded-entity">]>';
  const [head = '', ...rest] = body.split('\n');
  return `${head}\n${declared}\n${rest.join('\n').replace(/>[a-z]+-[0-9a-f]{17}</, '>&id;<')}`;
}
