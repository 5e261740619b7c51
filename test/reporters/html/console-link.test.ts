import { describe, expect, it } from 'vitest';
import type { ResourceReference, ResourceType } from '../../../src/model/verdict/resource-reference.ts';
import { consoleLink } from '../../../src/reporters/html/console-link.ts';
import { hostileReport, payloads } from '../hostile-report.ts';
import { account, region, sampleReport } from '../sample-report.ts';

const reference = (type: ResourceType, id: string, where = 'eu-west-1', partition = 'aws'): ResourceReference => ({
  type,
  id,
  accountId: account('111122223333'),
  region: region(where),
  arn: `arn:${partition}:ec2:${where}:111122223333:${type}/${id}`,
});

describe('consoleLink', () => {
  it.each([
    ['security-group', 'sg-0123456789abcdef0', 'SecurityGroup:groupId='],
    ['vpc', 'vpc-01234567', 'VpcDetails:VpcId='],
    ['subnet', 'subnet-0123456789abcdef0', 'SubnetDetails:subnetId='],
    ['route-table', 'rtb-0123456789abcdef0', 'RouteTableDetails:RouteTableId='],
    ['network-acl', 'acl-0123456789abcdef0', 'NetworkAclDetails:networkAclId='],
    ['nat-gateway', 'nat-0123456789abcdef0', 'NatGatewayDetails:natGatewayId='],
    ['vpc-endpoint', 'vpce-0123456789abcdef0', 'EndpointDetails:vpcEndpointId='],
    ['internet-gateway', 'igw-0123456789abcdef0', 'InternetGateway:internetGatewayId='],
  ] as const)('opens a %s', (type, id, page) => {
    expect(consoleLink(reference(type, id))).toBe(
      `https://eu-west-1.console.aws.amazon.com/vpcconsole/home?region=eu-west-1#${page}${id}`,
    );
  });

  it.each([
    ['aws-cn', 'cn-north-1', 'https://cn-north-1.console.amazonaws.cn/'],
    ['aws-us-gov', 'us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/'],
  ])('knows the host of %s', (partition, where, start) => {
    expect(consoleLink(reference('vpc', 'vpc-01234567', where, partition))?.startsWith(start)).toBe(true);
  });

  it('links to nothing that it does not know', () => {
    expect(consoleLink(reference('vpc', 'vpc-01234567', 'us-iso-east-1', 'aws-iso'))).toBeUndefined();
    expect(consoleLink(reference('region', 'eu-west-1'))).toBeUndefined();
    for (const text of [...payloads, 'evil.example/', '203.0.113.7#', 'eu-west-1.evil.example']) {
      expect(consoleLink(reference('vpc', text))).toBeUndefined();
      expect(consoleLink(reference('vpc', 'vpc-01234567', text))).toBeUndefined();
    }
    for (const { resource } of hostileReport().results) expect(consoleLink(resource)).toBeUndefined();
    expect(sampleReport().results.some(({ resource }) => consoleLink(resource) !== undefined)).toBe(true);
  });
});
