import type { Result } from '../../findings/audit-report.ts';
import type { PathComponent, PathDirection, TraceResult } from '../../model/verdict/path.ts';
import { ruleText } from '../trace/rule-text.ts';

/** The path of a result, where it has one. */
export const pathOf = (result: Result): TraceResult | undefined => result.path;

/** The legs of a path that are known: there, and back. */
export function legsOf(path: TraceResult): readonly (readonly [PathDirection, readonly PathComponent[]])[] {
  const legs = [
    ['forward', path.forwardPathComponents],
    ['return', path.returnPathComponents],
  ] as const;
  return legs.filter(([, components]) => components.length > 0);
}

const effects: Readonly<Record<PathComponent['effect'], string>> = {
  admits: 'admits',
  limits: 'admits a part',
  blocks: 'blocks',
  unknown: 'cannot be judged',
};

/** A step of a path on one line: `network acl acl-0a1 (in): admits, rule 100: allow all traffic from 0.0.0.0/0`. */
export function stepText({ component, effect, rule, packetDirection }: PathComponent): string {
  const side = packetDirection === undefined ? '' : packetDirection === 'ingress' ? ' (in)' : ' (out)';
  const decides = rule === undefined ? '' : `, ${ruleText(rule)}`;
  return `${component.type.replaceAll('-', ' ')} ${component.id}${side}: ${effects[effect]}${decides}`;
}
