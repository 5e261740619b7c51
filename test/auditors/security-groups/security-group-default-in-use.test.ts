import { describe, expect, it } from 'vitest';
import check from '../../../src/auditors/security-groups/security-group-default-in-use.ts';
import { type Item, networkInterface, permission, securityGroup } from '../../../src/auditors/examples.ts';
import { judge } from '../judge.ts';

const own = permission('-1', undefined, 'sg-0a1');
const group = (ingress: readonly Item[], members: Item = {}) => [
  securityGroup(ingress, { GroupName: 'default', ...members }),
];

describe('security-group-default-in-use', () => {
  it('tells its carriers and its rules apart, as two findings', () => {
    const { failures } = judge(check, { securityGroups: group([own]), networkInterfaces: [networkInterface()] });
    expect(failures.map(({ evidence }) => evidence[0].type).toSorted()).toEqual(['attribute', 'security-group-rule']);
    const carried = failures.find(({ evidence }) => evidence[0].type === 'attribute');
    expect(carried?.evidence[1]).toEqual({
      type: 'resource',
      resourceType: 'network-interface',
      resourceId: 'eni-0a1',
      role: 'carries',
    });
  });

  it('weighs its rules by who carries it and whom they let in', () => {
    const severity = (ingress: readonly Item[], carriers: readonly Item[]) =>
      judge(check, { securityGroups: group(ingress), networkInterfaces: carriers }).failures.find(
        ({ evidence }) => evidence[0].type === 'security-group-rule',
      )?.severity;
    const others = permission('tcp', 443, '10.0.0.0/8');
    expect(severity([own], [])).toBe('low');
    expect(severity([own], [networkInterface()])).toBe('medium');
    expect(severity([others], [])).toBe('medium');
    expect(severity([others], [networkInterface()])).toBe('high');
  });

  it('F23 judges a default group that nobody carries', () => {
    expect(judge(check, { securityGroups: group([], { IpPermissionsEgress: [] }) }).passes).toHaveLength(1);
    expect(judge(check, { securityGroups: group([]) }).failures).toHaveLength(1);
  });

  it('revokes every rule in both directions', () => {
    const [failure] = judge(check, { securityGroups: group([own]) }).failures;
    expect(failure?.fix?.cli).toEqual([
      `aws ec2 revoke-security-group-ingress --region eu-west-1 --group-id sg-0a1 --ip-permissions '[{"IpProtocol":"-1","UserIdGroupPairs":[{"GroupId":"sg-0a1"}]}]'`,
      `aws ec2 revoke-security-group-egress --region eu-west-1 --group-id sg-0a1 --ip-permissions '[{"IpProtocol":"-1","IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]'`,
    ]);
  });

  it('names no more carriers than anybody reads, and counts them all', () => {
    const carriers = Array.from({ length: 30 }, (_, index) =>
      networkInterface({ NetworkInterfaceId: `eni-${String(index).padStart(2, '0')}` }),
    );
    const [failure] = judge(check, {
      securityGroups: group([], { IpPermissionsEgress: [] }),
      networkInterfaces: carriers,
    }).failures;
    expect(failure?.evidence).toHaveLength(21);
    expect(failure?.title).toContain('30');
  });
});
