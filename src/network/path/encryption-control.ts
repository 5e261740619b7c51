import { enforcedEncryptionOfVpc } from '../facts/encryption-controls.ts';
import { vpcById } from '../facts/resources-by-id.ts';
import { assumed, doubted, type Flow } from './flow.ts';
import type { Place } from './place.ts';

/** The member of `ResourceExclusions` that excepts a kind of gateway; a kind with `undefined` cannot be excepted. */
const exclusionOf: Readonly<Partial<Record<Place['kind'], string | undefined>>> = {
  'internet-gateway': 'InternetGateway',
  'egress-only-internet-gateway': 'EgressOnlyInternetGateway',
  'nat-gateway': 'NatGateway',
  peering: 'VpcPeering',
  'vpn-gateway': 'VirtualPrivateGateway',
  'transit-gateway': undefined,
  'vpc-endpoint': undefined,
};

/**
 * An encryption control in mode `enforce` refuses what a gateway cannot encrypt, unless the kind of gateway is excepted
 * (VPC guide, VPC encryption controls). Whether what remains is encrypted is not modelled, so nothing is said to pass.
 */
export function underEncryptionControl(flow: Flow, vpcId: string, gateway: Place): Flow {
  const control = enforcedEncryptionOfVpc(flow.journey.snapshot).get(vpcId);
  if (!(gateway.kind in exclusionOf)) return flow;
  if (control === undefined) return unread(flow, vpcId);
  const exclusion = exclusionOf[gateway.kind];
  if (exclusion !== undefined && control.resourceExclusions[exclusion] === 'enabled') return flow;
  const id = control.vpcEncryptionControlId;
  const what = exclusion === undefined ? 'this kind of gateway' : `${exclusion}, for which it has no enabled exclusion`;
  const text = `${id} enforces encryption in ${vpcId}; what that lets pass through ${what} is not modelled.`;
  return doubted(flow, { explanationCode: 'NOT_MODELLED', component: { id, type: 'other' }, text }, [
    { fact: `what ${id} lets pass in mode enforce` },
  ]);
}

/** Controls that enforce are rare: where they were not read, they are taken as off, and that is said. */
function unread(flow: Flow, vpcId: string): Flow {
  const controls = vpcById(flow.journey.snapshot).get(vpcId)?.region.resources.vpcEncryptionControls;
  if (controls === undefined || controls.status === 'collected') return flow;
  return assumed(flow, 'VPC encryption controls are taken as not enforced');
}

/** The same for packets about to leave their VPC by a gateway. */
export const leavingUnderEncryptionControl = (flow: Flow, place: Place): Flow =>
  'vpcId' in place ? underEncryptionControl(flow, place.vpcId, place) : flow;
