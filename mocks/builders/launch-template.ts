import { add, type Built, type Common, creationTime, idOf, newId, type Ref, type RegionState } from './state.ts';

export interface LaunchTemplateOptions extends Common {
  readonly name: string;
  readonly publicIp?: boolean;
  /** Neither unless said: the account's or the image's default decides. */
  readonly httpTokens?: 'required' | 'optional';
  readonly securityGroups?: readonly Ref[];
}

/** What must never get into a snapshot. */
export const fakeUserData = 'dXNlci1kYXRhLXRoYXQtaXMtYS1zZWNyZXQ=';

/** A launch template of one version. */
export function buildLaunchTemplate(state: RegionState, options: LaunchTemplateOptions): Built {
  const id = newId(state, 'lt', options);
  const item = add(
    state,
    'ec2.DescribeLaunchTemplateVersions',
    {
      LaunchTemplateId: id,
      LaunchTemplateName: options.name,
      VersionNumber: 1,
      CreateTime: creationTime,
      CreatedBy: `arn:aws:iam::${state.accountId}:user/platform`,
      DefaultVersion: true,
      LaunchTemplateData: {
        InstanceType: 't3.micro',
        UserData: fakeUserData,
        NetworkInterfaces: [
          {
            DeviceIndex: 0,
            Groups: (options.securityGroups ?? []).map(idOf),
            ...(options.publicIp === undefined ? {} : { AssociatePublicIpAddress: options.publicIp }),
          },
        ],
        ...(options.httpTokens === undefined ? {} : { MetadataOptions: { HttpTokens: options.httpTokens } }),
      },
    },
    options.raw,
  );
  return { id, item };
}
