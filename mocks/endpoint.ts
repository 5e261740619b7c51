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
import { type Protocol, signingNames } from './protocols/protocol.ts';
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
  'network-firewall': awsJsonProtocol,
  directconnect: awsJsonProtocol,
  route53resolver: awsJsonProtocol,
  cloudwatch: awsJsonProtocol,
  logs: awsJsonProtocol,
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
  const named = signingNames[signingName];
  if (named !== 'elb-or-elbv2') return named;
  return new URLSearchParams(body).get('Version') === '2012-06-01' ? 'elb' : 'elbv2';
}

/** A request whose operation is known. */
interface Asked {
  readonly key: string;
  readonly region: string;
  readonly service: MockService;
  readonly protocol: Protocol;
  readonly operation: string;
  readonly schema: OperationSchema;
  readonly input: Raw;
  readonly page: number;
  readonly sessionToken: string | undefined;
  readonly requestId: string;
}

/** What a request asks for; an error reply where that cannot be told. */
async function read({ headers, body }: WireRequest, requestId: string): Promise<Asked | WireReply> {
  const scope = scopeOf(headers['authorization']);
  const service = scope === undefined ? undefined : serviceOf(scope.service, body);
  if (scope === undefined || service === undefined) return unsigned(requestId);
  const protocol = protocols[service];
  const named = protocol.name(body, headers);
  const schema = named === undefined ? undefined : await operationSchema(service, named.operation);
  if (named === undefined || schema === undefined) {
    const message = `The action ${named?.operation ?? ''} is not valid for this web service.`;
    return errorReply(protocol, new Refusal('InvalidAction', message), requestId);
  }
  const input = named.input(schema);
  return {
    key: scope.key,
    region: scope.region,
    service,
    protocol,
    operation: named.operation,
    schema,
    input,
    page: pageNumber(input),
    sessionToken: headers['x-amz-security-token'],
    requestId,
  };
}

/** A mock AWS over a world. */
export function createEndpoint(options: EndpointOptions): Endpoint {
  const { world, now = Date.now } = options;
  const settings: Settings = { ...defaultSettings, ...options.settings };
  const [first] = world.accounts.keys();
  const fallback = options.strictKeys === true ? undefined : (options.fallbackAccountId ?? first);
  let requests = 0;

  const identify = ({ key, sessionToken, service }: Asked): Identity =>
    identityOf(world, key, sessionToken, now(), fallback, keyErrors[service === 'ec2' ? 'ec2' : 'other']);

  const log = (asked: Asked, accountId: string, outcome: Call['outcome'], code?: string): void => {
    const { key, region, service, operation, input, page } = asked;
    options.onCall?.({
      accountId,
      region,
      service,
      operation,
      input,
      page,
      accessKeyId: key,
      outcome,
      ...(code === undefined ? {} : { code }),
      isRead: service === 'sts' || isRead(operation),
    });
  };

  const respond = (asked: Asked, identity: Identity): WireReply => {
    const { region, service, operation, schema, input, page } = asked;
    const { accountId } = identity;
    const call = struckCall(asked, identity, now());
    const fault = options.faults?.next({ accountId, region, service, operation, page, input });
    const instead = fault === undefined ? undefined : insteadOfAnswer(fault, call);
    if (instead !== undefined) {
      log(asked, accountId, 'fault', fault?.kind);
      return instead;
    }
    if (options.throttle?.take(`${accountId}/${region}`, operation, isUnpaginated(asked)) === false) {
      throw new Refusal('RequestLimitExceeded', `Request limit exceeded for ${service}:${operation}.`, 503);
    }
    const listMembers = listMembersOf(schema);
    const context = { service, accountId, region, identity, now: now(), settings, listMembers };
    const output = answer(world, operation, withoutFaultTokens(input), context);
    const written = write(call, schema, spoilOutput(fault, output, call, input), now());
    log(asked, accountId, fault === undefined ? 'answered' : 'fault', fault?.kind);
    return spoilReply(fault, written);
  };

  return {
    handle: async (request) => {
      requests += 1;
      const asked = await read(request, `00000000-0000-4000-8000-${requests.toString(16).padStart(12, '0')}`);
      if ('kind' in asked) return asked;
      let identity: Identity | undefined;
      try {
        identity = identify(asked);
        return respond(asked, identity);
      } catch (error) {
        const refusal = toRefusal(error, asked.service, asked.operation);
        log(asked, identity?.accountId ?? '', 'refused', refusal.code);
        return errorReply(asked.protocol, refusal, asked.requestId);
      }
    },
  };
}

function struckCall(asked: Asked, identity: Identity, now: number): StruckCall {
  const { service, operation, protocol, requestId, schema } = asked;
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

function isUnpaginated({ service, operation, input }: Asked): boolean {
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
