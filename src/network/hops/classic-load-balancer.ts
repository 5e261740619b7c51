import type { ClassicLoadBalancer } from '../../model/resources/classic-load-balancer.ts';
import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { Located } from '../facts/inventory.ts';
import { doubted, type Flow } from '../path/flow.ts';
import { admitOnly } from '../path/pass-filter.ts';
import { end, type Step } from '../path/step.ts';
import { everyIpv4Packet, everyIpv6Packet, intersectTraffic, type Traffic } from '../sets/traffic.ts';

/**
 * A Classic Load Balancer takes its listeners' ports; what its instances then see (network ACLs even within a subnet,
 * health that is not collected) is not modelled, so packets that a listener takes are doubtful.
 */
export function throughClassicLoadBalancer(
  flow: Flow,
  node: Located<NetworkInterface>,
  balancer: ClassicLoadBalancer,
): Step {
  const component = { id: balancer.loadBalancerName, type: 'load-balancer' as const };
  const taken: Traffic = balancer.listeners.flatMap(({ loadBalancerPort }) =>
    loadBalancerPort === undefined
      ? []
      : [everyIpv4Packet, everyIpv6Packet].map((every) => ({
          ...every,
          protocols: [6, 7],
          destinationPorts: [loadBalancerPort, loadBalancerPort + 1],
        })),
  );
  const next = admitOnly(flow, (seen) => intersectTraffic(seen, taken), {
    explanationCode: 'ELB_LISTENERS_MISMATCH',
    component,
    text: `No listener of ${balancer.loadBalancerName} takes it.`,
  });
  const text = `What lies behind the Classic Load Balancer ${balancer.loadBalancerName} (${node.resource.networkInterfaceId}) is not modelled.`;
  return end(
    doubted(next, { explanationCode: 'NOT_MODELLED', component, text }, [
      { fact: `the instances behind ${balancer.loadBalancerName}` },
    ]),
  );
}
