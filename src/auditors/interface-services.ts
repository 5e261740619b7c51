import type { NetworkInterface } from '../model/resources/network-interface.ts';

/** Services of AWS that some hosts cannot do without, the hosts being recognised by their interfaces. */
export interface ServiceNeed {
  /** What for, as a finding says it. */
  readonly name: string;
  /** The endpoint services, as they stand behind the Region in their names; all of them together. */
  readonly services: readonly string[];
  readonly isNeededBy: (client: NetworkInterface) => boolean;
}

/** Hosts that people run; those that a service runs, such as nodes of EKS Auto Mode, the service looks after. */
const onInstance = ({ attachment, interfaceType, operator }: NetworkInterface): boolean =>
  attachment?.instanceId !== undefined && interfaceType === 'interface' && operator?.managed !== true;

const isContainer = ({ interfaceType, description }: NetworkInterface): boolean =>
  /^(branch|trunk|ecs)/.test(interfaceType) || /^(arn:aws[a-z-]*:ecs:|aws-K8S-|Amazon EKS)/.test(description);

/**
 * The needs that interfaces show by themselves (Systems Manager guide, VPC endpoints; ECR guide, interface endpoints).
 * What a program calls beyond that cannot be seen in the network.
 */
export const serviceNeeds: readonly ServiceNeed[] = [
  { name: 'Systems Manager', services: ['ssm', 'ssmmessages'], isNeededBy: onInstance },
  { name: 'the EC2 API', services: ['ec2'], isNeededBy: isContainer },
  { name: 'the container registry', services: ['ecr.api', 'ecr.dkr'], isNeededBy: isContainer },
];
