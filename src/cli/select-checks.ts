import type { CheckOptions } from './options.ts';
import { suggestion, UsageError } from './usage-error.ts';

/** Do the options leave checks out? */
export const isNarrowed = ({ check, skipCheck, standard }: CheckOptions): boolean =>
  check.length + skipCheck.length + standard.length > 0;

/** The checks that `--standard`, `--check` and `--skip-check` leave; a word that names none is refused, since it hides a typing error. */
export function selectChecks<C extends { readonly id: string }>(
  known: readonly C[],
  options: CheckOptions,
  standards: readonly { readonly id: string; readonly checks: readonly string[] }[],
): readonly C[] {
  const ids = known.map(({ id }) => id);
  const matcher = (flag: string) => (pattern: string) => {
    const expression = new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`);
    if (!ids.some((id) => expression.test(id))) {
      throw new UsageError(
        `${flag} ${pattern}: there is no such check.${suggestion(pattern, ids)} See: vpc-auditor checks list`,
      );
    }
    return expression;
  };
  const asked = options.standard.map((id) => {
    const standard = standards.find((one) => one.id === id);
    if (standard !== undefined) return standard.checks;
    throw new UsageError(
      `--standard ${id}: there is no such standard. There are ${standards.map((one) => one.id).join(', ')}.`,
    );
  });
  const wanted = options.check.map(matcher('--check'));
  const skipped = options.skipCheck.map(matcher('--skip-check'));
  const selected = known.filter(
    ({ id }) =>
      (asked.length === 0 || asked.some((ids) => ids.includes(id))) &&
      (wanted.length === 0 || wanted.some((expression) => expression.test(id))) &&
      !skipped.some((expression) => expression.test(id)),
  );
  if (selected.length === 0) {
    throw new UsageError(
      asked.length === 0
        ? '--check and --skip-check together leave no check.'
        : '--standard, --check and --skip-check together leave no check.',
    );
  }
  return selected;
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
