import type { AuditReport, CheckReport, Result } from '../../findings/audit-report.ts';
import { grouped } from '../../findings/grouped.ts';
import { compareText } from '../../findings/order.ts';
import type { Severity } from '../../model/verdict/severity.ts';
import { counted } from '../wording.ts';

/** What there is to say of a check, said once however many findings it has. */
export interface CheckCard {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly rationale: string;
  readonly remediation: string;
  readonly references: readonly ReferenceView[];
  /** The same question in other tools, and how many of their checks ask it. */
  readonly related: readonly { readonly tool: string; readonly ids: readonly string[] }[];
  readonly relatedWords: string;
  readonly standards: readonly string[];
}

/** A page of documentation; only an https address becomes a link. */
export interface ReferenceView {
  readonly text: string;
  readonly href: string | undefined;
}

const toolNames: Readonly<Record<string, string>> = {
  cloudsploit: 'CloudSploit',
  config: 'AWS Config',
  prowler: 'Prowler',
  scoutsuite: 'ScoutSuite',
  securityhub: 'AWS Security Hub',
  steampipe: 'Steampipe',
};

/** The card of every check that the report describes, and of those that its results name without describing them. */
export function checkCards({ checks, results }: AuditReport): ReadonlyMap<string, CheckCard> {
  const cards = new Map(checks.map((check) => [check.id, cardOf(check)]));
  for (const result of results) if (!cards.has(result.checkId)) cards.set(result.checkId, undescribed(result));
  return cards;
}

const cardOf = ({ relatedChecks, references, standards, ...check }: CheckReport): CheckCard => ({
  id: check.id,
  title: check.title,
  severity: check.severity,
  rationale: check.rationale,
  remediation: check.remediation,
  references: references.map(referenceView),
  related: [...grouped(relatedChecks, ({ tool }) => tool)]
    .map(([tool, own]) => ({ tool: toolNames[tool] ?? tool, ids: own.map(({ id }) => id) }))
    .sort((a, b) => compareText(a.tool, b.tool)),
  relatedWords: `Covers ${counted(relatedChecks.length, 'check')} of other tools`,
  standards: standards.toSorted(compareText),
});

/** A saved report may name a check that it does not describe; its findings are shown all the same. */
const undescribed = ({ checkId, title, severity }: Result): CheckCard => ({
  id: checkId,
  title,
  severity,
  rationale: '',
  remediation: '',
  references: [],
  related: [],
  relatedWords: '',
  standards: [],
});

/** A reference of a report as a link; only https becomes one. */
export function referenceView(reference: string): ReferenceView {
  const url = URL.canParse(reference) ? new URL(reference) : undefined;
  return { text: reference.replace(/^https:\/\//, ''), href: url?.protocol === 'https:' ? url.href : undefined };
}
