import { iamPrefixes, type ServiceName } from '../model/service.ts';

/** The services that this program calls, spelt as the AWS CLI spells them. */
export type AwsService = ServiceName | 'sts' | 'organizations';

/** The name of an operation that reads. Nothing else can be sent: AWS names every operation that changes something otherwise. */
export type ReadOperation = `Describe${string}` | `Get${string}` | `Search${string}` | `List${string}`;

/** An operation with its service, such as `ec2:DescribeSubnets`. */
export type OperationId = `${AwsService}:${ReadOperation}`;

/** One operation of one service. */
export interface Operation {
  readonly service: AwsService;
  readonly operation: ReadOperation;
}

/** The operation as one word. */
export function operationId({ service, operation }: Operation): OperationId {
  return `${service}:${operation}`;
}

/** The permission that an operation needs: the service's IAM prefix and the operation (Service Authorization Reference). */
export function iamAction({ service, operation }: Operation): string {
  const prefix = service === 'sts' || service === 'organizations' ? service : iamPrefixes[service];
  return `${prefix}:${operation}`;
}
