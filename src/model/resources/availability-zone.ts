import { requiredText, text, type Raw } from '../decode.ts';
import type { ResourceKind } from '../resource-kind.ts';

/**
 * An Availability Zone, Local Zone or Wavelength Zone. Zone *names* are aliases of one account; only zone *ids* compare
 * across accounts (EC2 API, DescribeAvailabilityZones).
 */
export interface AvailabilityZone {
  readonly zoneName: string;
  readonly zoneId: string | undefined;
  /** `availability-zone`, `local-zone` or `wavelength-zone`. */
  readonly zoneType: string | undefined;
  readonly state: string | undefined;
}

const toAvailabilityZone = (raw: Raw): AvailabilityZone => ({
  zoneName: requiredText(raw, 'ZoneName'),
  zoneId: text(raw, 'ZoneId'),
  zoneType: text(raw, 'ZoneType'),
  state: text(raw, 'State'),
});

export const availabilityZones: ResourceKind<AvailabilityZone> = {
  service: 'ec2',
  operation: 'DescribeAvailabilityZones',
  member: 'AvailabilityZones',
  idMember: 'ZoneName',
  toModel: toAvailabilityZone,
};
