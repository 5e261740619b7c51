import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import { derive, type Derived } from './derive.ts';

/** What stands behind an interface, as far as it changes what happens to packets. */
export type InterfaceRole =
  | 'plain'
  | 'nat-gateway'
  | 'transit-gateway'
  | 'lambda'
  | 'vpc-endpoint'
  | 'gateway-load-balancer-endpoint'
  | 'gateway-load-balancer'
  | 'network-load-balancer'
  | 'application-load-balancer'
  | 'classic-load-balancer';

/**
 * The role of an interface, from its type and, for load balancers whose interfaces are of type `interface`, from the
 * description that Elastic Load Balancing gives them. Databases, caches, containers and the like are plain: they answer
 * behind their security groups.
 */
export const interfaceRole: Derived<NetworkInterface, InterfaceRole> = derive(({ interfaceType, description }) => {
  switch (interfaceType.toLowerCase().replaceAll('_', '')) {
    case 'natgateway':
      return 'nat-gateway';
    case 'transitgateway':
      return 'transit-gateway';
    case 'lambda':
      return 'lambda';
    case 'vpcendpoint':
      return 'vpc-endpoint';
    case 'gatewayloadbalancerendpoint':
      return 'gateway-load-balancer-endpoint';
    case 'gatewayloadbalancer':
      return 'gateway-load-balancer';
    case 'networkloadbalancer':
      return 'network-load-balancer';
    default:
      return loadBalancerRole(description);
  }
});

function loadBalancerRole(description: string): InterfaceRole {
  if (description.startsWith('ELB app/')) return 'application-load-balancer';
  if (description.startsWith('ELB net/')) return 'network-load-balancer';
  if (description.startsWith('ELB gwy/')) return 'gateway-load-balancer';
  return description.startsWith('ELB ') ? 'classic-load-balancer' : 'plain';
}
