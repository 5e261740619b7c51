import { AwsCallError } from '../../aws/errors.ts';
import { openOutbox, type Outbox } from '../../aws/outbox/outbox.ts';
import { isRaw, items, requiredText, text } from '../../model/decode.ts';
import { encryption } from '../delivery/encryption.ts';
import type { S3Address } from '../delivery/s3-address.ts';
import { UsageError } from '../usage-error.ts';
import type { HistoryStore } from './history-store.ts';

/** How the bucket is reached. */
export interface BucketAccess {
  readonly profile?: string;
  readonly endpointUrl?: string;
  readonly kmsKey?: string;
}

/**
 * A history under a prefix of a bucket. What was read is written back only if nobody else has written it since
 * (S3 user guide, conditional writes): two runs that overlap do not forget each other's findings.
 */
export async function bucketStore({ bucket, prefix }: S3Address, access: BucketAccess): Promise<HistoryStore> {
  const { profile, endpointUrl, kmsKey } = access;
  const outbox: Outbox = await openOutbox({
    ...(profile === undefined ? {} : { profile }),
    ...(endpointUrl === undefined ? {} : { endpointUrl }),
  });
  const label = `s3://${bucket}/${prefix}`;
  const seen = new Map<string, string | undefined>();
  const doing = async <T>(what: string, act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof AwsCallError)) throw error;
      if (error.reason.errorCode === 'PreconditionFailed' || error.reason.errorCode === 'ConditionalRequestConflict')
        throw new UsageError(`${what}: another run has written it meanwhile; let one run at a time keep this history.`);
      throw new UsageError(`${what}: ${error.message}`, { cause: error });
    }
  };
  return {
    label,
    read: (name) =>
      doing(`${label}${name} cannot be read`, async () => {
        try {
          const answer = await outbox.send('s3:GetObject', { Bucket: bucket, Key: `${prefix}${name}` });
          seen.set(name, text(answer, 'ETag'));
          return await bodyText(answer['Body']);
        } catch (error) {
          if (!(error instanceof AwsCallError) || error.reason.errorCode !== 'NoSuchKey') throw error;
          seen.set(name, undefined);
          return undefined;
        }
      }),
    write: (name, pieces) =>
      doing(`${label}${name} cannot be written`, async () => {
        const before = seen.get(name);
        const condition = seen.has(name) ? (before === undefined ? { IfNoneMatch: '*' } : { IfMatch: before }) : {};
        await outbox.send('s3:PutObject', {
          Bucket: bucket,
          Key: `${prefix}${name}`,
          Body: Buffer.concat([...pieces].map((piece) => Buffer.from(piece))),
          ContentType: 'application/json',
          ...encryption(kmsKey),
          ...condition,
        });
        return `${label}${name}`;
      }),
    list: () =>
      doing(`${label} cannot be listed`, async () => {
        const names: string[] = [];
        let token: string | undefined;
        do {
          const answer = await outbox.send('s3:ListObjectsV2', {
            Bucket: bucket,
            Prefix: prefix,
            Delimiter: '/',
            ...(token === undefined ? {} : { ContinuationToken: token }),
          });
          names.push(...items(answer, 'Contents', (item) => requiredText(item, 'Key').slice(prefix.length)));
          token = text(answer, 'NextContinuationToken');
        } while (token !== undefined);
        return names;
      }),
    remove: (name) =>
      doing(`${label}${name} cannot be removed`, async () => {
        await outbox.send('s3:DeleteObject', { Bucket: bucket, Key: `${prefix}${name}` });
      }),
    close: outbox.close,
  };
}

/** The SDK's streams carry a reader of their own. */
async function bodyText(body: unknown): Promise<string> {
  if (!isRaw(body) || typeof body['transformToString'] !== 'function') throw new Error('S3 answered no body');
  const read: unknown = await (body as { readonly transformToString: () => Promise<unknown> }).transformToString();
  if (typeof read !== 'string') throw new Error('S3 answered no text');
  return read;
}
