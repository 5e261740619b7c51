import type { MockService } from '../world.ts';
import type { OperationSchema } from './schemas.ts';

/** An error as the service says it. */
export interface ServiceError {
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

/** The body of an answer with its content type. */
export interface EncodedBody {
  readonly contentType: string;
  readonly body: string;
}

/** What a request asks for, before its parameters are read. */
export interface Named {
  readonly operation: string;
  /** Reads the parameters by the operation's schema. */
  readonly input: (schema: OperationSchema) => Record<string, unknown>;
}

/** One of the wire protocols of AWS. */
export interface Protocol {
  readonly name: (body: string, headers: Readonly<Record<string, string>>) => Named | undefined;
  /** Throws a `FixtureError` where the output says what the service cannot say. */
  readonly encode: (operation: string, schema: OperationSchema, output: unknown, requestId: string) => EncodedBody;
  readonly encodeError: (error: ServiceError, requestId: string) => EncodedBody;
}

/** The name in the credential scope of a signed request, by which the endpoint tells the services apart. */
export const signingNames: Readonly<Record<string, MockService | 'elb-or-elbv2'>> = {
  ec2: 'ec2',
  elasticloadbalancing: 'elb-or-elbv2',
  'network-firewall': 'network-firewall',
  directconnect: 'directconnect',
  route53resolver: 'route53resolver',
  monitoring: 'cloudwatch',
  logs: 'logs',
  sts: 'sts',
  organizations: 'organizations',
};
