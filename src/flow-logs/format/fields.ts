/** How a field's values are read. Text files know no types; these are those of the Parquet files. */
export type FieldType = 'text' | 'integer' | 'bigint';

/** A documented field of a flow log record. */
export interface FlowLogField {
  /** As AWS spells it in a `LogFormat` and in the header of a text file; Parquet files write `_` for `-`. */
  readonly name: string;
  /** The version of flow logs that brought it. */
  readonly version: number;
  readonly type: FieldType;
  /** Which kind of flow log has it: of VPCs, subnets and interfaces, of transit gateways, or both. */
  readonly of: 'vpc' | 'transit-gateway' | 'both';
  readonly meaning: string;
}

type Line = readonly [name: string, meaning: string, type?: FieldType, of?: FlowLogField['of']];

/** The fields by version (VPC user guide, flow log records; Transit Gateway guide, flow log records). */
const byVersion: Readonly<Record<number, readonly Line[]>> = {
  2: [
    ['version', 'the highest version among the fields of the format', 'integer', 'both'],
    ['account-id', 'the owner of the interface; unknown for some interfaces of services', 'text', 'both'],
    ['interface-id', 'the interface that the traffic is recorded at; - for a regional NAT gateway'],
    ['srcaddr', 'the source; of outgoing traffic the primary private address of the interface', 'text', 'both'],
    ['dstaddr', 'the destination; of incoming traffic the primary private address of the interface', 'text', 'both'],
    ['srcport', 'the source port; 0 for ICMP', 'integer', 'both'],
    ['dstport', 'the destination port; 0 for ICMP', 'integer', 'both'],
    ['protocol', 'the IANA protocol number', 'integer', 'both'],
    ['packets', 'packets in the aggregation interval', 'bigint', 'both'],
    ['bytes', 'bytes in the aggregation interval', 'bigint', 'both'],
    ['start', 'Unix seconds of the first packet in the interval', 'bigint', 'both'],
    ['end', 'Unix seconds of the last packet in the interval', 'bigint', 'both'],
    ['action', 'ACCEPT or REJECT, by security groups, network ACLs and Block Public Access together'],
    ['log-status', 'OK, NODATA (nothing to log) or SKIPDATA (records were lost)', 'text', 'both'],
  ],
  3: [
    ['vpc-id', 'the VPC of the interface'],
    ['subnet-id', 'the subnet of the interface'],
    ['instance-id', 'the instance; - for interfaces that services manage'],
    ['tcp-flags', 'FIN 1, SYN 2, RST 4 and SYN-ACK 18 over the interval; 0 for any other', 'integer', 'both'],
    ['type', 'IPv4, IPv6 or EFA', 'text', 'both'],
    ['pkt-srcaddr', 'the source address in the packet'],
    ['pkt-dstaddr', 'the destination address in the packet'],
  ],
  4: [
    ['region', 'the Region of the interface', 'text', 'both'],
    ['az-id', 'the Availability Zone id of the interface'],
    ['sublocation-type', 'wavelength, outpost or localzone'],
    ['sublocation-id', 'the sublocation of the interface'],
  ],
  5: [
    ['pkt-src-aws-service', 'the AWS service whose public range holds the source', 'text', 'both'],
    ['pkt-dst-aws-service', 'the AWS service whose public range holds the destination', 'text', 'both'],
    ['flow-direction', 'ingress or egress, as the interface sees it', 'text', 'both'],
    ['traffic-path', 'how outgoing traffic leaves, 1 to 8', 'integer'],
  ],
  6: [
    ['resource-type', 'TransitGateway or TransitGatewayAttachment', 'text', 'transit-gateway'],
    ['tgw-id', 'the transit gateway', 'text', 'transit-gateway'],
    ['tgw-attachment-id', 'the attachment', 'text', 'transit-gateway'],
    ['tgw-src-vpc-account-id', 'the owner of the source VPC', 'text', 'transit-gateway'],
    ['tgw-dst-vpc-account-id', 'the owner of the destination VPC', 'text', 'transit-gateway'],
    ['tgw-src-vpc-id', 'the source VPC', 'text', 'transit-gateway'],
    ['tgw-dst-vpc-id', 'the destination VPC', 'text', 'transit-gateway'],
    ['tgw-src-subnet-id', 'the subnet of the source attachment', 'text', 'transit-gateway'],
    ['tgw-dst-subnet-id', 'the subnet of the destination attachment', 'text', 'transit-gateway'],
    ['tgw-src-eni', 'the interface of the source attachment', 'text', 'transit-gateway'],
    ['tgw-dst-eni', 'the interface of the destination attachment', 'text', 'transit-gateway'],
    ['tgw-src-az-id', 'the zone of the source attachment', 'text', 'transit-gateway'],
    ['tgw-dst-az-id', 'the zone of the destination attachment', 'text', 'transit-gateway'],
    ['tgw-pair-attachment-id', 'the other attachment of the flow', 'text', 'transit-gateway'],
    ['packets-lost-no-route', 'packets dropped for want of a route', 'bigint', 'transit-gateway'],
    ['packets-lost-blackhole', 'packets dropped by a blackhole route', 'bigint', 'transit-gateway'],
    ['packets-lost-mtu-exceeded', 'packets dropped for their size', 'bigint', 'transit-gateway'],
    ['packets-lost-ttl-expired', 'packets dropped for their age', 'bigint', 'transit-gateway'],
  ],
  7: [
    ['ecs-cluster-arn', 'the cluster of the ECS task'],
    ['ecs-cluster-name', 'its name'],
    ['ecs-container-instance-arn', 'the container instance'],
    ['ecs-container-instance-id', 'its id'],
    ['ecs-container-id', 'the first container'],
    ['ecs-second-container-id', 'the second container'],
    ['ecs-service-name', 'the ECS service'],
    ['ecs-task-definition-arn', 'the task definition'],
    ['ecs-task-arn', 'the task'],
    ['ecs-task-id', 'its id'],
  ],
  8: [['reject-reason', 'BPA (Block Public Access), EC (encryption controls), - for everything else']],
  9: [['resource-id', 'the regional NAT gateway']],
  10: [['encryption-status', '0 clear, 1 by Nitro, 2 by the application, 3 both', 'integer']],
  11: [
    ['instance-tag', 'the value of the first chosen tag of the instance, percent-encoded'],
    ['instance-tag-2', 'of the second'],
    ['interface-tag', 'the value of the first chosen tag of the interface, percent-encoded'],
    ['interface-tag-2', 'of the second'],
    ['asg-tag', 'the value of the first chosen tag of the Auto Scaling group, percent-encoded'],
    ['asg-tag-2', 'of the second'],
    ['interface-type', 'nat_gateway, network_load_balancer, regional_nat_gateway, transit_gateway or vpc_endpoint'],
    ['next-hop-interface-id', 'the interface that receives (egress) or sends (ingress)'],
    ['next-hop-subnet-id', 'its subnet'],
    ['next-hop-az-id', 'its Availability Zone id'],
    ['next-hop-vpc-id', 'its VPC'],
    ['next-hop-interface-type', 'its kind'],
  ],
};

/** Every documented field, by version and in the order of the documentation. */
export const flowLogFields: readonly FlowLogField[] = Object.entries(byVersion).flatMap(([version, lines]) =>
  lines.map(
    ([name, meaning, type = 'text', of = 'vpc']): FlowLogField => ({
      name,
      version: Number(version),
      type,
      of,
      meaning,
    }),
  ),
);

const byName: ReadonlyMap<string, FlowLogField> = new Map(flowLogFields.map((field) => [field.name, field]));

/** A field by the name in a header or `LogFormat`; `undefined` for one that is newer than this program. */
export const fieldNamed = (name: string): FlowLogField | undefined => byName.get(name);

/** The name of a field as a column: Parquet files and Athena tables write `_` where AWS writes `-`. */
export const columnOf = (fieldName: string): string => fieldName.replaceAll('-', '_');

/** The fields of a flow log that names none, in their fixed order. */
export const defaultFormat: readonly string[] = (byVersion[2] ?? []).map(([name]) => name);
