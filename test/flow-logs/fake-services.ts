/** S3, Athena and CloudWatch Logs on this machine: enough of each to be read by the real SDK. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call, as it came. */
export interface FakeCall {
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

/** What an operation answers: a body, or an error with its status. */
export type FakeAnswer =
  | { readonly body: unknown }
  | { readonly error: string; readonly status: number; readonly message?: string };

export interface FakeOptions {
  readonly objects?: Readonly<Record<string, Buffer>>;
  /** Keys that may not be read. */
  readonly denied?: (operation: string, key: string) => boolean;
  /** Keys of which the answer ends too early. */
  readonly cut?: (key: string) => boolean;
  /** Answers of Athena and Logs by operation. */
  readonly answer?: (call: FakeCall) => Promise<FakeAnswer> | FakeAnswer;
}

export interface FakeServices {
  readonly url: string;
  readonly calls: FakeCall[];
  readonly close: () => Promise<void>;
}

const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Starts them; pages of S3 are short, so that paging is met. */
export async function startFakes(options: FakeOptions): Promise<FakeServices> {
  const calls: FakeCall[] = [];
  const server = createServer((request, response) => {
    void respond(options, calls, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function respond(
  options: FakeOptions,
  calls: FakeCall[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    const call = {
      operation: target.split('.')[1] ?? '',
      input: JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') as Record<string, unknown>,
    };
    calls.push(call);
    const answer = (await options.answer?.(call)) ?? { error: 'InvalidAction', status: 400 };
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    if ('error' in answer) {
      response.statusCode = answer.status;
      response.setHeader('x-amzn-errortype', answer.error);
      response.end(JSON.stringify({ __type: answer.error, message: answer.message ?? answer.error }));
    } else response.end(JSON.stringify(answer.body));
    return;
  }
  const url = new URL(request.url ?? '/', 'http://x');
  const [, bucket = '', ...rest] = decodeURIComponent(url.pathname).split('/');
  const key = rest.join('/');
  const operation = url.searchParams.get('list-type') === '2' ? 'ListObjectsV2' : 'GetObject';
  const prefix = url.searchParams.get('prefix') ?? '';
  calls.push({ operation, input: { bucket, key, prefix } });
  if (options.denied?.(operation, key) === true) {
    response.statusCode = 403;
    response.end('<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>');
    return;
  }
  if (operation === 'ListObjectsV2') {
    response.setHeader('content-type', 'application/xml');
    response.end(listing(options, prefix, url.searchParams.get('continuation-token')));
    return;
  }
  const body = options.objects?.[key];
  if (body === undefined) {
    response.statusCode = 404;
    response.end('<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>');
    return;
  }
  response.end(options.cut?.(key) === true ? body.subarray(0, body.length - 5) : body);
}

const pageSize = 2;

function listing({ objects = {} }: FakeOptions, prefix: string, token: string | null): string {
  const found = new Set<string>();
  for (const key of Object.keys(objects).toSorted()) {
    if (!key.startsWith(prefix)) continue;
    const slash = key.indexOf('/', prefix.length);
    found.add(slash < 0 ? key : key.slice(0, slash + 1));
  }
  const all = [...found];
  const from = token === null ? 0 : Number(token);
  const page = all.slice(from, from + pageSize);
  const next = from + pageSize < all.length ? `<NextContinuationToken>${from + pageSize}</NextContinuationToken>` : '';
  const entries = page.map((one) =>
    one.endsWith('/')
      ? `<CommonPrefixes><Prefix>${xml(one)}</Prefix></CommonPrefixes>`
      : `<Contents><Key>${xml(one)}</Key><Size>${objects[one]?.length ?? 0}</Size></Contents>`,
  );
  return `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>${next !== ''}</IsTruncated>${next}${entries.join('')}</ListBucketResult>`;
}
