import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import { gapIn, isAssumedOff, type Located, regionsInOrder } from '../facts/inventory.ts';
import { instanceById } from '../facts/resources-by-id.ts';
import { assumed, blocked, doubted, type Flow } from '../path/flow.ts';

const iamAction = 'ec2:DescribeInstances';

/** Somebody has to be there: a stopped instance and an interface attached to nothing neither send nor answer. */
export function mustBeUp(flow: Flow, located: Located<NetworkInterface>): Flow {
  const { resource } = located;
  const instanceId = resource.attachment?.instanceId;
  if (instanceId !== undefined) {
    const instance = instanceById(flow.journey.snapshot).get(instanceId)?.resource;
    if (instance === undefined) return unlisted(flow, located, instanceId);
    if (instance.state === undefined || instance.state === 'running') return flow;
    const component = { id: instanceId, type: 'instance' as const };
    return blocked(flow, {
      explanationCode: 'INSTANCE_NOT_RUNNING',
      component,
      text: `${instanceId} is ${instance.state}.`,
    });
  }
  if (resource.status !== 'available') return flow;
  const component = { id: resource.networkInterfaceId, type: 'network-interface' as const };
  const text = `${resource.networkInterfaceId} is attached to nothing.`;
  return blocked(flow, { explanationCode: 'INTERFACE_NOT_ATTACHED', component, text });
}

/** An instance that no list holds: where the list was not read, that leaves it open; one of AWS's own runs. */
function unlisted(
  flow: Flow,
  { resource: { ownerId, attachment }, region: seenIn }: Located<NetworkInterface>,
  instanceId: string,
): Flow {
  const own = attachment?.instanceOwnerId === undefined || attachment.instanceOwnerId === ownerId;
  if (!own) return flow;
  const regions = regionsInOrder(flow.journey.snapshot).filter(
    ({ accountId, region }) => (ownerId === undefined || accountId === ownerId) && region === seenIn.region,
  );
  if (regions.some((region) => isAssumedOff(region, 'instances'))) {
    return assumed(flow, 'Instances are taken as running');
  }
  const unread = regions.find(({ resources }) => resources.instances.status !== 'collected');
  const gap =
    regions.length === 0
      ? {
          fact: `the instances of account ${ownerId ?? 'unknown'}, ${seenIn.region}, which is not in the snapshot`,
          iamAction,
        }
      : unread === undefined
        ? undefined
        : gapIn(unread, 'instances');
  if (gap === undefined) return flow;
  const component = { id: instanceId, type: 'instance' as const };
  return doubted(
    flow,
    { explanationCode: 'NOT_COLLECTED', component, text: `Whether ${instanceId} is running is not known.` },
    [gap],
  );
}
