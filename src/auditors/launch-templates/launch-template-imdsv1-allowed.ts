import type { Check } from '../check.ts';
import type { Item } from '../examples.ts';
import { groupBy } from '../group-by.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const version = (MetadataOptions?: Item): Item => ({
  LaunchTemplateId: 'lt-0a1',
  LaunchTemplateName: 'web',
  VersionNumber: 1,
  DefaultVersion: true,
  LaunchTemplateData: MetadataOptions === undefined ? {} : { MetadataOptions },
});

const check: Check<'launchTemplateVersions'> = {
  id: 'launch-template-imdsv1-allowed',
  title: 'Launch template does not require version 2 of the instance metadata service',
  severity: 'low',
  rationale:
    'With version 1 a server that can be made to fetch a URL hands out the credentials of its role. Version 2 wants a ' +
    'token first, which such a request cannot get.',
  remediation: 'Set HttpTokens to required in a new version of the template, and in the defaults of the account.',
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-170',
  ],
  relatedChecks: relatedChecks({ securityhub: ['EC2.170'], config: ['ec2-launch-template-imdsv2-check'] }),
  judges: 'launchTemplateVersions',
  needs: ['launchTemplateVersions'],
  examples: {
    fails: [
      { title: 'tokens are optional', resources: { launchTemplateVersions: [version({ HttpTokens: 'optional' })] } },
      { title: 'it says nothing', resources: { launchTemplateVersions: [version()] } },
    ],
    passes: [
      { title: 'tokens are required', resources: { launchTemplateVersions: [version({ HttpTokens: 'required' })] } },
      { title: 'the service is off', resources: { launchTemplateVersions: [version({ HttpEndpoint: 'disabled' })] } },
    ],
  },
  *evaluate({ launchTemplateVersions }) {
    for (const [id, versions] of groupBy(launchTemplateVersions, ({ launchTemplateId }) => launchTemplateId)) {
      const resource = { type: 'launch-template', id, name: versions[0]?.launchTemplateName } as const;
      // The default version is what is launched where nothing else is said
      const own = versions.find(({ defaultVersion }) => defaultVersion === true) ?? versions[0];
      if (own?.httpTokens === 'required' || own?.httpEndpoint === 'disabled') yield { outcome: 'pass', resource };
      else {
        const said = own?.httpTokens;
        yield {
          outcome: 'fail',
          resource,
          title: said === undefined ? 'it leaves the version to the account and the image' : 'version 1 is allowed',
          severity: said === undefined ? 'informational' : 'low',
          evidence: [attribute(id, 'MetadataOptions.HttpTokens', said ?? 'none')],
          fix: { summary: 'Make a version that requires tokens and set it as the default.' },
        };
      }
    }
  },
};

export default check;
