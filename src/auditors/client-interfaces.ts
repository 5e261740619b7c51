import type { NetworkInterface } from '../model/resources/network-interface.ts';

/** Interfaces that are the network's own plumbing, in the two spellings that EC2 uses. */
const plumbing: ReadonlySet<string> = new Set([
  'natGateway',
  'nat_gateway',
  'vpc_endpoint',
  'transit_gateway',
  'load_balancer',
  'network_load_balancer',
  'gateway_load_balancer',
  'gateway_load_balancer_endpoint',
  'global_accelerator_managed',
  'api_gateway_managed',
]);

/** Services whose interfaces answer connections and open none of their own into the VPC. */
const answering: ReadonlySet<string> = new Set([
  'amazon-elb',
  'amazon-rds',
  'amazon-elasticache',
  'amazon-redshift',
  'amazon-dax',
]);

/** Can something behind the interface open connections: an instance, a task, a pod, a function? */
export function isClient({ interfaceType, requesterId, description, status }: NetworkInterface): boolean {
  return (
    status !== 'available' &&
    !plumbing.has(interfaceType) &&
    !answering.has(requesterId ?? '') &&
    !description.startsWith('EFS mount target') &&
    !description.startsWith('ELB ')
  );
}
