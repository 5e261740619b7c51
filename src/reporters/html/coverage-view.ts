import type { AuditReport, Coverage, CoverageRow } from '../../findings/audit-report.ts';
import { grouped } from '../../findings/grouped.ts';
import { compareText } from '../../findings/order.ts';
import type { FailureClass } from '../../model/snapshot/manifest.ts';
import { counted, grouped as thousands, percent, series, seriesOfMost } from '../wording.ts';
import { coverageMatrix, type MatrixView } from './coverage-matrix.ts';
import { type PlacesView, placesView } from './places.ts';

/** Operations that were not answered at the same places for the same reason. */
export interface LostReadingView {
  /** Shown as in the names of the snapshot's files: `ec2.DescribeSubnets`. */
  readonly operations: readonly { readonly service: string; readonly operation: string }[];
  readonly reason: string;
  readonly message: string;
  readonly readings: string;
  readonly places: PlacesView;
}

/** What was read and what was not. */
export interface CoverageView {
  readonly complete: boolean;
  readonly ratio: string;
  readonly headline: string;
  readonly requests: string;
  readonly matrix: MatrixView;
  readonly lost: readonly LostReadingView[];
  readonly lostFolded: readonly LostReadingView[];
  readonly lostFoldedWords: string;
  readonly lostOmitted: string;
  readonly permissions: readonly { readonly iamAction: string; readonly readings: string }[];
  /** A policy that would mend it, line by line. */
  readonly policy: { readonly label: string; readonly lines: readonly string[] } | undefined;
  readonly policyCaveat: string;
  readonly notVisible: readonly { readonly reason: string; readonly places: PlacesView }[];
  readonly assumedOff: readonly { readonly kinds: string; readonly places: PlacesView }[];
  readonly notVisibleOmitted: string;
  readonly assumedOffOmitted: string;
  readonly notes: readonly { readonly file: string; readonly reason: string }[];
  readonly notesOmitted: string;
}

const shownLost = 12;
const foldedLost = 60;
const shownNotes = 40;
const shownReasons = 12;

const leftWords = (left: number, what: string): string => (left > 0 ? `${counted(left, what)}, in report.json.` : '');

const reasons: Readonly<Record<FailureClass, string>> = {
  denied: 'not permitted',
  'region-not-enabled': 'Region not enabled',
  'not-available-in-region': 'not available in the Region',
  throttled: 'throttled by AWS to the end',
  'expired-credentials': 'credentials expired',
  network: 'no connection',
  'broken-answer': 'broken answer',
  other: 'failed',
};

/** The coverage in words. */
export function coverageView({ coverage, scope }: Pick<AuditReport, 'coverage' | 'scope'>): CoverageView {
  const lost = lostReadings(coverage.rows);
  const permissions = coverage.missingPermissions;
  const hidden = [...grouped(coverage.notVisible, ({ reason }) => withoutIds(reason)).values()];
  const assumed = [...grouped(coverage.assumedOff, ({ kinds }) => kinds.join(', ')).values()];
  return {
    complete: coverage.calls > 0 && coverage.calls === coverage.collected && !lacksAccounts(coverage),
    ratio: percent(coverage.ratio),
    headline: headline(coverage, scope.accounts.length),
    requests: requestWords(coverage),
    matrix: coverageMatrix(coverage.rows),
    lost: lost.slice(0, shownLost),
    lostFolded: lost.slice(shownLost, shownLost + foldedLost),
    lostFoldedWords: counted(Math.min(lost.length - shownLost, foldedLost), 'more line'),
    lostOmitted:
      lost.length > shownLost + foldedLost
        ? `${thousands(lost.length - shownLost - foldedLost)} more lines are in report.json.`
        : '',
    permissions: permissions.map(({ iamAction, readings }) => ({ iamAction, readings: counted(readings, 'reading') })),
    policy: permissions.length === 0 ? undefined : policyOf(permissions.map(({ iamAction }) => iamAction)),
    policyCaveat: /service control polic|explicit(ly)? den/i.test(
      coverage.rows.map(({ message }) => message ?? '').join('\n'),
    )
      ? 'Some of these are denied by a policy that no grant overrides; the reasons below say which.'
      : '',
    notVisible: hidden.slice(0, shownReasons).map((entries) => ({
      reason: entries[0].reason,
      places: placesView(entries),
    })),
    notVisibleOmitted: leftWords(hidden.length - shownReasons, 'more reason'),
    assumedOff: assumed.slice(0, shownReasons).map((entries) => ({
      kinds: entries[0].kinds.join(', '),
      places: placesView(entries),
    })),
    assumedOffOmitted: leftWords(assumed.length - shownReasons, 'more combination'),
    notes: coverage.notes.slice(0, shownNotes),
    notesOmitted:
      coverage.notes.length > shownNotes
        ? `${thousands(coverage.notes.length - shownNotes)} more are in report.json.`
        : '',
  };
}

