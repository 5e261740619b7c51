import type { Explanation, PathComponent, PathDirection, PathVerdict, TraceResult } from '../../model/verdict/path.ts';
import { visibleText } from '../visible-text.ts';
import { remedy } from './remedy.ts';
import { ruleText } from './rule-text.ts';
import { headersText } from './headers-text.ts';

/** How words are set off on a terminal; the identity where there are no colours. */
export interface WalkStyle {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
}

const verdictWords: Readonly<Record<PathVerdict, string>> = {
  reachable: 'reachable',
  'not-reachable': 'not reachable',
  unknown: 'unknown',
};

/**
 * A trace as an engineer walks it with pencil and paper: there (route, network ACL, security group) and back, a tick or a
 * cross at each component with the rule that decides, then what to change.
 */
export function walk(result: TraceResult, style: WalkStyle): string {
  const paint = { reachable: style.green, 'not-reachable': style.red, unknown: style.yellow }[result.verdict];
  const reasons = result.explanations.filter(({ effect }) => effect !== 'note');
  const notes = result.explanations.filter(({ effect }) => effect === 'note');
  return [
    `${style.bold(question(result))}: ${paint(style.bold(verdictWords[result.verdict]))}`,
    ...leg('There', 'forward', result.forwardPathComponents, result, style),
    ...leg('And back, to ephemeral ports', 'return', result.returnPathComponents, result, style),
    ...section(
      'What gets through',
      result.admittedTraffic.map((headers) => headersText(headers)),
      style,
    ),
    ...(result.verdict === 'not-reachable'
      ? section(
          'Arrives, though the reply does not get back',
          (result.deliveredTraffic ?? []).map((headers) => headersText(headers)),
          style,
        )
      : []),
    ...section(
      'May get through',
      (result.possibleTraffic ?? []).map((headers) => headersText(headers)),
      style,
    ),
    ...section(
      'Why',
      reasons.map((reason) => reasonText(reason, style)),
      style,
    ),
    ...section('What to change', [...new Set(reasons.flatMap((reason) => remedy(reason) ?? []))], style),
    ...section('What would settle it', (result.missing ?? []).map(missingText), style),
    ...section(
      'Note',
      [...notes.map(({ text }) => visibleText(text)), ...(result.assumptions ?? []).map(assumed)],
      style,
    ),
  ].join('\n');
}

function question({ query }: TraceResult): string {
  const port = query.port === undefined ? '' : ` ${query.port}`;
  const icmp = query.icmpType === undefined ? '' : ` type ${query.icmpType}`;
  return `${visibleText(query.from)} → ${visibleText(query.to)}, ${query.protocol ?? 'any protocol'}${port}${icmp}`;
}

function leg(
  title: string,
  direction: PathDirection,
  components: readonly PathComponent[],
  result: TraceResult,
  style: WalkStyle,
): readonly string[] {
  if (components.length === 0) return [];
  const widest = Math.max(...components.map(({ component }) => component.id.length));
  return [
    '',
    `${title}:`,
    ...components.flatMap((component) => [
      componentLine(component, widest, style),
      ...(component.effect === 'admits' ? [] : explained(component, direction, result.explanations, style)),
    ]),
  ];
}

function componentLine(component: PathComponent, widest: number, style: WalkStyle): string {
  const mark = {
    admits: style.green('✓'),
    limits: style.yellow('◐'),
    blocks: style.red('✗'),
    unknown: style.yellow('?'),
  }[component.effect];
  const side = component.packetDirection === undefined ? '' : component.packetDirection === 'ingress' ? ' in' : ' out';
  const name = `${component.component.type.replaceAll('-', ' ')}${side}`;
  const further = component.furtherRules?.length ?? 0;
  const rule = component.rule === undefined ? rewriting(component) : ruleText(component.rule);
  return `  ${mark} ${name.padEnd(28)} ${visibleText(component.component.id).padEnd(widest)}  ${visibleText(rule)}${further > 0 ? style.dim(` and ${further} more`) : ''}`.trimEnd();
}

function rewriting({ outboundHeader }: PathComponent): string {
  if (outboundHeader === undefined) return '';
  const { sourceAddress, destinationAddress } = outboundHeader;
  return [
    ...(sourceAddress === undefined ? [] : [`source becomes ${sourceAddress}`]),
    ...(destinationAddress === undefined ? [] : [`destination becomes ${destinationAddress}`]),
  ].join(', ');
}

/** The reasons that belong to this step, right beneath it. */
function explained(
  { component, packetDirection }: PathComponent,
  direction: PathDirection,
  explanations: readonly Explanation[],
  style: WalkStyle,
): readonly string[] {
  return explanations
    .filter(
      (explanation) =>
        explanation.direction === direction &&
        explanation.component.id === component.id &&
        (explanation.packetDirection === undefined || explanation.packetDirection === packetDirection),
    )
    .map(({ explanationCode }) => style.dim(`      ${explanationCode}`));
}

const reasonText = (explanation: Explanation, style: WalkStyle): string =>
  `${visibleText(explanation.text)} ${style.dim(`(${explanation.explanationCode}, ${explanation.component.id})`)}`;

const missingText = ({ fact, iamAction }: { readonly fact: string; readonly iamAction?: string }): string =>
  `${visibleText(fact)}${iamAction === undefined ? '' : `; allow ${iamAction}`}`;

const assumed = (kind: string): string => `${visibleText(kind)} was never asked for and is taken as off`;

function section(title: string, lines: readonly string[], style: WalkStyle): readonly string[] {
  return lines.length === 0 ? [] : ['', `${style.bold(title)}:`, ...lines.map((line) => `  ${line}`)];
}
