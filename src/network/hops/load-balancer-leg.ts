import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import type { ComponentReference } from '../../model/verdict/path.ts';
import { heldBy } from '../facts/addresses.ts';
import { type Located, missingResource } from '../facts/inventory.ts';
import { subnetById } from '../facts/resources-by-id.ts';
import type { Intervals } from '../sets/intervals.ts';
import { formatIpAddress, type IpAddress } from '../sets/ip-address.ts';
import { ephemeralPorts } from '../sets/port-set.ts';
import { doubted, type Flow, type SenderIdentity, withStep } from '../path/flow.ts';
import { end, go, type Step } from '../path/step.ts';
import { passSecurityGroups } from './security-group.ts';

/** A node's connection to one target. */
export interface Leg {
  readonly node: Located<NetworkInterface>;
  /** The load balancer. */
  readonly component: ComponentReference;
  readonly address: IpAddress;
  /** The registered port, which may differ from the listener's. */
  readonly port: number | undefined;
  /** Does the target see the client's address, or the node's? */
  readonly preserve: boolean;
}

/** From the node to the target: new destination, and unless the client's address is kept, the node's own as the source. */
export function sendOn(flow: Flow, leg: Leg): Step {
  const { node, address, port, preserve, component } = leg;
  const subnet = subnetById(flow.journey.snapshot).get(node.resource.subnetId);
  if (subnet === undefined) {
    const missing = missingResource(flow.journey.snapshot, 'subnets', node.resource.subnetId, {});
    return end(
      doubted(flow, { explanationCode: 'NOT_COLLECTED', component, text: `${node.resource.subnetId} is not known.` }, [
        missing,
      ]),
    );
  }
  const own = heldBy(node).find(({ family }) => family === address.family);
  const sources: Intervals | undefined = own === undefined ? undefined : single(own.value);
  const waypoint = {
    key: node.resource.networkInterfaceId,
    view: flow.view,
    identity: flow.identity,
    arrivedBy: flow.arrivedBy,
    replyVia: flow.replyVia,
  };
  let next: Flow = {
    ...flow,
    view: {
      ...flow.view,
      family: address.family,
      destinations: single(address.value),
      ...(port === undefined ? {} : { destinationPorts: [port, port + 1] }),
      ...(preserve || sources === undefined ? {} : { sources, sourcePorts: ephemeralPorts }),
    },
    identity: identityFrom(flow.identity, leg),
    arrivedBy: 'interface',
    replyVia: preserve ? node : undefined,
    waypoints: { last: waypoint, before: flow.waypoints },
  };
  next = withStep(next, {
    component: { id: node.resource.networkInterfaceId, type: 'network-interface' },
    effect: 'admits',
    vpcId: node.resource.vpcId,
    subnetId: node.resource.subnetId,
    outboundHeader: { destinationAddress: formatIpAddress(address) },
    additionalDetails: [
      preserve ? 'ELBV2_SOURCE_ADDRESS_PRESERVATION' : 'REMAP_EPHEMERAL_PORT',
      'TARGET_ADDRESS_RESTRICTION',
      ...(port === undefined ? [] : ['TARGET_PORT_RESTRICTION']),
    ],
  });
  if (node.resource.groupIds.length > 0) next = passSecurityGroups(next, node, 'egress');
  return go(next, { kind: 'leaving-subnet', subnet, from: node });
}

const single = (value: number | bigint): Intervals =>
  typeof value === 'number' ? [value, value + 1] : [value, value + 1n];

/** The target recognises the load balancer's groups, and the client's too where its address is kept. */
function identityFrom(identity: SenderIdentity, { node, preserve, component }: Leg): SenderIdentity {
  const groups = node.resource.groupIds;
  if (preserve) return { ...identity, groups: [...identity.groups, ...groups] };
  if (identity.groups.length === 0) return { ...identity, groups };
  return { groups, lost: { groups: identity.groups, code: 'SG_REFERENCES_NOT_PRESERVED', component } };
}
