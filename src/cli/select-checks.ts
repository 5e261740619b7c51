import type { CheckOptions } from './options.ts';
import { suggestion, UsageError } from './usage-error.ts';

/** The checks that `--check` and `--skip-check` leave; a word that names none is refused, since it hides a typing error. */
export function selectChecks<C extends { readonly id: string }>(
  known: readonly C[],
  options: CheckOptions,
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
  const wanted = options.check.map(matcher('--check'));
  const skipped = options.skipCheck.map(matcher('--skip-check'));
  const selected = known.filter(
    ({ id }) =>
      (wanted.length === 0 || wanted.some((expression) => expression.test(id))) &&
      !skipped.some((expression) => expression.test(id)),
  );
  if (selected.length === 0) throw new UsageError('--check and --skip-check together leave no check.');
  return selected;
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
