import type { Result } from '../../../findings/audit-report.ts';
import type { Evidence } from '../../../model/verdict/evidence.ts';
import { evidenceText } from '../result-text.ts';
import { pathOf } from '../result-path.ts';
import { visibleText } from '../../visible-text.ts';

/** Numbers of the protocols that AWS names (IANA, Assigned Internet Protocol Numbers). */
const protocolNumbers: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 };

/**
 * The evidence as OCSF evidence artifacts, each with our own data whole and, where it speaks of traffic, with the
 * connection and its two ends; last the path, where there is one.
 */
export function evidencesOf(result: Result): readonly object[] {
  const path = pathOf(result);
  return [
    ...result.evidence.map((evidence) => ({
      name: visibleText(evidenceText(evidence)),
      ...trafficOf(evidence, result.resource.id),
      data: evidence,
    })),
    ...(path === undefined ? [] : [{ name: 'Path', data: path }]),
  ];
}

function trafficOf(evidence: Evidence, resourceId: string): object {
  switch (evidence.type) {
    case 'security-group-rule': {
      const { isEgress, protocol, peer, securityGroupId } = evidence;
      return connection(isEgress, protocol, peer, securityGroupId, evidence);
    }
    case 'network-acl-entry': {
      const { egress, protocol, cidrBlock, networkAclId } = evidence;
      return connection(egress, protocol, cidrBlock, networkAclId, evidence);
    }
    case 'traffic': {
      const [range] = evidence.portRanges.length === 1 ? evidence.portRanges : [];
      const ports = { fromPort: range?.from, toPort: range?.to, service: evidence.service };
      const peers = evidence.cidrBlocks.join(', ');
      return connection(evidence.direction === 'egress', evidence.protocol, peers, resourceId, ports);
    }
    case 'attribute':
      return { resources: [{ uid: evidence.resourceId }] };
    case 'resource':
      return { resources: [{ uid: evidence.resourceId, type: evidence.resourceType, role_id: 4, role: 'Related' }] };
    case 'route':
      return { resources: [{ uid: evidence.routeTableId, type: 'route-table' }] };
    case 'policy-statement':
      return {};
    default:
      return evidence satisfies never;
  }
}

interface Ports {
  readonly fromPort?: number | undefined;
  readonly toPort?: number | undefined;
  readonly service?: string | undefined;
}

/** The peer is a block of addresses, a group or a list, so it is an endpoint's name and not its address. */
function connection(egress: boolean, protocol: string, peer: string, own: string, ports: Ports): object {
  const number = protocolNumbers[protocol] ?? (/^\d{1,3}$/.test(protocol) ? Number(protocol) : undefined);
  const served = {
    ...(ports.service === undefined ? {} : { svc_name: ports.service }),
    ...(protocol === 'tcp' || protocol === 'udp' ? portOf(ports) : {}),
  };
  const here = { uid: own, ...(egress ? {} : served) };
  const there = { name: peer === '' ? 'any' : peer, ...(egress ? served : {}) };
  return {
    connection_info: {
      direction_id: egress ? 2 : 1,
      direction: egress ? 'Outbound' : 'Inbound',
      protocol_name: protocol,
      protocol_num: number,
    },
    src_endpoint: egress ? here : there,
    dst_endpoint: egress ? there : here,
  };
}

/** OCSF knows single ports; a range stays in the data. */
const portOf = ({ fromPort, toPort }: Ports): object =>
  fromPort !== undefined && fromPort === toPort && fromPort >= 0 && fromPort <= 65_535 ? { port: fromPort } : {};
