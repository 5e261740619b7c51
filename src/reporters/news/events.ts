import type { AuditReport } from '../../findings/audit-report.ts';
import type { News } from './news.ts';
import { newsHeadline } from './news-text.ts';

/** One entry of EventBridge's PutEvents, but for the bus. */
export interface NewsEvent {
  readonly Source: 'vpc-auditor';
  readonly DetailType: string;
  /** JSON. */
  readonly Detail: string;
  readonly Resources: readonly string[];
  readonly Time: Date;
}

/** A call takes at most ten entries (EventBridge API reference, PutEvents) and 256 KB. */
export const eventsPerCall = 10;
const callBytes = 250_000;

/** An event for every finding that is new or resolved, and one for the run. */
export function newsEvents(report: AuditReport, news: News | undefined, exitCode: number): readonly NewsEvent[] {
  const time = new Date(report.scope.collectedAt ?? report.run.startedAt);
  const event = (DetailType: string, detail: object, Resources: readonly string[]): NewsEvent => ({
    Source: 'vpc-auditor',
    DetailType,
    Detail: JSON.stringify(detail),
    Resources,
    Time: time,
  });
  return [
    ...(news?.fresh ?? []).map((result) => {
      const { checkId, fingerprint, title, severity, effectiveSeverity, resource, evidence, firstSeen } = result;
      const detail = {
        checkId,
        fingerprint,
        title,
        severity,
        effectiveSeverity,
        resource,
        ...(firstSeen === undefined ? {} : { firstSeen }),
      };
      const whole = { ...detail, evidence };
      return event('Network security finding opened', JSON.stringify(whole).length > callBytes / 4 ? detail : whole, [
        resource.arn,
      ]);
    }),
    ...(news?.resolved ?? []).map(({ checkId, fingerprint, title, effectiveSeverity, resource }) =>
      event('Network security finding resolved', { checkId, fingerprint, title, effectiveSeverity, resource }, [
        resource.arn,
      ]),
    ),
    event(
      'Network security audit ended',
      {
        headline: newsHeadline(report, news),
        exitCode,
        failures: report.summary.failures,
        unknown: report.summary.outcomes.unknown,
        coverage: { calls: report.coverage.calls, collected: report.coverage.collected },
        lost: news?.lost ?? [],
      },
      [],
    ),
  ];
}

/** The entries in calls of at most ten and 256 KB. */
export function eventCalls(events: readonly NewsEvent[]): readonly (readonly NewsEvent[])[] {
  const calls: NewsEvent[][] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(event.Detail) + event.Resources.join('').length + event.DetailType.length + 64;
    const last = calls.at(-1);
    if (last === undefined || last.length === eventsPerCall || bytes + size > callBytes) {
      calls.push([event]);
      bytes = size;
    } else {
      last.push(event);
      bytes += size;
    }
  }
  return calls;
}
