import { type Ending, dropped, type Journey, type Position } from './journey.ts';
import type { VpcBlockPublicAccessExclusion } from '../../../src/model/resources/vpc-block-public-access.ts';
import type { VpcPlace } from './world/vpcs.ts';
import type { World } from './world/world.ts';

/** Who talks to the internet: block-ingress spares what can only be called back. */
export type Gateway = 'internet-gateway' | 'nat-gateway' | 'egress-only-internet-gateway';

const inForce = ({ state }: VpcBlockPublicAccessExclusion): boolean =>
  state === 'create-complete' || state === 'update-complete';

/** The effective mode from the account's setting and its exclusions, where AWS did not tell it with the subnet. */
function computedMode(world: World, vpc: VpcPlace, subnetId: string | undefined): string | undefined {
  const snapshot = world.regions.find(
    ({ accountId, region }) => accountId === vpc.home.accountId && region === vpc.home.region,
  );
  if (snapshot === undefined) return undefined;
  const { vpcBlockPublicAccessOptions, vpcBlockPublicAccessExclusions } = snapshot.resources;
  if (!world.isComplete('vpcBlockPublicAccessOptions', vpc.home)) return undefined;
  const mode =
    vpcBlockPublicAccessOptions.status === 'collected'
      ? (vpcBlockPublicAccessOptions.resources[0]?.internetGatewayBlockMode ?? 'off')
      : 'off';
  if (mode === 'off') return 'off';
  if (!world.isComplete('vpcBlockPublicAccessExclusions', vpc.home)) return undefined;
  const exclusions =
    vpcBlockPublicAccessExclusions.status === 'collected' ? vpcBlockPublicAccessExclusions.resources : [];
  const modes = exclusions
    .filter(inForce)
    .filter(({ resourceArn }) =>
      [`vpc/${vpc.id}`, `subnet/${subnetId ?? ''}`].some((suffix) => resourceArn?.endsWith(suffix) === true),
    )
    .map(({ internetGatewayExclusionMode }) => internetGatewayExclusionMode);
  if (modes.includes('allow-bidirectional')) return 'off';
  return modes.includes('allow-egress') ? 'block-ingress' : mode;
}

/** Does VPC Block Public Access let traffic between this place and the internet through? */
export function passPublicAccess(
  journey: Journey,
  at: Pick<Position, 'vpcId' | 'subnet'>,
  gateway: Gateway,
): Ending | undefined {
  const { world } = journey;
  const vpc = world.vpcs.get(at.vpcId);
  if (vpc === undefined) return undefined;
  const told = at.subnet === undefined ? vpc.noun.blockPublicAccessStates : at.subnet.noun.blockPublicAccessStates;
  const mode = told?.internetGatewayBlockMode ?? computedMode(world, vpc, at.subnet?.id);
  const place = at.subnet?.id ?? at.vpcId;
  if (mode === undefined) {
    if (journey.choices.pick('not-known', `block public access ${place}`, 2) === 1) return undefined;
    return dropped(journey, place, 'VPC Block Public Access could not be read: it may block');
  }
  if (mode === 'off') return undefined;
  if (mode === 'block-ingress' && gateway !== 'internet-gateway') return undefined;
  return dropped(journey, place, `VPC Block Public Access ${mode}`);
}
