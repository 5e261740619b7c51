/** The two services that gateway endpoints lead to. */
export type GatewayService = 's3' | 'dynamodb';

/** With the names that people know. */
export const gatewayServices: readonly { readonly service: GatewayService; readonly name: string }[] = [
  { service: 's3', name: 'S3' },
  { service: 'dynamodb', name: 'DynamoDB' },
];

/** The name under which endpoints of a service of AWS are made in a Region. */
export const serviceNameOf = (service: string, region: string): string => `com.amazonaws.${region}.${service}`;

/**
 * The service of AWS that an endpoint's service name means in its Region (`ecr.dkr` of `com.amazonaws.eu-west-1.ecr.dkr`;
 * in China some names begin with `cn.`), or nothing for services of others.
 */
export function awsServiceOf(serviceName: string | undefined, region: string): string | undefined {
  const prefix = `com.amazonaws.${region}.`;
  const name = serviceName?.startsWith('cn.') === true ? serviceName.slice('cn.'.length) : serviceName;
  if (name === undefined || !name.startsWith(prefix)) return undefined;
  const service = name.slice(prefix.length);
  return service.startsWith('vpce-svc-') || service.startsWith('vpce.') ? undefined : service;
}

/** Services of AWS that do not answer on 443, or not there alone (their pages in the PrivateLink guide). */
const otherPorts: ReadonlySet<string> = new Set(['email-smtp', 'cassandra', 'cassandra-fips', 'transfer.server']);

/** Is it a service of AWS that answers on TCP 443 alone? */
export function answersOnHttps(serviceName: string | undefined, region: string): boolean {
  const service = awsServiceOf(serviceName, region);
  return service !== undefined && !otherPorts.has(service);
}
