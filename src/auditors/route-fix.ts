import { awsCli } from './aws-cli.ts';

/** The command that takes a route out of a table, by whichever of its three destinations it has. */
export function deleteRoute(region: string, routeTableId: string, destination: string): string {
  const option = destination.startsWith('pl-')
    ? 'destination-prefix-list-id'
    : destination.includes(':')
      ? 'destination-ipv6-cidr-block'
      : 'destination-cidr-block';
  return awsCli(region, 'ec2', 'delete-route', { 'route-table-id': routeTableId, [option]: destination });
}
