import type { NetworkInterface } from '../../../model/resources/network-interface.ts';
import type { RegionSnapshot, Snapshot } from '../../../model/snapshot/snapshot.ts';
import { compareText, everywhere } from '../../../network/facts/inventory.ts';
import { nodesOf, nodesOfClassic } from '../../../network/facts/load-balancing.ts';
import { loadBalancerByArn } from '../../../network/facts/resources-by-id.ts';
import { type BalancedTargets, balancedTargets, classicTargets } from './balanced-targets.ts';

/** A load balancer of either generation, with its nodes and targets. */
export interface Balancer {
  /** The ARN; of a Classic Load Balancer, its name. */
  readonly id: string;
  readonly name: string;
  readonly scheme: string;
  readonly vpcId: string;
  readonly region: RegionSnapshot;
  readonly groupIds: readonly string[];
  readonly nodes: readonly NetworkInterface[];
  readonly targets: BalancedTargets;
}

const classicLoadBalancers = everywhere('classicLoadBalancers');

/** Every load balancer that has targets, or whose targets could not be read. */
export function balancers(snapshot: Snapshot): readonly Balancer[] {
  const current = [...loadBalancerByArn(snapshot).values()].map((located) => {
    const { loadBalancerArn: id, loadBalancerName: name, scheme, vpcId, securityGroups } = located.resource;
    const nodes = nodesOf(snapshot, id).map(({ resource }) => resource);
    const targets = balancedTargets(snapshot, located);
    return { id, name, scheme, vpcId, region: located.region, groupIds: securityGroups, nodes, targets };
  });
  const classic = classicLoadBalancers(snapshot).map(({ resource, region }) => {
    const { loadBalancerName: id, scheme, vpcId, securityGroupIds, instanceIds } = resource;
    const nodes = nodesOfClassic(snapshot, id).map((node) => node.resource);
    const targets = classicTargets(snapshot, instanceIds);
    return { id, name: id, scheme, vpcId, region, groupIds: securityGroupIds, nodes, targets };
  });
  return [...current, ...classic]
    .flatMap(({ scheme = 'internal', vpcId, ...own }): readonly Balancer[] =>
      vpcId === undefined || own.targets.interfaces.length + own.targets.missing.length === 0
        ? []
        : [{ ...own, scheme, vpcId }],
    )
    .sort((a, b) => compareText(`${a.vpcId} ${a.id}`, `${b.vpcId} ${b.id}`));
}
