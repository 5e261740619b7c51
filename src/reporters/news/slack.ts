import type { AuditReport } from '../../findings/audit-report.ts';
import type { News } from './news.ts';
import { newsHeadline, newsSections } from './news-text.ts';

/** Block Kit: a header has at most 150 characters, a section 3,000 (Slack API reference, "Blocks"). */
const limits = { header: 150, section: 2900 } as const;

/** A message for a Slack incoming webhook; the same body serves whatever speaks Slack's format. */
export function slackMessage(report: AuditReport, news: News | undefined, closing: string): object {
  const headline = newsHeadline(report, news);
  return {
    text: escaped(headline),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(headline, limits.header), emoji: false } },
      ...(news === undefined ? [] : newsSections(news)).map(({ heading, lines }) => ({
        type: 'section',
        text: {
          type: 'mrkdwn',
          verbatim: true,
          text: cut([`*${heading}*`, ...lines.map((line) => `• ${escaped(line)}`)].join('\n'), limits.section),
        },
      })),
      { type: 'context', elements: [{ type: 'mrkdwn', verbatim: true, text: cut(escaped(closing), limits.section) }] },
    ],
  };
}

/**
 * Only these three characters are special to Slack ("Formatting text for app surfaces"); a mark of emphasis in a name
 * would still be drawn as one, so it gets a joiner that nobody sees.
 */
const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[*_~`]/g, (mark) => `${mark}\u2060`);

/** Never through the middle of a character reference. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/&[a-z]*$/, '')}…`;
}
