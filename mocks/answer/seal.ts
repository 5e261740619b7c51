import { createHmac } from 'node:crypto';

/** Opaque strings that carry what they mean: nothing has to be remembered, and an altered one is known at once. */
const secret = 'mock-aws';

const signature = (payload: string): string =>
  createHmac('sha256', secret).update(payload).digest('base64url').slice(0, 22);

/** The value as an opaque string. */
export function seal(value: object): string {
  const payload = Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${payload}.${signature(payload)}`;
}

/** What was sealed; `undefined` for anything that this endpoint did not make. */
export function unseal(text: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof text !== 'string') return undefined;
  const [payload = '', mark = '', ...rest] = text.split('.');
  if (rest.length > 0 || mark !== signature(payload)) return undefined;
  const value: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}
