import type { NetworkInterface } from '../model/resources/network-interface.ts';
import type { InterfaceKind } from '../model/verdict/network-map.ts';
import { derive, type Derived } from '../network/facts/derive.ts';
import { interfaceRole } from '../network/facts/interface-role.ts';

/** Services of AWS that keep data, by the requester of their interfaces. */
const databaseRequesters: ReadonlySet<string> = new Set([
  'amazon-rds',
  'amazon-elasticache',
  'amazon-redshift',
  'amazon-dax',
  'amazon-memorydb',
]);

/** The same by the description that they write, where they act under a role of the account. */
const databaseDescription = /^(RDSNetworkInterface|RedshiftNetworkInterface|ElastiCache|ES |DMSNetworkInterface|DAX )/;

const containerDescription = /^(arn:aws[a-z-]*:ecs:|aws-K8S-|Amazon EKS)/;

/** Whose interface it is, by its type, its requester and its description. */
export const interfaceKind: Derived<NetworkInterface, InterfaceKind> = derive((own) => {
  switch (interfaceRole(own)) {
    case 'nat-gateway':
    case 'transit-gateway':
      return interfaceRole(own) === 'nat-gateway' ? 'nat-gateway' : 'transit-gateway';
    case 'lambda':
      return 'function';
    case 'vpc-endpoint':
    case 'gateway-load-balancer-endpoint':
      return 'vpc-endpoint';
    case 'plain':
      return plainKind(own);
    default:
      return 'load-balancer';
  }
});

function plainKind({ interfaceType, requesterId, description, attachment, status }: NetworkInterface): InterfaceKind {
  if (databaseRequesters.has(requesterId ?? '') || databaseDescription.test(description)) return 'database';
  if (description.startsWith('EFS mount target')) return 'file-system';
  if (/^(branch|trunk|ecs)/.test(interfaceType) || containerDescription.test(description)) return 'container';
  if (attachment?.instanceId !== undefined) return 'instance';
  return status === 'available' ? 'unattached' : 'other';
}
