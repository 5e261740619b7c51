import type { Raw } from '../src/model/decode.ts';
import { answer, isRead } from './answer.ts';
import { defaultSettings, type Settings } from './answer/context.ts';
import { type Identity, identityOf, type KeyErrors } from './answer/identity.ts';
import { pageNumber } from './answer/page.ts';
import { Refusal } from './answer/refusal.ts';
import { faultTokens, insteadOfAnswer, spoilOutput, spoilReply, type StruckCall } from './endpoint/strike.ts';
import { reply, type WireReply, type WireRequest } from './endpoint/wire.ts';
import type { FaultScript } from './faults.ts';
import { rulesOf } from './operations.ts';
import { awsJsonProtocol } from './protocols/aws-json.ts';
import { awsQueryProtocol } from './protocols/aws-query.ts';
import { ec2QueryProtocol } from './protocols/ec2-query.ts';
import { FixtureError } from './protocols/fixture-error.ts';
import type { Protocol } from './protocols/protocol.ts';
import { operationSchema, type OperationSchema } from './protocols/schemas.ts';
import type { Throttle } from './throttle.ts';
import type { MockService, World } from './world.ts';

/** One request, as the endpoint saw and answered it. */
export interface Call {
  readonly accountId: string;
  readonly region: string;
  readonly service: MockService;
  readonly operation: string;
  readonly input: Raw;
  readonly page: number;
  readonly accessKeyId: string;
  readonly outcome: 'answered' | 'refused' | 'fault';
  /** The error code, or the kind of the fault. */
  readonly code?: string;
  /** Whether the operation only reads. */
  readonly isRead: boolean;
}

export interface EndpointOptions {
  readonly world: World;
  readonly faults?: FaultScript;
  readonly throttle?: Throttle;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly settings?: Partial<Settings>;
  /** The account of keys that belong to no account of the world; the world's first where absent. */
  readonly fallbackAccountId?: string;
  /** Refuses keys that belong to no account of the world. */
  readonly strictKeys?: boolean;
  readonly onCall?: (call: Call) => void;
}

/** The mock AWS: every service, account and Region of a world behind one door. */
export interface Endpoint {
  readonly handle: (request: WireRequest) => Promise<WireReply>;
}

const protocols: Readonly<Record<MockService, Protocol>> = {
  ec2: ec2QueryProtocol,
  elb: awsQueryProtocol,
  elbv2: awsQueryProtocol,
  sts: awsQueryProtocol,
  organizations: awsJsonProtocol,
};

const keyErrors: Readonly<Record<'ec2' | 'other', KeyErrors>> = {
  ec2: { invalid: { code: 'AuthFailure', status: 401 }, expired: { code: 'RequestExpired', status: 400 } },
  other: { invalid: { code: 'InvalidClientTokenId', status: 403 }, expired: { code: 'ExpiredToken', status: 400 } },
};

/** The credential scope of a signed request: key, Region and service (Signature Version 4). */
function scopeOf(authorization: string | undefined): { key: string; region: string; service: string } | undefined {
  const match = /Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/([^/,\s]+)\/aws4_request/.exec(authorization ?? '');
  if (match === null) return undefined;
  const [, key = '', region = '', service = ''] = match;
  return { key, region, service };
}

function serviceOf(signingName: string, body: string): MockService | undefined {
  if (signingName === 'ec2' || signingName === 'sts' || signingName === 'organizations') return signingName;
  if (signingName !== 'elasticloadbalancing') return undefined;
  return new URLSearchParams(body).get('Version') === '2012-06-01' ? 'elb' : 'elbv2';
}

