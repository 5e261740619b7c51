import { privateAddressesOf } from '../facts/group-members.ts';
import { missingResource } from '../facts/inventory.ts';
import { interfaceById, subnetById, vpcById } from '../facts/resources-by-id.ts';
import { addressesWithin } from '../sets/address-set.ts';
import { blocked, doubted, type Flow, withStep } from '../path/flow.ts';
import type { Place } from '../path/place.ts';
import { addressesSeen, end, familiesOf, go, type Step } from '../path/step.ts';
import { inspectedBehindTransitGateway } from './appliance-mode.ts';
import { mustBeUp } from './host-state.ts';
import { passNetworkAcl } from './network-acl.ts';
import { outboundReferencesEnd } from './outbound-references.ts';
import { passSecurityGroups } from './security-group.ts';

/**
 * A route names an interface. Its own traffic it takes; anything else it drops while the source/destination check is on,
 * and with the check off it is a router or appliance of which nothing more is visible.
 */
export function enterAppliance(
  flow: Flow,
  { interfaceId, subnet, vpcId }: Extract<Place, { kind: 'appliance' }>,
): Step {
  const component = { id: interfaceId, type: 'network-interface' as const };
  const to = interfaceById(flow.journey.snapshot).get(interfaceId);
  if (to === undefined) {
    const missing = missingResource(flow.journey.snapshot, 'networkInterfaces', interfaceId, {
      accountId: vpcById(flow.journey.snapshot).get(vpcId)?.region.accountId,
    });
    return end(
      doubted(flow, { explanationCode: 'UNKNOWN_RESOURCE', component, text: `${interfaceId} is not known.` }, [
        missing,
      ]),
    );
  }
  const [family] = familiesOf(flow);
  const destinations = family === undefined ? [] : addressesSeen(flow, 'destinations', family);
  const asked =
    family === 6
      ? { ipv4: [], ipv6: destinations as readonly bigint[] }
      : { ipv4: destinations as readonly number[], ipv6: [] };
  if (addressesWithin(asked, privateAddressesOf(to.resource)))
    return go(flow, { kind: 'entering-interface', to, from: subnet });
  const own = subnetById(flow.journey.snapshot).get(to.resource.subnetId);
  let next = outboundReferencesEnd(flow, component);
  if (own !== undefined && own.resource.subnetId !== subnet?.resource.subnetId)
    next = passNetworkAcl(next, own, 'ingress');
  next = mustBeUp(passSecurityGroups(next, to, 'ingress'), to);
  next = withStep(next, {
    component,
    effect: to.resource.sourceDestCheck === false ? 'unknown' : 'blocks',
    vpcId,
    subnetId: to.resource.subnetId,
  });
  if (to.resource.sourceDestCheck !== false) {
    const text = `${interfaceId} checks source and destination, so it drops packets that are not its own.`;
    return end(blocked(next, { explanationCode: 'ENI_SOURCE_DEST_CHECK_RESTRICTION', component, text }));
  }
  next = inspectedBehindTransitGateway(next, component, vpcId);
  const text = `The packets enter ${interfaceId}, an appliance; whether it forwards them is not visible.`;
  return end(
    doubted(next, { explanationCode: 'MIDDLEBOX_NOT_VISIBLE', component, text }, [
      { fact: `what the appliance behind ${interfaceId} does` },
    ]),
  );
}
