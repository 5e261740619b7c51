import { flag, id, items, nested, number, requiredId, text, texts, type Raw } from '../decode.ts';
import type { SecurityGroupId, SubnetId } from '../id.ts';
import type { ResourceKind } from '../resource-kind.ts';

/** A version of a launch template, of which the default and the latest are read: what new instances will be like. */
export interface LaunchTemplateVersion {
  readonly launchTemplateId: string;
  readonly launchTemplateName: string | undefined;
  readonly versionNumber: number | undefined;
  readonly defaultVersion: boolean | undefined;
  readonly networkInterfaces: readonly {
    readonly deviceIndex: number | undefined;
    readonly associatePublicIpAddress: boolean | undefined;
    readonly subnetId: SubnetId | undefined;
    readonly groups: readonly SecurityGroupId[];
  }[];
  /** `required`, `optional`, or absent where the account's or the image's default decides. */
  readonly httpTokens: string | undefined;
  /** `enabled` or `disabled`; absent means enabled. */
  readonly httpEndpoint: string | undefined;
}

export const launchTemplateVersions: ResourceKind<LaunchTemplateVersion> = {
  service: 'ec2',
  operation: 'DescribeLaunchTemplateVersions',
  member: 'LaunchTemplateVersions',
  idMember: 'LaunchTemplateId',
  repeats: true,
  toModel: (raw) => ({
    launchTemplateId: requiredId(raw, 'LaunchTemplateId'),
    launchTemplateName: text(raw, 'LaunchTemplateName'),
    versionNumber: number(raw, 'VersionNumber'),
    defaultVersion: flag(raw, 'DefaultVersion'),
    networkInterfaces:
      nested(raw, 'LaunchTemplateData', (data) =>
        items(data, 'NetworkInterfaces', (own) => ({
          deviceIndex: number(own, 'DeviceIndex'),
          associatePublicIpAddress: flag(own, 'AssociatePublicIpAddress'),
          subnetId: id<SubnetId>(own, 'SubnetId'),
          groups: texts<SecurityGroupId>(own, 'Groups'),
        })),
      ) ?? [],
    httpTokens: metadataOption('HttpTokens')(raw),
    httpEndpoint: metadataOption('HttpEndpoint')(raw),
  }),
};

const metadataOption =
  (name: string) =>
  (raw: Raw): string | undefined =>
    nested(raw, 'LaunchTemplateData', (data) => nested(data, 'MetadataOptions', (options) => text(options, name)));
