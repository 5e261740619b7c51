/** A message that did not arrive, and why; never with the address, which is the secret. */
export class WebhookFailed extends Error {
  override readonly name = 'WebhookFailed';
}

const timeoutMs = 20_000;
const attempts = 3;

/**
 * Posts JSON to the address of a webhook: https, or http to this machine. Redirects are not followed, so that nobody can
 * send the message elsewhere. A server that is busy or does not answer is asked twice more.
 */
export async function postWebhook(address: string, body: object, wait: (ms: number) => Promise<void>): Promise<void> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const local = url !== undefined && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  if (url === undefined || !(url.protocol === 'https:' || (url.protocol === 'http:' && local)))
    throw new WebhookFailed('what is kept there is not an https address');
  for (let attempt = 1; ; attempt += 1) {
    const failed = await post(url, body);
    if (failed === undefined) return;
    if (!failed.again || attempt === attempts) throw new WebhookFailed(failed.reason);
    await wait(1000 * 2 ** attempt);
  }
}

async function post(url: URL, body: object): Promise<{ readonly reason: string; readonly again: boolean } | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    if (response.ok) return undefined;
    return { reason: `it answered HTTP ${response.status}`, again: response.status === 429 || response.status >= 500 };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    return { reason: timedOut ? 'no answer came in time' : 'it cannot be reached', again: true };
  }
}
