import type { AuditReport, CoverageRow } from '../../../findings/audit-report.ts';
import { grouped } from '../../../findings/grouped.ts';
import { placeText, sentence } from '../result-text.ts';
import { counted, seriesOfMost } from '../../wording.ts';
import { message } from './message.ts';
import { pascalCase } from './rules.ts';

/** What the run has to say besides its results; a viewer that lists only results must not look complete. */
const kinds = {
  'reading-missing': 'A reading of AWS was denied, failed or not made; verdicts that need it are unknown.',
  'not-visible': 'An account or Region exists and was not looked at.',
  'assumed-off': 'A kind of resource was never asked for and is taken as off.',
  'results-left-out':
    'There are more results than GitHub code scanning keeps; those at the end of the order are left out.',
  'results-suppressed': 'Findings for which somebody answers are left out, because GitHub would show them as open.',
  'check-broke': 'A check broke: a defect of this program, never a verdict.',
} as const;

type Kind = keyof typeof kinds;

/** So many places are named in a notification; the others are counted. */
const named = 20;

/** The kinds of notifications, as reporting descriptors (SARIF 2.1.0 §3.19.24). */
export const notificationDescriptors: readonly object[] = Object.entries(kinds).map(([id, text]) => ({
  id,
  name: pascalCase(id),
  shortDescription: { text },
  fullDescription: { text },
  help: { text },
}));

/** How many results there are, by outcome and severity in words. */
export type Counts = ReadonlyMap<string, number>;

/** The results that are in the report and not in the file. */
export interface LeftOut {
  readonly beyondLimit: Counts;
  readonly suppressed: Counts;
}

/** Everything that was not read, not looked at, taken for granted, left out or broken (SARIF 2.1.0 §3.58). */
export function notificationsOf({ coverage, defects }: AuditReport, leftOut: LeftOut): readonly object[] {
  const lost = coverage.rows.filter(({ status }) => status !== 'collected');
  const alike = grouped(lost, ({ iamAction, status, failure = '', errorCode = '' }) =>
    [iamAction, status, failure, errorCode].join(' '),
  );
  return [
    ...[...alike.values()].map((rows) => notification('reading-missing', 'error', lostText(rows))),
    ...coverage.notVisible.map(({ accountId, region, reason }) =>
      notification('not-visible', 'error', `${region === undefined ? accountId : `${accountId}/${region}`}: ${reason}`),
    ),
    ...coverage.assumedOff.map(({ kinds: off, ...place }) =>
      notification('assumed-off', 'note', `${placeText(place)}: never asked for and taken as off: ${off.join(', ')}`),
    ),
    ...defects.map((defect) =>
      notification('check-broke', 'error', `${defect.checkId} broke in ${placeText(defect)}: ${defect.message}`),
    ),
    ...(leftOut.beyondLimit.size === 0
      ? []
      : [notification('results-left-out', 'warning', leftOutText(leftOut.beyondLimit))]),
    ...(leftOut.suppressed.size === 0
      ? []
      : [notification('results-suppressed', 'note', suppressedText(leftOut.suppressed))]),
  ];
}

function notification(id: Kind, level: 'error' | 'warning' | 'note', text: string): object {
  return { descriptor: { id, index: Object.keys(kinds).indexOf(id) }, level, message: message(text) };
}

function lostText([first, ...others]: readonly [CoverageRow, ...CoverageRow[]]): string {
  const rows = [first, ...others];
  const why = [first.failure, first.errorCode].filter((part) => part !== undefined).join(', ');
  const places = seriesOfMost(rows.map(placeText), named);
  const said = first.message === undefined ? '' : `: ${first.message}`;
  const what = `${first.service} ${first.operation} ${first.status}${why === '' ? '' : ` (${why})`} in ${places}${said}`;
  return `${sentence(what)} It needs ${first.iamAction}.`;
}

function leftOutText(counts: Counts): string {
  return `${notInFile(counts, 'result')}, which holds failures before unknowns and the worst first: ${partsOf(counts)}. The json format holds every one.`;
}

function suppressedText(counts: Counts): string {
  return `${notInFile(counts, 'suppressed result')}: ${partsOf(counts)}. The json format holds every one and who answers for it.`;
}

function notInFile(counts: Counts, noun: string): string {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return `${counted(total, noun)} of the report ${total === 1 ? 'is' : 'are'} not in this file`;
}

const partsOf = (counts: Counts): string => [...counts].map(([words, count]) => `${count} ${words}`).join(', ');
