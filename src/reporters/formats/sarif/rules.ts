import type { CheckReport, Result } from '../../../findings/audit-report.ts';
import { compareSeverity, compareText } from '../../../findings/order.ts';
import type { Severity } from '../../../model/verdict/severity.ts';
import { capitalised } from '../../wording.ts';
import { cut } from '../cut.ts';
import { webAddress } from '../web-address.ts';
import { prose } from '../markdown/escape.ts';
import { sarifLimits } from './limits.ts';
import { message } from './message.ts';

/** How bad a result is in SARIF's words. */
export const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  informational: 'note',
};

/** GitHub's scale: over 9 critical, from 7 high, from 4 medium, above 0 low; what merely informs has none. */
const securitySeverities: Readonly<Record<Severity, string | undefined>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  informational: undefined,
};

/**
 * The rule that a result breaks. GitHub reads the severity of an alert from its rule and not from the result, so a result
 * that is worse or better than its check has a rule of its own, with the severity in its id. An alert that was dismissed
 * while nobody could reach the resource is thereby a new one when somebody can.
 */
export function ruleIdOf({ checkId, severity, effectiveSeverity }: Result): string {
  return effectiveSeverity === severity ? checkId : `${checkId}.${effectiveSeverity}`;
}

/** The rules of a run: every check that ran, found or not, and the variants that the results need. */
export interface Rules {
  readonly descriptors: readonly object[];
  readonly indexOf: (result: Result) => number;
}

/** Makes the rules from the checks and the results that will be written. */
export function rulesOf(checks: readonly CheckReport[], results: readonly Result[]): Rules {
  const variants = new Map<string, Map<string, Severity>>();
  for (const { checkId, severity, effectiveSeverity, ...result } of results) {
    if (effectiveSeverity === severity) continue;
    const ofCheck = variants.get(checkId) ?? new Map<string, Severity>();
    variants.set(
      checkId,
      ofCheck.set(ruleIdOf({ checkId, severity, effectiveSeverity, ...result }), effectiveSeverity),
    );
  }
  const rules = checks
    .toSorted((a, b) => compareText(a.id, b.id))
    .flatMap((check) => [
      { id: check.id, descriptor: descriptor(check, check.id, check.severity) },
      ...[...(variants.get(check.id) ?? [])]
        .sort(([, a], [, b]) => compareSeverity(a, b))
        .map(([id, severity]) => ({ id, descriptor: descriptor(check, id, severity) })),
    ]);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  return {
    descriptors: rules.map(({ descriptor: rule }) => rule),
    indexOf: (result) => indexes.get(ruleIdOf(result)) ?? -1,
  };
}

function descriptor(check: CheckReport, id: string, severity: Severity): object {
  const { title, rationale, references, standards } = check;
  const tags = ['security', 'network', 'aws', ...standards];
  return {
    id,
    name: cut(pascalCase(id), sarifLimits.name),
    shortDescription: described(title || id),
    fullDescription: described(rationale || title || id),
    help: { ...message(helpText(check)), markdown: helpMarkdown(check) },
    helpUri: webAddress(references[0]),
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: [...new Set(tags)].filter((tag) => tag !== '').slice(0, sarifLimits.tagsPerRule),
      precision: 'high',
      'security-severity': securitySeverities[severity],
    },
  };
}

/** A friendly name is a single Pascal-case word (SARIF 2.1.0 §3.49.7). */
export const pascalCase = (id: string): string =>
  id
    .split(/[^A-Za-z0-9]+/)
    .map(capitalised)
    .join('');

const described = (text: string): object => ({ text: cut(message(text).text, sarifLimits.description) });

function helpText({ rationale, remediation, references, standards, relatedChecks }: CheckReport): string {
  return [
    rationale,
    remediation,
    ...(standards.length === 0 ? [] : [`Standards: ${standards.join(', ')}.`]),
    ...(relatedChecks.length === 0 ? [] : [`Related checks: ${relatedChecks.map(related).join(', ')}.`]),
    `See ${references.join(' ')}`,
  ].join(' ');
}

function helpMarkdown({ rationale, remediation, references, standards, relatedChecks }: CheckReport): string {
  return [
    prose(rationale),
    `**What to do.** ${prose(remediation)}`,
    ...(standards.length === 0 ? [] : [`**Standards.** ${prose(standards.join(', '))}`]),
    ...(relatedChecks.length === 0 ? [] : [`**Related checks.** ${prose(relatedChecks.map(related).join(', '))}`]),
    references
      .flatMap((reference) => webAddress(reference) ?? [])
      .map((address) => `- <${address}>`)
      .join('\n'),
  ].join('\n\n');
}

const related = ({ tool, id }: CheckReport['relatedChecks'][number]): string => `${tool} ${id}`;
