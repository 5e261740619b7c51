import { items, requiredId, text } from '../decode.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { type Tag, tags } from '../tag.ts';

/** DHCP options: custom DNS servers here make rules on port 53 effective, since Amazon's own resolver passes every filter. */
export interface DhcpOptions {
  readonly dhcpOptionsId: string;
  readonly domainNameServers: readonly string[];
  readonly tags: readonly Tag[];
}

export const dhcpOptions: ResourceKind<DhcpOptions> = {
  service: 'ec2',
  operation: 'DescribeDhcpOptions',
  member: 'DhcpOptions',
  idMember: 'DhcpOptionsId',
  toModel: (raw) => ({
    dhcpOptionsId: requiredId(raw, 'DhcpOptionsId'),
    domainNameServers: items(raw, 'DhcpConfigurations', (configuration) => ({
      key: text(configuration, 'Key'),
      values: items(configuration, 'Values', (value) => text(value, 'Value')),
    }))
      .flatMap(({ key, values }) => (key === 'domain-name-servers' ? values : []))
      .filter((value) => value !== undefined),
    tags: tags(raw),
  }),
};
