import type { ExposedAddress } from '../model/verdict/exposure.ts';
import type { PacketHeaders } from '../model/verdict/path.ts';
import type { ReachabilityDifference, TrafficDifference } from '../model/verdict/reachability-difference.ts';
import type { TerminalStyle } from './terminal-style.ts';
import { headersText } from './trace/headers-text.ts';
import { visibleText } from './visible-text.ts';

const mostNames = 3;
const mostPairs = 200;

/** Who reaches whom now and did not, and the other way round, for a reader; empty where nothing is other. */
export function reachabilityText(
  { exposure, pairs = [], notCompared }: ReachabilityDifference,
  style: TerminalStyle,
): readonly string[] {
  const outer = exposure.flatMap((change) => [
    `  ${visibleText(`${names(change.addresses)}  ${change.accountId} ${change.region} ${change.vpcId}`)}`,
    ...changeLines(change, change.coverage, 'destination', style),
  ]);
  const inner = pairs
    .slice(0, mostPairs)
    .flatMap((change) => [
      `  ${visibleText(`${names(change.from)} → ${names(change.to)}`)}`,
      ...changeLines(change, change.coverage, 'both', style),
    ]);
  const more = pairs.length > mostPairs ? [`  and ${pairs.length - mostPairs} more: see --format json`] : [];
  return [
    ...section('Reachable from the internet', outer, style),
    ...section('Reachable between interfaces', [...inner, ...more], style),
    ...section(
      'Not compared',
      notCompared.map((sentence) => `  ${sentence}`),
      style,
    ),
  ];
}

const section = (heading: string, lines: readonly string[], style: TerminalStyle): readonly string[] =>
  lines.length === 0 ? [] : ['', style.bold(heading), ...lines];

function changeLines(
  { became, gone, incomparable }: TrafficDifference,
  coverage: string | undefined,
  own: 'destination' | 'both',
  style: TerminalStyle,
): readonly string[] {
  const words = (headers: PacketHeaders): string => visibleText(headersText(headers, own));
  const why = coverage === undefined ? 'one of the two does not know' : visibleText(coverage);
  return [
    ...became.map((headers) => `    ${style.red('+')} ${words(headers)}`),
    ...gone.map((headers) => `    ${style.green('-')} ${words(headers)}`),
    ...incomparable.map((headers) => `    ${style.yellow('?')} ${words(headers)}  ${style.dim(`(${why})`)}`),
  ];
}

function names(addresses: readonly ExposedAddress[]): string {
  const shown = addresses
    .slice(0, mostNames)
    .map(
      ({ networkInterfaceId, instanceId, privateAddress, publicAddress }) =>
        `${instanceId ?? networkInterfaceId} ${publicAddress ?? privateAddress}`,
    );
  const more = addresses.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
