/**
 * An account made through create calls in an EC2 that somebody else wrote, audited by the shipped command line over HTTP.
 * It proves the requests and the reading of foreign answers; where that EC2 is known to differ from AWS (default groups
 * without their self rule, network ACLs without the implicit deny, blackholes) nothing is asserted.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateFlowLogsCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
  ModifySubnetAttributeCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditReport } from '../../src/findings/audit-report.ts';
import { motoCredentials, type MotoServer, startMoto } from './moto-server.ts';

const cli = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const region = 'eu-west-1';

interface Ended {
  readonly code: number;
  readonly stderr: string;
}

const run = (args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [cli, ...args],
      {
        env: {
          PATH: process.env['PATH'] ?? '',
          HOME: '/nonexistent',
          AWS_ACCESS_KEY_ID: motoCredentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: motoCredentials.secretAccessKey,
          AWS_EC2_METADATA_DISABLED: 'true',
        },
        maxBuffer: 64 * 1024 * 1024,
      },
      (error, _stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, stderr }),
    );
  });

describe('an account in moto_server', () => {
  let moto: MotoServer | undefined;
  let endpoint = '';
  let folder = '';
  let report: AuditReport;
  let ended: Ended;
  const made: Record<string, string> = {};

  beforeAll(async () => {
    moto = await startMoto();
    endpoint = moto.endpoint;
    folder = mkdtempSync(join(tmpdir(), 'vpc-auditor-moto-'));
    const ec2 = new EC2Client({ region, endpoint, credentials: motoCredentials });
    const id = <T>(value: T | undefined): T => {
      if (value === undefined) throw new Error('moto_server answered no id');
      return value;
    };
    const vpcId = id((await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))).Vpc?.VpcId);
    const subnet = async (CidrBlock: string): Promise<string> =>
      id((await ec2.send(new CreateSubnetCommand({ VpcId: vpcId, CidrBlock }))).Subnet?.SubnetId);
    const publicSubnet = await subnet('10.0.1.0/24');
    const privateSubnet = await subnet('10.0.2.0/24');
    const igw = id((await ec2.send(new CreateInternetGatewayCommand({}))).InternetGateway?.InternetGatewayId);
    await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: igw, VpcId: vpcId }));
    const table = id((await ec2.send(new CreateRouteTableCommand({ VpcId: vpcId }))).RouteTable?.RouteTableId);
    await ec2.send(new CreateRouteCommand({ RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0', GatewayId: igw }));
    await ec2.send(new AssociateRouteTableCommand({ RouteTableId: table, SubnetId: publicSubnet }));
    await ec2.send(new ModifySubnetAttributeCommand({ SubnetId: publicSubnet, MapPublicIpOnLaunch: { Value: true } }));
    const group = async (name: string): Promise<string> =>
      id(
        (await ec2.send(new CreateSecurityGroupCommand({ VpcId: vpcId, GroupName: name, Description: name }))).GroupId,
      );
    const open = await group('open');
    const closed = await group('closed');
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: open,
        IpPermissions: [
          {
            IpProtocol: 'tcp',
            FromPort: 22,
            ToPort: 22,
            IpRanges: [{ CidrIp: '0.0.0.0/1' }, { CidrIp: '128.0.0.0/1' }],
          },
        ],
      }),
    );
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: closed,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '10.0.0.0/16' }] }],
      }),
    );
    await ec2.send(
      new RunInstancesCommand({
        ImageId: 'ami-12c6146b',
        MinCount: 1,
        MaxCount: 1,
        SubnetId: publicSubnet,
        SecurityGroupIds: [open, closed],
      }),
    );
    await ec2
      .send(
        new CreateFlowLogsCommand({
          ResourceIds: [privateSubnet],
          ResourceType: 'Subnet',
          TrafficType: 'ALL',
          LogDestinationType: 's3',
          LogDestination: 'arn:aws:s3:::no-such-bucket',
        }),
      )
      .catch(() => undefined);
    ec2.destroy();
    Object.assign(made, { vpcId, publicSubnet, privateSubnet, open, closed, table });
    ended = await run([
      'audit',
      '--endpoint-url',
      endpoint,
      '--regions',
      region,
      '--max-attempts',
      '2',
      '--output-dir',
      folder,
      '-o',
      'json',
      '-o',
      'html',
      '--status',
      'all',
    ]);
    report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as AuditReport;
  });

  afterAll(() => {
    moto?.stop();
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  });

  const outcomesOf = (checkId: string, resourceId: string | undefined): readonly string[] =>
    report.results
      .filter((result) => result.checkId === checkId && result.resource.id === resourceId)
      .map(({ outcome }) => outcome);

  it('finds the group open by two halves of the internet, and passes the other', () => {
    expect(outcomesOf('security-group-open-to-internet', made['open'])).toContain('fail');
    expect(outcomesOf('security-group-open-to-internet', made['closed'])).toEqual(['pass']);
  });

  it('finds the subnet that hands out public addresses', () => {
    expect(outcomesOf('subnet-public-ip-on-launch', made['publicSubnet'])).toEqual(['fail']);
    expect(outcomesOf('subnet-public-ip-on-launch', made['privateSubnet'])).toEqual(['pass']);
  });

  it('finds the VPC without a flow log of its own', () => {
    expect(outcomesOf('flow-log-missing', made['vpcId'])).toContain('fail');
  });

  it('reports what that EC2 does not implement as not read, and ends with both bits', () => {
    const failed = report.coverage.rows.filter(({ status }) => status === 'failed').map(({ operation }) => operation);
    expect(failed).toContain('DescribeVpcBlockPublicAccessOptions');
    expect(report.coverage.rows.find(({ operation }) => operation === 'DescribeSecurityGroups')?.status).toBe(
      'collected',
    );
    expect(ended.code).toBe(3);
  });
});
