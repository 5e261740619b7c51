import { resourceKinds } from '../../src/model/resources.ts';

/** Operations whose answers are no resource kind of the model, with the member that holds their items. */
const others: Readonly<Record<string, string>> = {
  'ec2.DescribeRegions': 'Regions',
  'ec2.DescribeVpcEndpointConnections': 'VpcEndpointConnections',
  'ec2.DescribeClientVpnRoutes': 'Routes',
};

const members: ReadonlyMap<string, string> = new Map([
  ...Object.values(resourceKinds).flatMap(({ service, operation, member, shape }) =>
    member === undefined || shape === 'object' ? [] : [[`${service}.${operation}`, member] as const],
  ),
  ...Object.entries(others),
]);

/** The member of the answer that holds the items of `service.Operation`. Throws where that is not known. */
export function listMemberOf(serviceOperation: string): string {
  const member = members.get(serviceOperation);
  if (member === undefined) throw new Error(`no list is known in the answer of ${serviceOperation}`);
  return member;
}

/** The operations that answer a list and are called once for the whole Region. */
export const regionWideLists: readonly string[] = [
  ...Object.values(resourceKinds).flatMap(({ service, operation, member, shape, per }) =>
    member === undefined || shape === 'object' || per !== undefined ? [] : [`${service}.${operation}`],
  ),
  'ec2.DescribeRegions',
];
