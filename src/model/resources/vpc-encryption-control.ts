import { id, nested, requiredId, text, type Raw } from '../decode.ts';
import type { VpcId } from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { type Tag, tags } from '../tag.ts';

/** A VPC's encryption control. `enforce` refuses what cannot encrypt in transit. */
export interface VpcEncryptionControl {
  readonly vpcEncryptionControlId: string;
  readonly vpcId: VpcId | undefined;
  /** `monitor` or `enforce`. */
  readonly mode: string | undefined;
  readonly state: string | undefined;
  /** Per kind of gateway or service, the state of its exclusion (`enabled` or `disabled`). */
  readonly resourceExclusions: Readonly<Record<string, string>>;
  readonly tags: readonly Tag[];
}

const toExclusions = (raw: Raw): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.keys(raw)
      .sort()
      .map((kind) => [kind, nested(raw, kind, (exclusion) => text(exclusion, 'State')) ?? 'unknown']),
  );

export const vpcEncryptionControls: ResourceKind<VpcEncryptionControl> = {
  service: 'ec2',
  operation: 'DescribeVpcEncryptionControls',
  member: 'VpcEncryptionControls',
  idMember: 'VpcEncryptionControlId',
  toModel: (raw) => ({
    vpcEncryptionControlId: requiredId(raw, 'VpcEncryptionControlId'),
    vpcId: id(raw, 'VpcId'),
    mode: text(raw, 'Mode'),
    state: text(raw, 'State'),
    resourceExclusions: nested(raw, 'ResourceExclusions', toExclusions) ?? {},
    tags: tags(raw),
  }),
};
