import type { ExplanationCode } from '../../model/verdict/explanation-code.ts';
import type { Explanation } from '../../model/verdict/path.ts';
import { ruleText } from './rule-text.ts';

/** What would have to change for this one reason to go away; one sentence, or nothing where no change would help. */
export function remedy(explanation: Explanation): string | undefined {
  const { explanationCode, component, rule, direction, packetDirection } = explanation;
  const side = packetDirection === 'egress' ? 'outbound' : 'inbound';
  if (explanationCode === 'SUBNET_ACL_RESTRICTION') {
    const before = rule === undefined ? '' : `, with a number below that of ${ruleText(rule)}`;
    const ports = direction === 'return' ? ' for the reply (ephemeral ports 1024–65535)' : '';
    return `Add an ${side} allow rule to ${component.id}${ports}${before}.`;
  }
  if (explanationCode === 'ENI_SG_RULES_MISMATCH' || explanationCode === 'SG_HAS_NO_RULES') {
    return component.type === 'security-group'
      ? `Add an ${side} rule that admits it to ${component.id}.`
      : `Add an ${side} rule that admits it to one of the security groups of ${component.id}.`;
  }
  return sentences[explanationCode];
}

const sentences: Partial<Readonly<Record<ExplanationCode, string>>> = {
  NO_ROUTE_TO_DESTINATION: 'Add a route to the destination, or associate the subnet with a table that has one.',
  BAD_STATE_ROUTE: 'Point the route at a target that exists: a blackhole drops what it matches.',
  BAD_STATE_ATTACHMENT: 'Attach the gateway to the VPC, or accept the attachment.',
  BAD_STATE_VPN: 'Bring a tunnel of the VPN connection up.',
  IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS: 'Give the interface a public address, or route it through a NAT gateway.',
  IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS:
    'Ask for the public address of the interface; without one it cannot be reached from the internet.',
  VPC_BLOCK_PUBLIC_ACCESS_ENABLED: 'Exclude the VPC or subnet from VPC Block Public Access.',
  ENI_DENIES_IGW_TRAFFIC: 'Allow traffic of internet gateways on the interface.',
  INSTANCE_NOT_RUNNING: 'Start the instance.',
  INTERFACE_NOT_ATTACHED: 'Attach the interface to an instance.',
  NAT_GATEWAY_HAS_NO_STATE:
    'Route the replies back the way the request came: a NAT gateway drops what it did not start.',
  TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION: 'Associate the attachment with a route table of the transit gateway.',
  TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT:
    'Add or propagate the route in the transit gateway route table that the attachment is associated with.',
  TGW_ROUTE_AZ_RESTRICTION: 'Add a subnet in this Availability Zone to the attachment.',
  TGW_ATTACH_VPC_AZ_RESTRICTION: 'Turn on appliance mode for the attachment.',
  SG_REFERENCES_NOT_PRESERVED: 'Use a CIDR in the rule: a reference to a group does not survive this way.',
  SG_REFERENCING_SUPPORT:
    'Turn on security-group referencing on the transit gateway and both attachments, or use a CIDR.',
  ELBV2_LISTENERS_MISMATCH: 'Ask for a port on which the load balancer listens, or add a listener.',
  ELBV2_NO_TARGETS_IN_AZ: 'Register a target in an enabled Availability Zone, or turn on cross-zone load balancing.',
  TARGET_UNHEALTHY: 'Make the target pass its health check.',
  NLB_HAIRPIN: 'Turn off client IP preservation for the target group, or call the service itself.',
  ADDRESS_WITHOUT_INTERFACE: 'Ask for an address that an interface holds.',
  VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS: 'Ask for an address that an interface holds.',
  NAT_GATEWAY_IS_NOT_A_DESTINATION: 'Ask for the host itself: a NAT gateway listens to nobody.',
  EIGW_REJECTS_INBOUND: 'Route IPv6 to an internet gateway: an egress-only one lets nothing in.',
  REPLY_GOES_ELSEWHERE: 'Route the replies back the way the request came.',
  ENI_SOURCE_DEST_CHECK_RESTRICTION: 'Turn off the source/destination check of the appliance.',
  NGW_REQUIRES_SOURCE_IN_VPC: 'Give the sender a NAT gateway of its own VPC, or bring it in over a transit gateway.',
  MORE_SPECIFIC_ROUTE: 'Remove the more specific route, or point it at the same target.',
  TGW_RTB_BAD_STATE_ROUTE: 'Replace the blackhole route of the transit gateway route table.',
  ROUTING_LOOP: 'Point one of the routes at a target that does not lead back.',
  UNASSOCIATED_COMPONENT: 'Attach the gateway to a VPC.',
  VGW_PRIVATE_IP_ASSOCIATION_FOR_EGRESS: 'Use a transit gateway: a virtual private gateway is no transit.',
  VPCE_GATEWAY_PROTOCOL_RESTRICTION: 'Use TCP: a gateway endpoint carries nothing else but ICMP echo.',
  ENDPOINT_PORT_NOT_SERVED: 'Ask for the port of the service, 443 for nearly all.',
  DISCONNECTED_VPCS: 'Join the VPCs by a peering connection or a transit gateway.',
  PCX_REQUIRES_ADDRESS_IN_VPC_CIDR: 'Peer the two VPCs directly: peering is not transitive.',
};
