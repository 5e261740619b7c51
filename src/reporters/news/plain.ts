import type { AuditReport } from '../../findings/audit-report.ts';
import type { News } from './news.ts';
import { newsHeadline, newsSections } from './news-text.ts';

/** A mail, as Amazon SNS sends one. */
export interface PlainMessage {
  /** ASCII, at most 100 characters, begins with a letter or digit (SNS API reference, Publish, `Subject`). */
  readonly subject: string;
  readonly body: string;
}

/** The news as a subject and a text without any markup. */
export function plainMessage(report: AuditReport, news: News | undefined, closing: string): PlainMessage {
  const headline = newsHeadline(report, news);
  const sections = (news === undefined ? [] : newsSections(news)).map(({ heading, lines }) =>
    [`${heading}:`, ...lines.map((line) => `- ${line}`)].join('\n'),
  );
  return {
    subject: `vpc-auditor: ${headline}`.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 100),
    body: `${[headline, ...sections, closing].join('\n\n')}\n`,
  };
}
