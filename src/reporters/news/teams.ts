import type { AuditReport } from '../../findings/audit-report.ts';
import type { News } from './news.ts';
import { newsHeadline, newsSections } from './news-text.ts';

/** A message may have 28 KB (Microsoft Learn, "Limits and specifications for Microsoft Teams"). */
const largestMessage = 27_000;

/**
 * A message with an Adaptive Card, as the incoming webhooks of Teams' workflows take it. A RichTextBlock shows its text as
 * it is: a TextBlock would read it as Markdown. Where all lines are too much, fewer are shown.
 */
export function teamsMessage(report: AuditReport, news: News | undefined, closing: string): object {
  const headline = newsHeadline(report, news);
  const sections = news === undefined ? [] : newsSections(news);
  for (const most of [Number.POSITIVE_INFINITY, 6, 3, 1]) {
    const message = card([
      block([{ type: 'TextRun', text: headline, weight: 'Bolder', size: 'Large' }]),
      ...sections.flatMap(({ heading, lines }) => [
        block([{ type: 'TextRun', text: heading, weight: 'Bolder' }]),
        ...lines.slice(0, most).map((line) => block([{ type: 'TextRun', text: line }])),
      ]),
      block([{ type: 'TextRun', text: closing, isSubtle: true }]),
    ]);
    if (Buffer.byteLength(JSON.stringify(message)) <= largestMessage) return message;
  }
  return card([block([{ type: 'TextRun', text: headline, weight: 'Bolder', size: 'Large' }])]);
}

const block = (inlines: readonly object[]): object => ({ type: 'RichTextBlock', inlines });

const card = (body: readonly object[]): object => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      contentUrl: null,
      content: {
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        type: 'AdaptiveCard',
        version: '1.4',
        body,
      },
    },
  ],
});
