import { NormalizedSchema } from '@smithy/core/schema';
import type { SchemaRef, StaticOperationSchema } from '@smithy/types';
import type { MockService } from '../world.ts';

/** The shapes of an operation, as the SDK itself reads and writes them. */
export interface OperationSchema {
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
}

/** Loading the EC2 client costs about a second, so each service is loaded when first asked for. */
const modules: Readonly<Record<MockService, () => Promise<object>>> = {
  ec2: () => import('@aws-sdk/client-ec2'),
  elb: () => import('@aws-sdk/client-elastic-load-balancing'),
  elbv2: () => import('@aws-sdk/client-elastic-load-balancing-v2'),
  'network-firewall': () => import('@aws-sdk/client-network-firewall'),
  directconnect: () => import('@aws-sdk/client-direct-connect'),
  // The newest client that runs here is older than the schemas
  route53resolver: () => import('./route53resolver.ts'),
  cloudwatch: () => import('@aws-sdk/client-cloudwatch'),
  logs: () => import('@aws-sdk/client-cloudwatch-logs'),
  sts: () => import('@aws-sdk/client-sts'),
  organizations: () => import('@aws-sdk/client-organizations'),
};

const loaded = new Map<MockService, Promise<Readonly<Record<string, unknown>>>>();

function moduleOf(service: MockService): Promise<Readonly<Record<string, unknown>>> {
  const known = loaded.get(service);
  if (known !== undefined) return known;
  const loading = modules[service]().then((module) => module as Readonly<Record<string, unknown>>);
  loaded.set(service, loading);
  return loading;
}

const schemas = new Map<string, OperationSchema | undefined>();

/** The schema of an operation; `undefined` where the service has none of that name. */
export async function operationSchema(service: MockService, operation: string): Promise<OperationSchema | undefined> {
  const key = `${service}.${operation}`;
  if (!schemas.has(key)) schemas.set(key, toSchema((await moduleOf(service))[`${operation}$`]));
  return schemas.get(key);
}

function toSchema(exported: unknown): OperationSchema | undefined {
  // An operation's schema is a tuple: kind 9, namespace, name, traits, input, output
  if (!Array.isArray(exported) || exported[0] !== 9) return undefined;
  const [, , , , input, output] = exported as unknown as StaticOperationSchema;
  return { input: normalize(input), output: normalize(output) };
}

const normalize = (schema: SchemaRef): NormalizedSchema => NormalizedSchema.of(schema);

/** Every operation of a service. */
export async function operationsOf(service: MockService): Promise<readonly string[]> {
  const module = await moduleOf(service);
  return Object.keys(module)
    .filter((name) => name.endsWith('$') && toSchema(module[name]) !== undefined)
    .map((name) => name.slice(0, -1))
    .sort();
}
