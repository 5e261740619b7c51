import { awsCli } from '../aws-cli.ts';
import type { Check } from '../check.ts';
import type { Item } from '../examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute, takingPart } from '../taking-part.ts';

const options = (InternetGatewayBlockMode: string): Item => ({ AwsRegion: 'eu-west-1', InternetGatewayBlockMode });
const gateway = {
  InternetGatewayId: 'igw-0a1',
  OwnerId: '111122223333',
  Attachments: [{ VpcId: 'vpc-0a1', State: 'available' }],
};

const check: Check<'vpcBlockPublicAccessOptions' | 'vpcBlockPublicAccessExclusions' | 'internetGateways'> = {
  id: 'vpc-block-public-access-off',
  title: 'VPC Block Public Access does not keep the internet off',
  severity: 'informational',
  rationale:
    'One setting for the Region blocks internet gateways whatever routes, addresses and rules say, so that no mistake in ' +
    'them exposes anything. An exclusion for both directions takes a VPC or subnet out of it altogether.',
  remediation:
    'Block in both directions, or inbound only where hosts need a way out, with an exclusion for each subnet that is meant ' +
    'to be public.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html'],
  relatedChecks: relatedChecks({
    securityhub: ['EC2.172'],
    config: ['ec2-vpc-bpa-internet-gateway-blocked'],
    steampipe: ['vpc_block_public_access_restrict_internet_gateway_traffic'],
  }),
  judges: 'vpcBlockPublicAccessOptions',
  needs: ['vpcBlockPublicAccessOptions', 'vpcBlockPublicAccessExclusions', 'internetGateways'],
  examples: {
    fails: [
      {
        title: 'the mode is off and a VPC has an internet gateway',
        resources: { vpcBlockPublicAccessOptions: [options('off')], internetGateways: [gateway] },
      },
      {
        title: 'a whole VPC is excluded',
        resources: {
          vpcBlockPublicAccessOptions: [options('block-ingress')],
          vpcBlockPublicAccessExclusions: [
            {
              ExclusionId: 'vpcbpa-exclude-0a1',
              InternetGatewayExclusionMode: 'allow-bidirectional',
              ResourceArn: 'arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a1',
              State: 'create-complete',
            },
          ],
          internetGateways: [gateway],
        },
      },
    ],
    passes: [
      {
        title: 'the mode blocks what comes in',
        resources: { vpcBlockPublicAccessOptions: [options('block-ingress')], internetGateways: [gateway] },
      },
      {
        title: 'there is no internet gateway to block',
        resources: { vpcBlockPublicAccessOptions: [options('off')] },
      },
    ],
  },
  *evaluate({ vpcBlockPublicAccessOptions, vpcBlockPublicAccessExclusions, internetGateways }, { region }) {
    const [settings] = vpcBlockPublicAccessOptions;
    if (settings === undefined) return;
    const resource = { type: 'region', id: region } as const;
    const gateways = internetGateways.filter(({ attachments }) => attachments.length > 0);
    const mode = settings.internetGatewayBlockMode;
    // An exclusion of a subnet is how a public subnet is declared; one of a VPC gives the VPC up
    const given = vpcBlockPublicAccessExclusions.filter(
      ({ internetGatewayExclusionMode, resourceArn, state }) =>
        internetGatewayExclusionMode === 'allow-bidirectional' &&
        resourceArn?.includes(':vpc/') === true &&
        /^(create|update)-complete$/.test(state ?? ''),
    );
    if (mode === undefined) yield { outcome: 'unknown', resource, missing: [{ fact: 'InternetGatewayBlockMode' }] };
    else if (gateways.length === 0) yield { outcome: 'pass', resource };
    else if (!mode.startsWith('block-')) {
      yield {
        outcome: 'fail',
        resource,
        title: 'the mode is off',
        evidence: [
          attribute(region, 'InternetGatewayBlockMode', mode),
          ...takingPart(
            'internet-gateway',
            gateways.map(({ internetGatewayId }) => internetGatewayId),
            'not-blocked',
          ),
        ],
        fix: {
          summary: 'Exclude the subnets that are meant to be public, then block what comes in.',
          cli: [
            awsCli(region, 'ec2', 'modify-vpc-block-public-access-options', {
              'internet-gateway-block-mode': 'block-ingress',
            }),
          ],
        },
      };
    } else {
      for (const { resourceArn = '' } of given) {
        yield {
          outcome: 'fail',
          resource,
          title: `all of ${resourceArn.split('/')[1] ?? ''} is excluded in both directions`,
          evidence: [attribute(resourceArn, 'InternetGatewayExclusionMode', 'allow-bidirectional')],
          fix: { summary: 'Exclude the public subnets of the VPC instead of all of it.' },
        };
      }
      if (given.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

export default check;
