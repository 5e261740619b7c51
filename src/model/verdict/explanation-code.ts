/**
 * Why a packet does not arrive, or why that cannot be told. Codes of EC2 Network Insights wherever one fits, so that
 * users of Reachability Analyzer know them (EC2 user guide, explanation-codes).
 */
export const networkInsightsCodes = [
  'ASSUMPTION_PRESERVE_CLIENT_IP_IS_DISABLED',
  'ASSUMPTION_PRESERVE_CLIENT_IP_IS_ENABLED',
  'AVAILABILITY_ZONE_CROSSED',
  'BAD_STATE',
  'BAD_STATE_ATTACHMENT',
  'BAD_STATE_ROUTE',
  'BAD_STATE_VPN',
  'DISCONNECTED_VPCS',
  'ELB_LISTENERS_MISMATCH',
  'ELBV2_LISTENER_HAS_NO_TG',
  'ELBV2_LISTENERS_MISMATCH',
  'ELBV2_NO_TARGETS_IN_AZ',
  'ENI_ADDRESS_RESTRICTION',
  'ENI_SG_RULES_MISMATCH',
  'ENI_SOURCE_DEST_CHECK_RESTRICTION',
  'GATEWAY_REJECTS_SPOOFED_TRAFFIC',
  'HIGHER_PRIORITY_ROUTE',
  'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS',
  'IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS',
  'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS',
  'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS',
  'IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS',
  'IGW_SOURCE_ADDRESS_NOT_IN_RFC6598_INGRESS',
  'INGRESS_RTB_TRAFFIC_REDIRECTION',
  'MISSING_TARGET_GROUP_ATTRIBUTES',
  'MORE_SPECIFIC_ROUTE',
  'NGW_REQUIRES_SOURCE_IN_VPC',
  'NO_PATH',
  'NO_ROUTE_TO_DESTINATION',
  'PATH_THROUGH_GWLB_NOT_CHECKED',
  'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR',
  'PROTOCOL_RESTRICTION',
  'REGIONAL_NGW_ROUTE_AZ_RESTRICTION',
  'SG_HAS_NO_RULES',
  'SG_REFERENCES_NOT_PRESERVED',
  'SG_REFERENCING_SUPPORT',
  'SUBNET_ACL_RESTRICTION',
  'TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION',
  'TGW_ATTACH_VPC_AZ_RESTRICTION',
  'TGW_BAD_STATE_VPN',
  'TGW_ROUTE_AZ_RESTRICTION',
  'TGW_RTB_BAD_STATE_ROUTE',
  'TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT',
  'TGW_RTB_ROUTES_ARE_UNKNOWN',
  'TRANSIT_GATEWAY_APPLIANCE_MODE_RECOMMENDED',
  'UNASSOCIATED_COMPONENT',
  'UNKNOWN_DESTINATION',
  'UNKNOWN_PEERED_SGS',
  'UNKNOWN_RESOURCE',
  'UNSUPPORTED_COMPONENT',
  'VGW_PRIVATE_IP_ASSOCIATION_FOR_EGRESS',
  'VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS',
  'VPC_BLOCK_PUBLIC_ACCESS_ENABLED',
  'VPC_LOCAL_ROUTE_CIDR_RESTRICTION',
  'VPCE_GATEWAY_PROTOCOL_RESTRICTION',
  'VPCE_INTRA_VPC_TRAFFIC',
  'VPCE_SERVICE_NOT_INSTALLED_IN_AZ',
] as const;

/** Conditions for which Network Insights has no word. */
export const ownCodes = [
  /** The address lies in the VPC and no interface holds it: the VPC's router drops the packet. */
  'ADDRESS_WITHOUT_INTERFACE',
  /** Two prefix-list routes of equal length lead to different targets: which one AWS takes is not documented. */
  'AMBIGUOUS_PREFIX_LIST_ROUTES',
  /** An egress-only internet gateway lets nothing in that was not asked for from inside. */
  'EIGW_REJECTS_INBOUND',
  /** The interface is set to refuse traffic of internet gateways. */
  'ENI_DENIES_IGW_TRAFFIC',
  /** A service endpoint answers on its service's port alone. */
  'ENDPOINT_PORT_NOT_SERVED',
  /** The instance is not running: nobody sends or answers. */
  'INSTANCE_NOT_RUNNING',
  /** The interface is attached to nothing. */
  'INTERFACE_NOT_ATTACHED',
  /** AWS chooses among several ways and not all of them work: some connections succeed, others fail. */
  'INTERMITTENT',
  /** An interface of a service that takes no connections (a function, an attachment of a transit gateway). */
  'INTERFACE_IS_NOT_A_DESTINATION',
  /** Traffic enters an appliance; whether it forwards is not visible. */
  'MIDDLEBOX_NOT_VISIBLE',
  /** The reply leaves by a NAT gateway that holds no state for it. */
  'NAT_GATEWAY_HAS_NO_STATE',
  /** A NAT gateway listens to nobody. */
  'NAT_GATEWAY_IS_NOT_A_DESTINATION',
  /** A target calls its own load balancer, is chosen, and would receive a packet from itself. */
  'NLB_HAIRPIN',
  /** An operation that decides the path was not called or failed. */
  'NOT_COLLECTED',
  /** A component whose behaviour this program does not model. */
  'NOT_MODELLED',
  /** The far side of a VPN or Direct Connect is not visible. */
  'ON_PREMISES_NOT_VISIBLE',
  /** Only a part of the source ports that were asked for gets through and is answered. */
  'PARTIAL_SOURCE_PORT_RANGE',
  /** The entries of a prefix list could not be read. */
  'PREFIX_LIST_UNREADABLE',
  /** The reply does not come back to where the packet came from. */
  'REPLY_GOES_ELSEWHERE',
  /** Routes lead in a circle. */
  'ROUTING_LOOP',
  /** Both addresses belong to one instance: the packet never leaves the host and nothing filters it. */
  'SAME_HOST',
  /** The load balancer sends nothing to an unhealthy target. */
  'TARGET_UNHEALTHY',
  /** A policy table of the transit gateway decides before its route tables, and cannot be evaluated. */
  'TGW_POLICY_TABLE_NOT_EVALUATED',
] as const;

/** The code of an explanation. */
export type ExplanationCode = (typeof networkInsightsCodes)[number] | (typeof ownCodes)[number];
