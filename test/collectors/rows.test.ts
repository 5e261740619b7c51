import { NormalizedSchema } from '@smithy/core/schema';
import { describe, expect, it } from 'vitest';
import { iamAction, operationId } from '../../src/aws/operation.ts';
import { iamPolicy, sessionPolicy } from '../../src/collectors/iam-policy.ts';
import { operationOf, type Row } from '../../src/collectors/row.ts';
import { accountOperations, declaredOperations, rows, rowsFor } from '../../src/collectors/rows.ts';
import { serviceExports } from '../aws/service-exports.ts';
import { iamActionOf, type ResourceKey, resourceKeys, resourceKinds } from '../../src/model/resources.ts';
import type { ServiceName } from '../../src/model/service.ts';

/** The members of an operation's input and answer, as the SDK's model of the API has them. */
function membersOf(row: Row): {
  readonly input: ReadonlyMap<string, Schema>;
  readonly answer: ReadonlyMap<string, Schema>;
} {
  const schema = serviceExports(resourceKinds[row.key].service)[`${row.operation}$`] as readonly unknown[] | undefined;
  if (schema === undefined) throw new Error(`the SDK has no ${row.operation}`);
  const members = (index: number): ReadonlyMap<string, Schema> =>
    new Map(NormalizedSchema.of(schema[index] as never).structIterator());
  return { input: members(4), answer: members(5) };
}
type Schema = ReturnType<typeof NormalizedSchema.of>;

const writes =
  /^(Accept|Allocate|Associate|Attach|Authorize|Cancel|Copy|Create|Delete|Deregister|Detach|Disable|Disassociate|Enable|Modify|Put|Reboot|Register|Reject|Release|Replace|Request|Reset|Restore|Revoke|Run|Send|Set|Start|Stop|Terminate|Update)/;

describe('the rows', () => {
  it('collect every kind, each once', () => {
    expect(rows.map(({ key }) => key).sort()).toEqual([...resourceKeys].sort());
  });

  it.each(rows.map((row) => [row.key, row] as const))('%s agree with the kind and with the API', (key, row) => {
    const kind = resourceKinds[key];
    expect(row.operation).toBe(kind.operation);
    expect(row.operation).toMatch(/^(Describe|Get|Search|List)[A-Z]/);
    expect(row.forEach === undefined ? undefined : { kind: row.forEach.kind, input: row.forEach.input }).toEqual(
      kind.per,
    );
    const { input, answer } = membersOf(row);
    const sent = [
      ...Object.keys(row.input ?? {}),
      ...(row.paging === undefined ? [] : [row.paging.sizeMember, row.paging.tokenMember]),
      ...(row.forEach === undefined ? [] : [row.forEach.input]),
      ...(row.forEach?.variants ?? []).flatMap((variant) => Object.keys(variant.input)),
    ];
    for (const member of sent) expect([...input.keys()]).toContain(member);
    const read = [
      ...(kind.member === undefined
        ? [
            ...(row.forEach?.variants ?? []).map(({ expects }) => expects),
            ...(kind.whole === undefined ? [] : [kind.whole]),
          ]
        : [kind.member]),
      ...(row.paging === undefined ? [] : [row.paging.nextTokenMember]),
      ...(row.truncatedMember === undefined ? [] : [row.truncatedMember]),
    ];
    expect(read.length).toBeGreaterThan(0);
    for (const member of read) expect([...answer.keys()]).toContain(member);
    if (kind.member !== undefined) expect(answer.get(kind.member)?.isListSchema()).toBe(kind.shape !== 'object');
    // An operation that can page does page, and no other.
    expect(row.paging !== undefined).toBe(
      [...input.keys()].some((member) => /^(NextToken|Marker|nextToken)$/.test(member)),
    );
  });

  it('ask for pages as large as is admitted, and no larger', () => {
    const largest: Partial<Record<ResourceKey, number>> = {
      routeTables: 100,
      managedPrefixLists: 100,
      managedPrefixListEntries: 100,
      egressOnlyInternetGateways: 255,
      staleSecurityGroups: 255,
      instanceConnectEndpoints: 50,
      launchTemplateVersions: 200,
    };
    const ofService: Readonly<Record<ServiceName, number>> = {
      ec2: 1000,
      elb: 400,
      elbv2: 400,
      'network-firewall': 100,
      directconnect: 100,
      route53resolver: 100,
      cloudwatch: 100,
      logs: 50,
    };
    for (const { key, paging } of rows) {
      if (paging === undefined) continue;
      expect([key, paging.size]).toEqual([key, largest[key] ?? ofService[resourceKinds[key].service]]);
    }
  });

  it('bring along the kinds that they are asked per, and no others', () => {
    expect(rowsFor(['listenerRules']).map(({ key }) => key)).toEqual(['loadBalancers', 'listeners', 'listenerRules']);
    expect(rowsFor(['subnets']).map(({ key }) => key)).toEqual(['subnets']);
    expect(rowsFor([])).toEqual([]);
    expect(rowsFor(undefined)).toBe(rows);
  });
});

describe('the policy', () => {
  it('allows exactly what is declared, sorted, and nothing that writes', () => {
    const actions = iamPolicy().Statement[0].Action;
    const declared = [...accountOperations, ...rows.map(operationOf)];
    expect(new Set(actions)).toEqual(new Set(declared.map(iamAction)));
    expect(actions).toEqual([...new Set(actions)].sort());
    for (const action of actions) expect(action.split(':')[1]).not.toMatch(writes);
    expect(declaredOperations(rows)).toEqual(new Set(declared.map(operationId)));
  });

  it('names the same action for a kind as the model does', () => {
    for (const row of rows) expect(iamAction(operationOf(row))).toBe(iamActionOf(row.key));
  });

  it('of some kinds allows only what they need', () => {
    expect(iamPolicy(['vpcAttributes']).Statement[0].Action).toEqual([
      'ec2:DescribeRegions',
      'ec2:DescribeVpcAttribute',
      'ec2:DescribeVpcs',
      'sts:GetCallerIdentity',
    ]);
  });

  it('of a session fits into AssumeRole and allows every action, and no other verb than reading ones', () => {
    const text = sessionPolicy();
    expect(text.length).toBeLessThanOrEqual(2048);
    const patterns = (JSON.parse(text) as { Statement: [{ Action: string[] }] }).Statement[0].Action;
    const matches = (action: string): boolean =>
      patterns.some((pattern) =>
        pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : action === pattern,
      );
    for (const action of iamPolicy().Statement[0].Action) expect(matches(action)).toBe(true);
    for (const action of ['ec2:GetPasswordData', 'ec2:GetConsoleOutput', 'ec2:RunInstances', 's3:GetObject']) {
      expect(matches(action)).toBe(false);
    }
  });
});