const accountsNotVisible = ({ notVisible }: Coverage): number =>
  new Set(notVisible.filter(({ region }) => region === undefined).map(({ accountId }) => accountId)).size;

const lacksAccounts = ({ notVisible }: Coverage): boolean =>
  notVisible.some(({ region, inactive }) => region === undefined && inactive !== true);

function headline(coverage: Coverage, accounts: number): string {
  const { calls, collected } = coverage;
  if (calls === 0) return 'Nothing was read.';
  const where = ` in ${counted(accounts, 'account')}`;
  if (calls === collected) return `All ${counted(calls, 'planned reading')}${where} were answered.`;
  return `${thousands(collected)} of ${counted(calls, 'planned reading')}${where} were answered; ${thousands(calls - collected)} ${calls - collected === 1 ? 'was not, and what rests on it' : 'were not, and what rests on them'} is reported as unknown.`;
}

function requestWords({ requests, throttled }: Coverage): string {
  if (requests === 0) return 'Read from files; no request was made.';
  const slowed = throttled === 0 ? 'AWS throttled none of them' : `AWS throttled ${thousands(throttled)} of them`;
  return `${counted(requests, 'API request')}, all of them reads; ${slowed}.`;
}

/** Rows that failed alike are one line, and so are operations that failed alike at the same places; the costliest first. */
function lostReadings(rows: readonly CoverageRow[]): readonly LostReadingView[] {
  const lost = rows.filter(({ status }) => status !== 'collected');
  const alike = grouped(lost, (row) => JSON.stringify([row.service, row.operation, ...whyOf(row)]));
  const together = grouped(alike.values(), (group) =>
    JSON.stringify([...whyOf(group[0]), group.map(({ accountId, region }) => `${accountId} ${region}`).sort()]),
  );
  const cost = (group: readonly CoverageRow[]): number =>
    group.reduce((sum, { calls, collected }) => sum + calls - collected, 0);
  return [...together.values()]
    .map((groups) => ({ groups, first: groups[0][0], total: cost(groups.flat()) }))
    .sort(
      (a, b) =>
        b.total - a.total ||
        compareText(a.first.operation, b.first.operation) ||
        compareText(whyOf(a.first).join(' '), whyOf(b.first).join(' ')),
    )
    .map(({ groups, first: { status, failure, errorCode, message }, total }) => {
      const why = failure === undefined ? (status === 'skipped' ? 'not called' : 'failed') : reasons[failure];
      return {
        operations: groups
          .map(([{ service, operation }]) => ({ service, operation }))
          .sort((a, b) => compareText(a.service, b.service) || compareText(a.operation, b.operation)),
        reason: errorCode === undefined ? why : `${why} (${errorCode})`,
        message: message ?? '',
        readings: thousands(total),
        places: placesView(groups[0]),
      };
    });
}

const whyOf = ({ status, failure, errorCode, message }: CoverageRow): readonly string[] => [
  status,
  failure ?? '',
  errorCode ?? '',
  withoutIds(message ?? ''),
];

/** AWS puts the caller, a request id and encoded blobs into messages: the same refusal reads differently each time. */
const withoutIds = (message: string): string => message.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\d{12}/g, '');

function policyOf(actions: readonly string[]): { readonly label: string; readonly lines: readonly string[] } {
  const statement = { Effect: 'Allow', Action: actions.toSorted(compareText), Resource: '*' };
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, undefined, 2);
  return { label: 'IAM policy that would mend it', lines: policy.split('\n') };
}

/** What is not visible, in a few words for the summary. */
export function notVisibleWords(coverage: Coverage): string {
  const accounts = accountsNotVisible(coverage);
  const regions = new Set(coverage.notVisible.flatMap(({ region }) => (region === undefined ? [] : [region])));
  return series([
    ...(accounts > 0 ? [counted(accounts, 'account')] : []),
    ...(regions.size > 0
      ? [`the ${regions.size === 1 ? 'Region' : 'Regions'} ${seriesOfMost([...regions].sort(), 4)}`]
      : []),
  ]);
}
