import { add, type Built, type Common, newId, type RegionState, tagsOf } from './state.ts';

export interface EncryptionControlOptions extends Common {
  readonly mode?: 'monitor' | 'enforce';
  readonly state?: string;
  /** The kinds of gateway or service that are excepted, such as `InternetGateway`. */
  readonly exclusions?: readonly string[];
}

/** The encryption control of a VPC. */
export function buildEncryptionControl(state: RegionState, vpc: Built, options: EncryptionControlOptions = {}): Built {
  const id = newId(state, 'vpcec', { ...options, name: options.name ?? vpc.id });
  const item = add(
    state,
    'ec2.DescribeVpcEncryptionControls',
    {
      VpcId: vpc.id,
      VpcEncryptionControlId: id,
      Mode: options.mode ?? 'monitor',
      State: options.state ?? 'available',
      ResourceExclusions: Object.fromEntries(
        (options.exclusions ?? []).map((kind) => [kind, { State: 'enabled', StateMessage: 'succeeded' }]),
      ),
      Tags: tagsOf(options),
    },
    options.raw,
  );
  return { id, item };
}
