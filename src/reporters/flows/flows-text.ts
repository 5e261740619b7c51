import type { FlowEvidence, RejectedConversations, UnmatchedRule } from '../../model/verdict/flow-evidence.ts';
import { ruleText } from '../trace/rule-text.ts';
import type { WalkStyle } from '../trace/walk.ts';
import { visibleText } from '../visible-text.ts';
import { counted, grouped, instant, percent, seriesOfMost } from '../wording.ts';
import { coverageLines, questionLines, readingLines } from './reading-text.ts';

/** So many lines of one kind are shown; JSON holds all. */
const shown = 20;

/** Evidence of flow logs for a terminal; what the logs hold cannot steer it. */
export function flowsText(evidence: FlowEvidence, style: WalkStyle): string {
  const sections = [
    [
      style.bold(`Flow logs of ${visibleText(evidence.source)}`),
      ...readingLines(evidence, style),
      ...coverageLines(evidence, style),
    ],
    detectionLines(evidence, style),
    rejectLines(evidence, style),
    exposureLines(evidence, style),
    ruleLines(evidence, style),
    patternLines(evidence, style),
    questionLines(evidence, style),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

const most = (lines: readonly string[]): readonly string[] =>
  lines.length <= shown
    ? lines
    : [...lines.slice(0, shown), `  … and ${grouped(lines.length - shown)} more (--format json lists all)`];

function detectionLines({ detections }: FlowEvidence, style: WalkStyle): readonly string[] {
  if (detections.length === 0) return [style.bold('Detections: none')];
  const paint = { critical: style.red, high: style.red, medium: style.yellow, low: style.dim };
  return [
    style.bold(`Detections: ${grouped(detections.length)}`),
    ...most(
      detections.map((one) => {
        const where = [
          one.networkInterfaceId,
          one.source === undefined ? undefined : `from ${one.source}`,
          one.destination === undefined ? undefined : `to ${one.destination}`,
          one.protocol === undefined ? undefined : `${one.protocol}${one.port === undefined ? '' : ` ${one.port}`}`,
        ].filter((part) => part !== undefined);
        const facts = Object.entries(one.evidence).map(([name, value]) => `${name} ${value}`);
        return `  ${paint[one.severity](one.severity.padEnd(8))} ${visibleText(`${one.title}: ${where.join(' ')}`)} ${style.dim(visibleText(`(${facts.join(', ')}; ${instant(one.firstSeen)})`))}`;
      }),
    ),
  ];
}

const scans: ReadonlySet<string> = new Set(['vertical-scan', 'horizontal-scan', 'slow-scan']);

function rejectLines({ rejected, noise, rejectedCut, detections }: FlowEvidence, style: WalkStyle): readonly string[] {
  const scanners = new Set(detections.filter(({ id }) => scans.has(id)).map(({ source }) => source));
  const all = rejected.filter(({ part, source }) => part !== 'late-or-changed' && source !== 'internet');
  const ours = all.filter(({ source, part }) => part === 'reply' || !scanners.has(source));
  const strangers = rejected.filter(({ part, source }) => part !== 'late-or-changed' && source === 'internet');
  const late = rejected.filter(({ part }) => part === 'late-or-changed');
  return [
    style.bold(`Rejected: ${counted(ours.length, 'kind')} of conversations of ours, by what rejects them now`),
    ...most(ours.flatMap((one) => rejectBlock(one, style))),
    ...(all.length === ours.length
      ? []
      : [style.dim(`  ${counted(all.length - ours.length, 'more kind')} by sources that scan; see the detections.`)]),
    ...(noise === undefined || noise.sources === 0
      ? []
      : [
          `  From the internet: ${counted(noise.sources, 'stranger')} on ${counted(noise.ports, 'port')} of ${counted(noise.interfaces, 'interface')}, ${counted(noise.packets, 'packet')}: background noise${strangers.length === 0 ? '' : `, refused by ${seriesOfMost(causes(strangers), 4)}`}.`,
        ]),
    ...(late.length === 0
      ? []
      : [style.dim(`  ${counted(late.length, 'kind')} of late packets or changed rules: no rule is blamed.`)]),
    ...(rejectedCut === undefined
      ? []
      : [style.yellow(`  Only the ${grouped(rejectedCut)} weightiest groups were looked at.`)]),
  ];
}

const causes = (rejects: readonly RejectedConversations[]): readonly string[] =>
  [...new Set(rejects.map(({ attribution }) => attribution.component?.id ?? attribution.cause))].sort();

function rejectBlock(one: RejectedConversations, style: WalkStyle): readonly string[] {
  const { attribution, trace } = one;
  const what = `${one.protocol}${one.port === undefined ? '' : ` ${one.port}`}`;
  const head = `  ${style.red('✗')} ${visibleText(`${one.source} → ${one.destination}`)} ${what}${one.part === 'reply' ? ' (the reply)' : ''} at ${one.networkInterfaceId}${one.instanceId === undefined ? '' : ` of ${one.instanceId}`}, ${one.direction}: ${counted(one.conversations, 'conversation')}, ${counted(one.packets, 'packet')} in ${counted(one.windows, 'window')}`;
  const rule = attribution.rule === undefined ? '' : ` ${visibleText(`[${ruleText(attribution.rule)}]`)}`;
  const because = `    ${visibleText(attribution.text)}${rule} ${style.dim(`(confidence ${attribution.confidence})`)}`;
  const command =
    trace === undefined
      ? []
      : [
          style.dim(
            visibleText(
              `    vpc-auditor trace --from ${trace.from} --to ${trace.to} --protocol ${trace.protocol}${trace.port === undefined ? '' : ` --port ${trace.port} --source-port ${trace.sourcePort}`}`,
            ),
          ),
        ];
  return [[head, because, ...command].join('\n')];
}

function exposureLines(
  { exercised, unexercised, snapshotAt, neverCaptured }: FlowEvidence,
  style: WalkStyle,
): readonly string[] {
  const unused = unexercised.filter(({ judged }) => judged === 'unused');
  const unsure = unexercised.length - unused.length;
  return [
    style.bold(`Reached from the internet: ${counted(exercised.length, 'service')}`),
    ...most(
      exercised.map((one) => {
        const who = one.topPeers
          .slice(0, 3)
          .map(({ address, name }) => (name === undefined ? address : `${name} ${address}`));
        const drift =
          one.exposedNow === 'no' ? style.yellow(' – the snapshot says that the internet cannot reach it') : '';
        return `  ${one.instanceId ?? one.networkInterfaceId} ${one.address} ${one.protocol} ${one.port}: ${counted(one.peers, 'peer')} (${visibleText(who.join(', '))}), served: ${one.served}, since ${instant(one.firstSeen)}${drift}`;
      }),
    ),
    ...(snapshotAt === undefined
      ? []
      : [
          `  Exposed and not used in the window: ${grouped(unused.length)}${unsure === 0 ? '' : `; ${grouped(unsure)} more cannot be told, for too little is covered`}`,
          ...most(
            unused.map(
              (one) =>
                `  ${style.green('·')} ${one.instanceId ?? one.networkInterfaceId} ${one.address} ${one.protocol} ${one.fromPort === one.toPort ? one.fromPort : `${one.fromPort}–${one.toPort}`} (${percent(one.coveredShare)} of the window covered)`,
            ),
          ),
          ...(unused.length === 0
            ? []
            : [style.dim(`  Never recorded, so never proven absent: ${neverCaptured.join('; ')}.`)]),
        ]),
  ];
}

function ruleLines(
  { unmatchedRules, narrowerRules, snapshotAt, neverCaptured }: FlowEvidence,
  style: WalkStyle,
): readonly string[] {
  if (snapshotAt === undefined && unmatchedRules.length === 0) return [];
  const unused = unmatchedRules.filter(({ judged }) => judged === 'unused');
  const unsure = unmatchedRules.filter(({ judged }) => judged === 'unknown');
  const reasons = [...new Set(unsure.map(({ reason }) => reason ?? ''))].sort();
  return [
    style.bold(`Rules without a match in the window: ${grouped(unused.length)}`),
    ...most(
      unused.map(
        (one) =>
          `  ${ownerOf(one)} ${visibleText(ruleText(one.rule))} ${style.dim(`(${counted(one.interfaces, 'interface')}, ${percent(one.coveredShare)} of the window covered)`)}`,
      ),
    ),
    ...(unsure.length === 0
      ? []
      : [
          style.yellow(
            `  ${counted(unsure.length, 'more rule')} without a match cannot be called unused: ${reasons.join('; ')}.`,
          ),
        ]),
    ...(unused.length === 0
      ? []
      : [style.dim(`  Never recorded, so never proven absent: ${neverCaptured.join('; ')}.`)]),
    ...(narrowerRules.length === 0
      ? []
      : [
          style.bold(`Narrower rules that would have sufficed: ${grouped(narrowerRules.length)}`),
          ...most(
            narrowerRules.map((one) =>
              [
                `  ${ownerOf(one)} ${visibleText(ruleText(one.rule))}: ${visibleText(one.fix.summary)} ${style.dim(`(admits every one of the ${counted(one.conversations, 'pair')} of hosts seen)`)}`,
                ...(one.fix.cli ?? []).map((line) => style.dim(`    ${visibleText(line)}`)),
              ].join('\n'),
            ),
          ),
        ]),
  ];
}

const ownerOf = ({ rule }: Pick<UnmatchedRule, 'rule'>): string =>
  rule.type === 'security-group-rule'
    ? `${rule.securityGroupId} ${rule.isEgress ? 'egress' : 'ingress'}`
    : rule.type === 'network-acl-entry'
      ? `${rule.networkAclId} ${rule.egress ? 'egress' : 'ingress'}`
      : '';

function patternLines({ patterns }: FlowEvidence, style: WalkStyle): readonly string[] {
  const { topTalkers, newExternalPeers, services = [], crossZone, throughNat } = patterns;
  const share = (part: number, whole: number): string => (whole === 0 ? '0 %' : percent(part / whole));
  return [
    style.bold('Traffic'),
    ...topTalkers
      .slice(0, 5)
      .map(
        ({ source, destination, service, bytes }) =>
          `  ${visibleText(`${source} → ${destination}`)}${service === undefined ? '' : ` (${visibleText(service)})`}: ${grouped(bytes)} bytes`,
      ),
    ...(crossZone === undefined
      ? []
      : [
          `  Across zones: ${share(crossZone.bytes, crossZone.ofBytes)} of ${grouped(crossZone.ofBytes)} internal bytes${crossZone.unknownBytes === 0 ? '' : `; of ${share(crossZone.unknownBytes, crossZone.ofBytes)} the zones are not known`}`,
        ]),
    ...(throughNat === undefined || throughNat.ofBytes === 0
      ? []
      : [
          `  Through NAT gateways: ${share(throughNat.bytes, throughNat.ofBytes)} of ${grouped(throughNat.ofBytes)} outgoing bytes`,
        ]),
    ...services
      .filter(({ way, direction }) => way === 'nat-gateway' && direction === 'egress')
      .slice(0, 5)
      .map(({ service, bytes }) => `  ${visibleText(service)} by a NAT gateway: ${grouped(bytes)} bytes`),
    ...(newExternalPeers.length === 0
      ? []
      : [
          `  New external peers: ${grouped(newExternalPeers.length)}, first ${visibleText(newExternalPeers[0]?.address ?? '')} from ${newExternalPeers[0]?.networkInterfaceId}`,
        ]),
  ];
}
