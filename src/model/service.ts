/** The AWS services whose answers a snapshot holds, spelt as the AWS CLI spells them: the first part of file names. */
export type ServiceName =
  | 'ec2'
  | 'elb'
  | 'elbv2'
  | 'network-firewall'
  | 'directconnect'
  | 'route53resolver'
  | 'cloudwatch'
  | 'logs';

/** The service part of an IAM action, by the CLI's name of the service (Service Authorization Reference). */
export const iamPrefixes: Readonly<Record<ServiceName, string>> = {
  ec2: 'ec2',
  elb: 'elasticloadbalancing',
  elbv2: 'elasticloadbalancing',
  'network-firewall': 'network-firewall',
  directconnect: 'directconnect',
  route53resolver: 'route53resolver',
  cloudwatch: 'cloudwatch',
  logs: 'logs',
};

/** The services in the order in which they are listed above. */
export const serviceNames: readonly ServiceName[] = Object.keys(iamPrefixes) as ServiceName[];

/** The service that an IAM action belongs to; of the two of Elastic Load Balancing, the newer. */
export function serviceOfIamPrefix(prefix: string): ServiceName | undefined {
  return serviceNames.findLast((service) => iamPrefixes[service] === prefix);
}
