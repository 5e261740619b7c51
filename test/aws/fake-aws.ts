import { Readable } from 'node:stream';
import { HttpResponse } from '@smithy/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';
import { type ServiceName, serviceNames } from '../../src/model/service.ts';
import { retryWithoutDelay } from '../../mocks/request-handler.ts';
import { serviceExports } from './service-exports.ts';

/** One request as the fake receives it: decoded by the SDK's own schemas. */
export interface FakeRequest {
  readonly service: ServiceName | 'sts';
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly region: string;
  readonly accessKeyId: string;
  readonly hostname: string;
}

/** What the fake answers: an answer in SDK shape, an AWS error, a raw body, or an error of the transport. */
export type FakeAnswer =
  | { readonly answer: Readonly<Record<string, unknown>> }
  | { readonly code: string; readonly status?: number; readonly message?: string }
  | { readonly body: string; readonly status?: number }
  | Error;

type Exports = Readonly<Record<string, unknown>>;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function scalar(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${typeof value} is no scalar`);
}

type Schema = ReturnType<typeof NormalizedSchema.of>;

function element(name: string, schema: Schema, value: unknown, query: boolean): string {
  if (value === undefined || value === null) return '';
  if (schema.isListSchema()) {
    const item = schema.getValueSchema();
    const itemName = item.getMergedTraits().xmlName ?? (query ? 'member' : 'item');
    return `<${name}>${(value as unknown[]).map((each) => element(itemName, item, each, query)).join('')}</${name}>`;
  }
  if (schema.isStructSchema()) return `<${name}>${members(schema, value as Exports, query)}</${name}>`;
  return `<${name}>${escaped(scalar(value))}</${name}>`;
}

function members(schema: Schema, value: Exports, query: boolean): string {
  const known = new Map(schema.structIterator());
  for (const name of Object.keys(value)) if (!known.has(name)) throw new Error(`the SDK knows no member ${name}`);
  return [...known]
    .map(([name, member]) => element(member.getMergedTraits().xmlName ?? name, member, value[name], query))
    .join('');
}

function read(schema: Schema, path: string, form: URLSearchParams, query: boolean): unknown {
  if (schema.isStructSchema()) {
    const entries = [...schema.structIterator()].flatMap(([name, member]) => {
      const { ec2QueryName, xmlName } = member.getMergedTraits();
      const capital = typeof xmlName === 'string' ? xmlName.charAt(0).toUpperCase() + xmlName.slice(1) : name;
      const wire = query ? name : typeof ec2QueryName === 'string' ? ec2QueryName : capital;
      const value = read(member, path === '' ? wire : `${path}.${wire}`, form, query);
      return value === undefined ? [] : [[name, value] as const];
    });
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  }
  if (schema.isListSchema()) {
    const list: unknown[] = [];
    for (let index = 1; ; index += 1) {
      const value = read(schema.getValueSchema(), `${path}.${query ? 'member.' : ''}${index}`, form, query);
      if (value === undefined) return list.length === 0 ? undefined : list;
      list.push(value);
    }
  }
  const text = form.get(path);
  if (text === null) return undefined;
  return schema.isBooleanSchema() ? text === 'true' : schema.isNumericSchema() ? Number(text) : text;
}

function serviceOf(hostname: string, authorization: string, form: URLSearchParams): FakeRequest['service'] {
  const name = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(authorization)?.[1];
  if (name === 'elasticloadbalancing') return form.get('Version') === '2012-06-01' ? 'elb' : 'elbv2';
  if (name === 'monitoring') return 'cloudwatch';
  if (name === 'sts' || serviceNames.some((service) => service === name)) return name as FakeRequest['service'];
  throw new Error(`no service at ${hostname}: ${authorization}`);
}

interface HandledRequest {
  readonly hostname: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** An SDK request handler that answers from a function; everything of the SDK but the network is real. */
export function fakeAws(answer: (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>): {
  readonly requests: FakeRequest[];
  readonly requestHandler: unknown;
} {
  const requests: FakeRequest[] = [];
  const handle = async (
    { hostname, body, headers }: HandledRequest,
    { abortSignal }: { abortSignal?: AbortSignal } = {},
  ): Promise<{ response: HttpResponse }> => {
    if (abortSignal?.aborted === true) throw Object.assign(new Error('Request aborted'), { name: 'AbortError' });
    const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body);
    const form = new URLSearchParams(text);
    const authorization = headers['authorization'] ?? '';
    const service = serviceOf(hostname, authorization, form);
    const target = headers['x-amz-target']?.split('.').at(-1);
    const operation = target ?? form.get('Action') ?? '';
    const schema = serviceExports(service)[`${operation}$`] as readonly unknown[] | undefined;
    if (schema === undefined) throw new Error(`the SDK has no ${service}:${operation}`);
    const query = service !== 'ec2';
    const [, accessKeyId = '', region = ''] = /Credential=([^/]+)\/\d+\/([^/]+)\//.exec(authorization) ?? [];
    const asked: unknown = target === undefined ? undefined : JSON.parse(text);
    const input = (asked ??
      read(NormalizedSchema.of(schema[4] as never), '', form, query) ??
      {}) as FakeRequest['input'];
    const request = { service, operation, input, region, accessKeyId, hostname };
    requests.push(request);
    const reply = await answer(request);
    if (reply instanceof Error) throw reply;
    if ('body' in reply) return respond(reply.status ?? 200, reply.body);
    if ('code' in reply && target !== undefined) {
      return respondJson(reply.status ?? 400, { __type: reply.code, message: reply.message ?? reply.code });
    }
    if ('code' in reply) {
      const error = `<Code>${reply.code}</Code><Message>${escaped(reply.message ?? reply.code)}</Message>`;
      const xml = query
        ? `<ErrorResponse><Error><Type>Sender</Type>${error}</Error><RequestId>r</RequestId></ErrorResponse>`
        : `<Response><Errors><Error>${error}</Error></Errors><RequestID>r</RequestID></Response>`;
      return respond(reply.status ?? 400, xml);
    }
    if (target !== undefined) return respondJson(200, reply.answer);
    const content = members(NormalizedSchema.of(schema[5] as never), reply.answer, query);
    const inner = query ? `<${operation}Result>${content}</${operation}Result>` : content;
    return respond(200, `<${operation}Response>${inner}</${operation}Response>`);
  };
  const requestHandler = {
    metadata: { handlerProtocol: 'http/1.1' },
    handle,
    httpHandlerConfigs: () => ({}),
    updateHttpClientConfig: () => undefined,
    destroy: () => undefined,
  };
  return { requests, requestHandler };
}

function respond(statusCode: number, body: string): { response: HttpResponse } {
  const headers = { 'content-type': 'text/xml;charset=UTF-8' };
  return { response: new HttpResponse({ statusCode, headers, body: Readable.from([Buffer.from(body)]) }) };
}

function respondJson(statusCode: number, value: object): { response: HttpResponse } {
  const headers = { 'content-type': 'application/x-amz-json-1.1' };
  return {
    response: new HttpResponse({ statusCode, headers, body: Readable.from([Buffer.from(JSON.stringify(value))]) }),
  };
}

/** Retries without waiting. */
export const withoutBackoff = (maxAttempts = 5): unknown => retryWithoutDelay(maxAttempts);
