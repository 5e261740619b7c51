import { openOutbox, type Outbox } from '../../aws/outbox/outbox.ts';
import { systemClock } from '../../aws/clock.ts';
import type { AuditReport } from '../../findings/audit-report.ts';
import type { Severity } from '../../model/verdict/severity.ts';
import { eventCalls, newsEvents } from '../../reporters/news/events.ts';
import { type News, newsOf } from '../../reporters/news/news.ts';
import { plainMessage } from '../../reporters/news/plain.ts';
import { slackMessage } from '../../reporters/news/slack.ts';
import { teamsMessage } from '../../reporters/news/teams.ts';
import type { Delivery } from './delivery-options.ts';
import { importFindings } from './import-findings.ts';
import type { NotifyTarget } from './notify-target.ts';
import { resolveSecret } from './secret-reference.ts';
import { uploadRun } from './upload-run.ts';
import { postWebhook } from './webhook.ts';

/** What a run has to deliver. */
export interface Results {
  /** With everything that failed or is unknown. */
  readonly report: AuditReport;
  /** The mildest severity that is news. */
  readonly least: Severity;
  readonly exitCode: number;
  /** The sentence that says how the run ended. */
  readonly sentence: string;
  /** The files written, and the snapshot's folder where there is one. */
  readonly files: readonly string[];
  readonly snapshot: string | undefined;
}

/** How one delivery went. */
export interface Delivered {
  /** To whom, in words. */
  readonly to: string;
  /** Why it failed; absent where it arrived. */
  readonly failed?: string;
}

/**
 * Delivers the results of a run: uploads first, so that whoever reads a message finds the report. A delivery that fails
 * stops no other.
 */
export async function deliver(delivery: Delivery, results: Results): Promise<readonly Delivered[]> {
  let opened: Promise<Outbox> | undefined;
  const outbox = (): Promise<Outbox> => {
    const { profile, endpointUrl } = delivery;
    opened ??= openOutbox({
      ...(profile === undefined ? {} : { profile }),
      ...(endpointUrl === undefined ? {} : { endpointUrl }),
    });
    return opened;
  };
  const done: Delivered[] = [];
  const attempt = async (to: string, act: () => Promise<void>): Promise<void> => {
    try {
      await act();
      done.push({ to });
    } catch (error) {
      done.push({ to, failed: error instanceof Error ? error.message : String(error) });
    }
  };
  try {
    const { upload } = delivery;
    if (upload !== undefined) {
      await attempt(`s3://${upload.bucket}/${upload.prefix}`, async () =>
        uploadRun(await outbox(), { address: upload, kmsKey: delivery.kmsKey }, results),
      );
    }
    const news = newsOf(results.report, results.least);
    if (news !== undefined || delivery.always) {
      for (const target of delivery.targets.filter(({ kind }) => kind !== 'securityhub'))
        await attempt(labelOf(target), () => tell(target, news, { delivery, results, outbox }));
    }
    // Security Hub drops what is not sent again for a while, so it is told every time
    if (delivery.targets.some(({ kind }) => kind === 'securityhub'))
      await attempt('Security Hub', async () => importFindings(await outbox(), results.report, delivery));
    return done;
  } finally {
    (await opened?.catch(() => undefined))?.close();
  }
}

interface Telling {
  readonly delivery: Delivery;
  readonly results: Results;
  readonly outbox: () => Promise<Outbox>;
}

async function tell(
  target: NotifyTarget,
  news: News | undefined,
  { delivery, results, outbox }: Telling,
): Promise<void> {
  const { report, exitCode, sentence } = results;
  const closing = delivery.reportUrl === undefined ? sentence : `${sentence} ${delivery.reportUrl}`;
  switch (target.kind) {
    case 'slack':
    case 'teams':
    case 'webhook': {
      const message = target.kind === 'teams' ? teamsMessage : slackMessage;
      return postWebhook(await resolveSecret(target.url, outbox), message(report, news, closing), systemClock.sleep);
    }
    case 'sns': {
      const { subject, body } = plainMessage(report, news, closing);
      const input = { TopicArn: target.topicArn, Subject: subject, Message: body };
      const ordered = target.topicArn.endsWith('.fifo')
        ? { MessageGroupId: 'vpc-auditor', MessageDeduplicationId: report.scope.collectedAt ?? report.run.startedAt }
        : {};
      await (await outbox()).send('sns:Publish', { ...input, ...ordered }, { region: target.region });
      return;
    }
    case 'eventbridge': {
      for (const events of eventCalls(newsEvents(report, news, exitCode))) {
        const answer = await (await outbox()).send(
          'events:PutEvents',
          { Entries: events.map((event) => ({ ...event, EventBusName: target.bus })) },
          target.region === undefined ? {} : { region: target.region },
        );
        const refused = answer['FailedEntryCount'];
        if (typeof refused === 'number' && refused > 0)
          throw new Error(`EventBridge refused ${refused} of ${events.length} events`);
      }
      return;
    }
    default:
  }
}

/** In words, without what is secret. */
function labelOf(target: NotifyTarget): string {
  switch (target.kind) {
    case 'sns':
      return target.topicArn;
    case 'eventbridge':
      return `event bus ${target.bus}`;
    case 'securityhub':
      return 'Security Hub';
    default:
      return `${target.kind} at ${target.url.place}:${target.url.name}`;
  }
}
