import type { AuditReport } from '../../findings/audit-report.ts';
import type { SuppressionEntry } from '../../findings/suppressions/suppressions-report.ts';
import { compareResults } from '../../findings/order.ts';
import { capitalised, counted, grouped as thousands } from '../wording.ts';
import { resourceView, type ResourceView } from './resource-view.ts';

/** A finding that somebody answers for. */
export interface SuppressedRow {
  readonly anchor: string;
  readonly severity: string;
  readonly resource: ResourceView;
  readonly title: string;
  readonly id: string;
  readonly owner: string;
  readonly reason: string;
  readonly expires: string;
  readonly ticket: string;
}

/** A suppression that somebody should look at. */
export interface SuppressionCare {
  readonly id: string;
  readonly owner: string;
  readonly words: string;
}

/** The findings that do not count, and who answers for them. */
export interface SuppressedView {
  readonly words: string;
  readonly count: string;
  readonly rows: readonly SuppressedRow[];
  readonly omitted: string;
  readonly care: readonly SuppressionCare[];
  readonly careOmitted: string;
}

const named = 60;
const namedCare = 30;

/** Everything about suppressions; `undefined` where none were given. */
export function suppressedView({ suppressions, results }: AuditReport): SuppressedView | undefined {
  if (suppressions === undefined) return undefined;
  const rows = results
    .filter(({ suppression }) => suppression !== undefined)
    .toSorted(compareResults)
    .flatMap(({ suppression, ...result }): readonly SuppressedRow[] =>
      suppression === undefined
        ? []
        : [
            {
              anchor: `f-${result.fingerprint}`,
              severity: result.effectiveSeverity,
              resource: resourceView(result.resource),
              title: capitalised(result.title),
              id: suppression.id,
              owner: suppression.owner,
              reason: suppression.reason,
              expires: suppression.expires,
              ticket: suppression.ticket ?? '',
            },
          ],
    );
  const care = suppressions.entries.flatMap((entry) => {
    const words = careWords(entry);
    return words === '' ? [] : [{ id: entry.id, owner: entry.owner, words }];
  });
  return {
    words: `${counted(rows.length, 'finding is', 'findings are')} suppressed by ${counted(suppressions.entries.length, 'suppression')}. They are still there, and do not count.`,
    count: thousands(rows.length),
    rows: rows.slice(0, named),
    omitted: rows.length > named ? `and ${counted(rows.length - named, 'more', 'more')}, in report.json` : '',
    care: care.slice(0, namedCare),
    careOmitted:
      care.length > namedCare ? `and ${counted(care.length - namedCare, 'more', 'more')}, in report.json` : '',
  };
}

/** What is amiss with a suppression; empty where nothing is. */
function careWords({ state, expires, findings, expiresSoon }: SuppressionEntry): string {
  switch (state) {
    case 'expired':
      return findings === 0
        ? `ended on ${expires}; nothing matches it any more`
        : `ended on ${expires}; ${counted(findings, 'finding counts', 'findings count')} again`;
    case 'unused':
      return 'matches nothing, although everything was read that it could match';
    case 'not-tested':
      return 'matches nothing in what was read; not all was read that it could match';
    case 'matched':
      return expiresSoon === true ? `ends on ${expires}; then ${counted(findings, 'finding')} will count` : '';
    default:
      return state satisfies never;
  }
}
