/** How bad a finding is, the worst first. */
export const severities = ['critical', 'high', 'medium', 'low', 'informational'] as const;

export type Severity = (typeof severities)[number];

/** Is `a` at least as bad as `b`? */
export function atLeast(a: Severity, b: Severity): boolean {
  return severities.indexOf(a) <= severities.indexOf(b);
}
