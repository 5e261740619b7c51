import type { NamedCidr, PortRange } from '../../model/verdict/evidence.ts';
import type { PathRule } from '../../model/verdict/path.ts';

/** `443`, `1024–65535`, `all ports`. */
export function portsText(from: number | undefined, to: number | undefined): string {
  if (from === undefined || to === undefined || (from <= 0 && to >= 65_535)) return 'all ports';
  return from === to ? String(from) : `${from}–${to}`;
}

/** Several ranges, separated by commas. */
export const portRangesText = (ranges: readonly PortRange[]): string =>
  ranges.map(({ from, to }) => portsText(from, to)).join(', ');

/** A block with the name that the configuration has for it: `198.51.100.0/24 (Office)`. */
export function namedCidr(cidr: string, knownAs: readonly NamedCidr[] = []): string {
  const name = knownAs.find((known) => known.cidr === cidr)?.name;
  return name === undefined ? cidr : `${cidr} (${name})`;
}

/** A rule in one line of words, without its resource's id. */
export function ruleText(rule: PathRule): string {
  switch (rule.type) {
    case 'security-group-rule': {
      const id = rule.securityGroupRuleId === undefined ? '' : `${rule.securityGroupRuleId}: `;
      return `${id}allow ${headerText(rule.protocol, rule.fromPort, rule.toPort)} ${rule.isEgress ? 'to' : 'from'} ${namedCidr(rule.peer, rule.knownAs)}`;
    }
    case 'network-acl-entry':
      return (
        `rule ${rule.ruleNumber >= 32_767 ? `* (${rule.ruleNumber})` : rule.ruleNumber}: ${rule.ruleAction} ` +
        `${headerText(rule.protocol, rule.fromPort, rule.toPort)} ${rule.egress ? 'to' : 'from'} ${namedCidr(rule.cidrBlock, rule.knownAs)}`
      );
    case 'route':
      return `${namedCidr(rule.destination, rule.knownAs)} → ${rule.target}${rule.state === 'active' ? '' : ` (${rule.state})`}`;
    case 'transit-gateway-route':
      return `${rule.destination} → ${rule.transitGatewayAttachmentId ?? rule.state} (${rule.routeType})`;
    case 'transit-gateway-policy-entry':
      return `policy rule ${rule.policyRuleNumber} → ${rule.targetRouteTableId}`;
    case 'listener':
      return `listener ${rule.protocol} ${rule.port}${rule.targetPort === undefined ? '' : ` → target port ${rule.targetPort}`}`;
    default:
      return rule satisfies never;
  }
}

function headerText(protocol: string, from: number | undefined, to: number | undefined): string {
  if (protocol === 'all') return 'all traffic';
  if (protocol.startsWith('icmp')) {
    return from === undefined || from === -1
      ? `all ${protocol}`
      : `${protocol} type ${from}${to === undefined || to === -1 ? '' : ` code ${to}`}`;
  }
  return from === undefined ? protocol : `${protocol} ${portsText(from, to)}`;
}
