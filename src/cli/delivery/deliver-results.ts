import type { Terminal } from '../terminal.ts';
import { type Delivery, delivers } from './delivery-options.ts';
import type { Delivered, Results } from './send-news.ts';

/** Delivers what was asked for and says what did not arrive; returns how many deliveries failed. */
export async function deliverResults(delivery: Delivery, results: Results, terminal: Terminal): Promise<number> {
  if (!delivers(delivery)) return 0;
  const { deliver } = await import('./send-news.ts');
  const done = await deliver(delivery, results);
  for (const { to, failed } of done) {
    if (failed === undefined) terminal.note(terminal.style.dim(`  told: ${to}`));
    else terminal.warn(`${terminal.style.yellow('Not delivered')} to ${to}: ${failed}`);
  }
  return done.filter((one: Delivered) => one.failed !== undefined).length;
}
