/** What each service's SDK package exports, its schemas among it. */
import { createRequire } from 'node:module';
import * as route53resolver from '../../mocks/protocols/route53resolver.ts';
import type { ServiceName } from '../../src/model/service.ts';

const load = createRequire(import.meta.url);

const packages: Readonly<Record<Exclude<ServiceName, 'route53resolver'> | 'sts', string>> = {
  ec2: '@aws-sdk/client-ec2',
  elb: '@aws-sdk/client-elastic-load-balancing',
  elbv2: '@aws-sdk/client-elastic-load-balancing-v2',
  'network-firewall': '@aws-sdk/client-network-firewall',
  directconnect: '@aws-sdk/client-direct-connect',
  cloudwatch: '@aws-sdk/client-cloudwatch',
  logs: '@aws-sdk/client-cloudwatch-logs',
  sts: '@aws-sdk/client-sts',
};

/** The exports; the client of Route 53 Resolver has no schemas, so its commands are joined by ones written down. */
export function serviceExports(service: ServiceName | 'sts'): Readonly<Record<string, unknown>> {
  if (service !== 'route53resolver') return load(packages[service]) as Readonly<Record<string, unknown>>;
  return { ...(load('@aws-sdk/client-route53resolver') as object), ...route53resolver };
}
