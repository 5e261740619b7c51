import type { Evidence, PortRange } from '../../model/verdict/evidence.ts';
import { canonicalCidr } from '../canonical-cidr.ts';

/** What a piece of evidence admits: its ports and the other side's addresses. */
interface Admitted {
  readonly ports: readonly PortRange[];
  readonly peers: readonly string[];
}

const everyPort: PortRange = { from: 0, to: 65_535 };
const withPorts: ReadonlySet<string> = new Set(['tcp', 'udp', '6', '17']);

/** The traffic that a piece of evidence speaks of; `undefined` where it speaks of none. */
function admittedBy(evidence: Evidence): Admitted | undefined {
  switch (evidence.type) {
    case 'security-group-rule':
      return { ports: [portsOf(evidence)], peers: [evidence.peer] };
    case 'network-acl-entry':
      return { ports: [portsOf(evidence)], peers: [evidence.cidrBlock] };
    case 'traffic':
      return {
        ports: withPorts.has(evidence.protocol) && evidence.portRanges.length > 0 ? evidence.portRanges : [everyPort],
        peers: evidence.cidrBlocks,
      };
    case 'route':
    case 'policy-statement':
    case 'attribute':
    case 'resource':
      return undefined;
    default:
      return evidence satisfies never;
  }
}

/** A protocol without ports lies within no bound on ports. */
function portsOf({
  protocol,
  fromPort,
  toPort,
}: {
  readonly protocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
}): PortRange {
  if (!withPorts.has(protocol) || fromPort === undefined || toPort === undefined || fromPort < 0) return everyPort;
  return { from: fromPort, to: toPort };
}

/** Does every rule among the evidence keep within the bounds? Never where there is no rule to keep them. */
export function keepsWithin(
  evidence: readonly Evidence[],
  { ports, cidrs }: { readonly ports?: readonly PortRange[]; readonly cidrs?: readonly string[] },
): boolean {
  const rules = evidence.flatMap((item) => admittedBy(item) ?? []);
  return (
    rules.length > 0 &&
    rules.every(
      (rule) =>
        (ports === undefined ||
          rule.ports.every((range) => ports.some(({ from, to }) => from <= range.from && range.to <= to))) &&
        (cidrs === undefined ||
          (rule.peers.length > 0 &&
            rule.peers.every((peer) => cidrs.some((block) => liesIn(canonicalCidr(peer), block))))),
    )
  );
}

/** Does one block, in its canonical spelling, lie within another? What is no block lies in none. */
export function liesIn(inner: string, outer: string): boolean {
  const a = blockOf(inner);
  const b = blockOf(outer);
  if (a === undefined || b === undefined || a.version !== b.version || a.prefix < b.prefix) return false;
  const behind = BigInt((b.version === 4 ? 32 : 128) - b.prefix);
  return a.value >> behind === b.value >> behind;
}

function blockOf(canonical: string): { version: number; value: bigint; prefix: number } | undefined {
  const [, version, value, prefix] = /^ipv([46]):([0-9a-f]+)\/(\d+)$/.exec(canonical) ?? [];
  if (version === undefined) return undefined;
  return { version: Number(version), value: BigInt(`0x${value}`), prefix: Number(prefix) };
}
