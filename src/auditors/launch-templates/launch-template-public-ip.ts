import type { LaunchTemplateVersion } from '../../model/resources/launch-template.ts';
import type { Check } from '../check.ts';
import type { Item } from '../examples.ts';
import { groupBy } from '../group-by.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const version = (VersionNumber: number, AssociatePublicIpAddress?: boolean): Item => ({
  LaunchTemplateId: 'lt-0a1',
  LaunchTemplateName: 'web',
  VersionNumber,
  DefaultVersion: VersionNumber === 1,
  LaunchTemplateData: {
    NetworkInterfaces: [
      { DeviceIndex: 0, ...(AssociatePublicIpAddress === undefined ? {} : { AssociatePublicIpAddress }) },
    ],
  },
});

const check: Check<'launchTemplateVersions'> = {
  id: 'launch-template-public-ip',
  title: 'Launch template gives instances a public address',
  severity: 'medium',
  rationale:
    'Whatever is launched from it, by people or by scaling at night, has an address of its own on the internet, also in ' +
    'subnets that give none. Then a security group is all that stands between.',
  remediation:
    'Make a version without the public address and set it as the default. What has to be reached stands behind a load ' +
    'balancer; what has to get out goes through a NAT gateway or endpoints.',
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/launch-template-versions.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-25',
  ],
  relatedChecks: relatedChecks({
    securityhub: ['EC2.25'],
    config: ['ec2-launch-template-public-ip-disabled'],
    prowler: ['ec2_launch_template_no_public_ip'],
  }),
  judges: 'launchTemplateVersions',
  needs: ['launchTemplateVersions'],
  examples: {
    fails: [
      {
        title: 'the default version asks for one, the latest does not',
        resources: { launchTemplateVersions: [version(1, true), version(2, false)] },
      },
    ],
    passes: [{ title: 'the subnet decides', resources: { launchTemplateVersions: [version(1)] } }],
  },
  *evaluate({ launchTemplateVersions }) {
    for (const [id, versions] of groupBy(launchTemplateVersions, ({ launchTemplateId }) => launchTemplateId)) {
      const resource = { type: 'launch-template', id, name: versions[0]?.launchTemplateName } as const;
      const asking = versions.filter(({ networkInterfaces }) =>
        networkInterfaces.some(({ associatePublicIpAddress }) => associatePublicIpAddress === true),
      );
      const [first, ...rest] = asking.map((own) =>
        attribute(id, 'AssociatePublicIpAddress', `true in ${versionWords(own)}`),
      );
      if (first === undefined) yield { outcome: 'pass', resource };
      else {
        yield {
          outcome: 'fail',
          resource,
          title: `${asking.map(versionWords).join(' and ')} of it asks for a public address`,
          severity: asking.some(({ defaultVersion }) => defaultVersion === true) ? 'medium' : 'low',
          evidence: [first, ...rest],
          fix: { summary: 'Make a version without the public address and set it as the default.' },
        };
      }
    }
  },
};

const versionWords = ({ defaultVersion }: LaunchTemplateVersion): string =>
  `the ${defaultVersion === true ? 'default' : 'latest'} version`;

export default check;