/** A mock AWS over a world. */
export function createEndpoint(options: EndpointOptions): Endpoint {
  const { world, faults, throttle, now = Date.now, onCall } = options;
  const settings: Settings = { ...defaultSettings, ...options.settings };
  const fallback =
    options.strictKeys === true ? undefined : (options.fallbackAccountId ?? [...world.accounts.keys()][0]);
  let requests = 0;

  return {
    handle: async (request) => {
      requests += 1;
      const requestId = `00000000-0000-4000-8000-${requests.toString(16).padStart(12, '0')}`;
      const scope = scopeOf(request.headers['authorization']);
      const service = scope === undefined ? undefined : serviceOf(scope.service, request.body);
      if (scope === undefined || service === undefined) return unsigned(requestId);
      const protocol = protocols[service];
      const named = protocol.name(request.body, request.headers);
      const schema = named === undefined ? undefined : await operationSchema(service, named.operation);
      if (named === undefined || schema === undefined) {
        return errorReply(
          protocol,
          new Refusal('InvalidAction', `The action ${named?.operation ?? ''} is not valid for this web service.`),
          requestId,
        );
      }
      const { operation } = named;
      const input = named.input(schema);
      const page = pageNumber(input);
      const log = (accountId: string, outcome: Call['outcome'], code?: string): void =>
        onCall?.({
          accountId,
          region: scope.region,
          service,
          operation,
          input,
          page,
          accessKeyId: scope.key,
          outcome,
          ...(code === undefined ? {} : { code }),
          isRead: service === 'sts' || isRead(operation),
        });
      let identity: Identity | undefined;
      try {
        identity = identityOf(
          world,
          scope.key,
          request.headers['x-amz-security-token'],
          now(),
          fallback,
          keyErrors[service === 'ec2' ? 'ec2' : 'other'],
        );
        const { accountId } = identity;
        const call = struckCall(service, operation, schema, protocol, requestId, now(), identity);
        const fault = faults?.next({ accountId, region: scope.region, service, operation, page, input });
        const instead = fault === undefined ? undefined : insteadOfAnswer(fault, call);
        if (instead !== undefined) {
          log(accountId, 'fault', fault?.kind);
          return instead;
        }
        const place = `${accountId}/${scope.region}`;
        if (throttle?.take(place, operation, isUnpaginated(service, operation, input)) === false) {
          throw new Refusal('RequestLimitExceeded', `Request limit exceeded for ${service}:${operation}.`, 503);
        }
        const output = answer(world, operation, withoutFaultTokens(input), {
          service,
          accountId,
          region: scope.region,
          identity,
          now: now(),
          settings,
          listMembers: listMembersOf(schema),
        });
        const written = write(call, schema, spoilOutput(fault, output, call, input), now());
        log(accountId, fault === undefined ? 'answered' : 'fault', fault?.kind);
        return spoilReply(fault, written);
      } catch (error) {
        const refusal = toRefusal(error, service, operation);
        log(identity?.accountId ?? '', 'refused', refusal.code);
        return errorReply(protocol, refusal, requestId);
      }
    },
  };
}

function struckCall(
  service: MockService,
  operation: string,
  schema: OperationSchema,
  protocol: Protocol,
  requestId: string,
  now: number,
  identity: Identity,
): StruckCall {
  const rules = rulesOf(`${service}.${operation}`);
  return {
    operation,
    service,
    protocol,
    requestId,
    now,
    identityArn: identity.arn,
    listMember: rules?.list ?? listMembersOf(schema)[0],
    tokenMember: rules?.paging?.tokenOutput ?? 'NextToken',
  };
}

function write(call: StruckCall, schema: OperationSchema, output: Raw, now: number): WireReply {
  const { contentType, body } = call.protocol.encode(call.operation, schema, output, call.requestId);
  return reply(200, contentType, body, { date: new Date(now).toUTCString() });
}

const lists = new WeakMap<OperationSchema, readonly string[]>();

function listMembersOf(schema: OperationSchema): readonly string[] {
  const known = lists.get(schema);
  if (known !== undefined) return known;
  const { output } = schema;
  const members = output.isStructSchema()
    ? [...output.structIterator()].flatMap(([name, member]) => (member.isListSchema() ? [name] : []))
    : [];
  lists.set(schema, members);
  return members;
}

/** Tokens that faults handed out mean the first page. */
function withoutFaultTokens(input: Raw): Raw {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => !faultTokens.has(value)));
}

function isUnpaginated(service: MockService, operation: string, input: Raw): boolean {
  const rules = rulesOf(`${service}.${operation}`);
  const filters = input[rules?.filterInput ?? 'Filters'];
  return (
    input['MaxResults'] === undefined &&
    filters === undefined &&
    !(rules?.ids ?? []).some((of) => input[of.input] !== undefined)
  );
}

function toRefusal(error: unknown, service: MockService, operation: string): Refusal {
  if (error instanceof Refusal) return error;
  // A mistake in the world, not an answer of AWS: with a status that no client retries
  if (error instanceof FixtureError) return new Refusal('FixtureError', `${service}.${operation}: ${error.message}`);
  throw error;
}

function errorReply(protocol: Protocol, { code, message, status }: Refusal, requestId: string): WireReply {
  const { contentType, body } = protocol.encodeError({ code, message, status }, requestId);
  return reply(status, contentType, body);
}

function unsigned(requestId: string): WireReply {
  const message = 'Request is missing Authentication Token';
  return errorReply(ec2QueryProtocol, new Refusal('MissingAuthenticationToken', message, 403), requestId);
}
