import type { NetworkInterface } from '../../model/resources/network-interface.ts';
import { instanceById } from '../facts/resources-by-id.ts';
import { blocked, type Flow } from '../path/flow.ts';

/** Somebody has to be there: a stopped instance and an interface attached to nothing neither send nor answer. */
export function mustBeUp(flow: Flow, resource: NetworkInterface): Flow {
  const instanceId = resource.attachment?.instanceId;
  if (instanceId !== undefined) {
    const instance = instanceById(flow.journey.snapshot).get(instanceId)?.resource;
    if (instance === undefined || instance.state === undefined || instance.state === 'running') return flow;
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
