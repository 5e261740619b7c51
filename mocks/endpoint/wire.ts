/** A request as it comes over the wire; header names in lower case. */
export interface WireRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How the body of a reply is sent. */
export type Delivery =
  | { readonly way: 'whole' }
  /** The content-length promises more than comes. */
  | { readonly way: 'truncated'; readonly sent: number }
  /** So many characters, then silence. */
  | { readonly way: 'stalled'; readonly sent: number }
  | { readonly way: 'dripping'; readonly delayMs: number; readonly atOnce: number };

/** What happens on the wire: a reply, or what takes its place. */
export type WireReply =
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      readonly delivery: Delivery;
    }
  | { readonly kind: 'reset' }
  | { readonly kind: 'refuse' }
  | { readonly kind: 'hang' };

/** A reply that comes whole. */
export function reply(
  status: number,
  contentType: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): WireReply {
  return {
    kind: 'reply',
    status,
    headers: { 'content-type': contentType, ...headers },
    body,
    delivery: { way: 'whole' },
  };
}
