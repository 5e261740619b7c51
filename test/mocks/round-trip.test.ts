import { EC2Client } from '@aws-sdk/client-ec2';
import * as ec2 from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { keysOf } from '../../mocks/answer/identity.ts';
import { rulesOf } from '../../mocks/operations.ts';
import { createRequestHandler, retryWithoutDelay } from '../../mocks/request-handler.ts';
import type { Document } from '../../mocks/world.ts';
import type { ServiceName } from '../../src/model/service.ts';
import { resourceKinds } from '../../src/model/resources.ts';
import { serviceExports } from '../aws/service-exports.ts';
import { richWorld } from './rich-world.ts';

const world = richWorld();
const requestHandler = createRequestHandler({ world, settings: { emptyLastPage: false } });
const config = {
  region: 'eu-west-1',
  credentials: keysOf('111122223333'),
  requestHandler,
  retryStrategy: retryWithoutDelay(),
};
const clientNames: Readonly<Record<ServiceName, string>> = {
  ec2: 'EC2Client',
  elb: 'ElasticLoadBalancingClient',
  elbv2: 'ElasticLoadBalancingV2Client',
  'network-firewall': 'NetworkFirewallClient',
  directconnect: 'DirectConnectClient',
  route53resolver: 'Route53ResolverClient',
  cloudwatch: 'CloudWatchClient',
  logs: 'CloudWatchLogsClient',
};

interface Client {
  readonly send: (command: never) => Promise<object>;
}
const clients = new Map<ServiceName, Client>();

function clientOf(service: ServiceName): Client {
  const known = clients.get(service);
  if (known !== undefined) return known;
  const Made = serviceExports(service)[clientNames[service]] as new (configuration: object) => Client;
  const client = new Made(config);
  clients.set(service, client);
  return client;
}

type Command = new (input: object) => never;

/** The whole answer as the real SDK client reads it, page by page. */
async function readAll(service: ServiceName, operation: string, input: object): Promise<Record<string, unknown>> {
  const rules = rulesOf(`${service}.${operation}`);
  const command = serviceExports(service)[`${operation}Command`] as Command;
  const size = rules?.paging === undefined ? {} : { [rules.paging.sizeInput]: rules.paging.max };
  const whole: Record<string, unknown> = {};
  let token: unknown;
  do {
    const next = token === undefined ? {} : { [rules?.paging?.tokenInput ?? 'NextToken']: token };
    const answered = await clientOf(service).send(new command({ ...input, ...size, ...next }));
    const page = Object.fromEntries(Object.entries(answered).filter(([member]) => member !== '$metadata'));
    token = page[rules?.paging?.tokenOutput ?? 'NextToken'];
    for (const [member, value] of Object.entries(page)) {
      if (member === rules?.paging?.tokenOutput || value === undefined) continue;
      whole[member] =
        Array.isArray(whole[member]) && Array.isArray(value) ? [...(whole[member] as unknown[]), ...value] : value;
    }
  } while (token !== undefined && token !== '');
  return whole;
}

/** As JSON, in which dates are text: how a snapshot holds it. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const documents = [...(world.accounts.get('111122223333')?.regions.get('eu-west-1') ?? [])] as (readonly [
  string,
  Document,
])[];

/** What asks for the document of a key. */
function inputFor(key: string): object {
  const [stem = '', file] = key.split('/');
  const rules = rulesOf(stem);
  const hidden = rules?.hidden === undefined ? {} : { [rules.hidden.unless]: true };
  if (rules?.per === undefined || file === undefined) return hidden;
  const [name = '', attribute] =
    file.includes('+') && rules.per.attributeInput !== undefined ? file.split('+') : [file];
  const parents = documents.filter(
    ([parent]) => parent === rules.per?.parents || parent.startsWith(`${rules.per?.parents ?? ''}/`),
  );
  const ids = parents
    .flatMap(
      ([, document]) => (document[rulesOf(rules.per?.parents ?? '')?.list ?? ''] ?? []) as Record<string, string>[],
    )
    .map((item) => item[rules.per?.parentMember ?? ''] ?? '');
  const id =
    ids.find((candidate) => candidate.slice(candidate.lastIndexOf(':') + 1).replaceAll('/', '+') === name) ?? name;
  const filters =
    rules.filtersRequired === true ? { Filters: [{ Name: 'state', Values: ['active', 'blackhole'] }] } : {};
  return {
    [rules.per.input]: id,
    ...(attribute === undefined ? {} : { [rules.per.attributeInput ?? '']: attribute }),
    ...filters,
  };
}

describe('a round trip through the real SDK client', () => {
  test.each(documents)('%s comes back as it is in the world', async (key, document) => {
    const [service = '', operation = ''] = (key.split('/')[0] ?? '').split('.');
    const read = await readAll(service as ServiceName, operation, inputFor(key));
    expect(plain(read)).toEqual(plain(document));
  });

  test('covers every operation that the program reads', () => {
    const sampled = new Set(
      documents
        .filter(([key, document]) => {
          const list = rulesOf(key.split('/')[0] ?? '')?.list;
          return list === undefined || ((document[list] ?? []) as unknown[]).length > 0;
        })
        .map(([key]) => key.split('/')[0]),
    );
    const used = Object.values(resourceKinds).map(({ service, operation }) => `${service}.${operation}`);
    const missing = used.filter((operation) => !sampled.has(operation));
    expect(missing).toEqual([]);
  });

  test('of an operation that no rule knows gives an empty list, not an absent one', async () => {
    const command = ec2.DescribeVerifiedAccessEndpointsCommand;
    const { VerifiedAccessEndpoints } = await new EC2Client(config).send(new command({ MaxResults: 5 }));
    expect(VerifiedAccessEndpoints).toEqual([]);
  });

  test('of a member that the schema does not know is an error that names it', async () => {
    const broken = richWorld();
    const region = broken.accounts.get('111122223333')?.regions.get('eu-west-1') as Map<string, Document>;
    region.set('ec2.DescribeVpcs', { Vpcs: [{ VpcID: 'vpc-0123456789abcdef0' }] });
    const client = new EC2Client({ ...config, requestHandler: createRequestHandler({ world: broken }) });
    await expect(client.send(new ec2.DescribeVpcsCommand({}))).rejects.toMatchObject({
      name: 'FixtureError',
      message: expect.stringContaining('Vpcs[0].VpcID'),
    });
  });
});
