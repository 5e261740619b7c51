import { describe, expect, it } from 'vitest';
import check from '../../../src/auditors/security-groups/security-group-open-to-internet.ts';
import type { ExampleResources } from '../../../src/auditors/check.ts';
import { exampleRegion } from '../../../src/auditors/example-region.ts';
import { type Item, permission, securityGroup } from '../../../src/auditors/examples.ts';
import { services } from '../../../src/auditors/services.ts';
import { denied, judge, judgeRegion, withGap } from '../judge.ts';

const group = (...ingress: readonly Item[]): ExampleResources => ({ securityGroups: [securityGroup(ingress)] });
const serviceOf = (evidence: readonly object[]): unknown => Reflect.get(evidence[0] ?? {}, 'service');
/** What is found where nothing is known of the interfaces, so that severities are those of the services. */
const found = (resources: ExampleResources): readonly string[] =>
  judgeRegion(check, denied(exampleRegion(resources), 'networkInterfaces')).failures.map(
    ({ evidence, severity }) => `${String(serviceOf(evidence))} ${severity}`,
  );

describe('F1 one finding never hides another', () => {
  it('names all traffic and each service under a rule for everything', () => {
    const failures = found(group(permission('-1', undefined, '0.0.0.0/0')));
    expect(failures).toContain('all traffic critical');
    for (const { name, severity } of services) expect(failures).toContain(`${name} ${severity}`);
    expect(failures).toContain('ICMP low');
    expect(failures).not.toContain('ICMPv6 low');
  });

  it('names each of two services that one range holds', () => {
    expect(found(group(permission('tcp', [22, 23], '0.0.0.0/0')))).toEqual(['SSH high', 'Telnet high']);
  });
});

describe('F2, F3, F4, F5 ports are sets', () => {
  it('finds SSH inside a range', () => {
    expect(found(group(permission('tcp', [20, 25], '::/0')))).toContain('SSH high');
  });

  it('takes 1 to 65535 for all ports', () => {
    expect(found(group(permission('tcp', [1, 65_535], '0.0.0.0/0')))).toContain('all tcp ports critical');
  });

  it('puts the range together from several rules', () => {
    const ranges = [permission('tcp', [0, 30_000], '0.0.0.0/0'), permission('tcp', [29_000, 65_535], '0.0.0.0/0')];
    expect(found(group(...ranges))).toContain('all tcp ports critical');
  });

  it('does not take port 0 for all ports', () => {
    expect(found(group(permission('tcp', [0, 0], '0.0.0.0/0')))).toEqual(['other tcp ports medium']);
  });

  it('names the ports of no known service exactly', () => {
    const [failure] = judge(check, group(permission('udp', [40_000, 40_010], '0.0.0.0/0'))).failures;
    expect(failure?.evidence).toContainEqual(
      expect.objectContaining({ type: 'traffic', protocol: 'udp', portRanges: [{ from: 40_000, to: 40_010 }] }),
    );
  });
});

describe('F6 the internet is a set, not a string', () => {
  it('is the union of two halves, each of which is evidence', () => {
    const [failure] = judge(check, group(permission('tcp', 22, '128.0.0.0/1', '0.0.0.0/1'))).failures;
    const peers = failure?.evidence.flatMap((item) => (item.type === 'security-group-rule' ? [item.peer] : []));
    expect(peers).toEqual(['0.0.0.0/1', '128.0.0.0/1']);
  });

  it('is 2000::/3', () => {
    expect(found(group(permission('tcp', 3389, '2000::/3')))).toEqual(['RDP high']);
  });

  it('is every block but one', () => {
    const blocks = Array.from({ length: 7 }, (_, index) => `${(index + 1) * 32}.0.0.0/3`);
    expect(found(group(permission('tcp', 22, ...blocks)))).toEqual(['SSH high']);
  });

  it('is not what one organisation may hold, nor what never comes from the internet', () => {
    expect(found(group(permission('tcp', 22, '17.0.0.0/8', '10.0.0.0/8', '2001:db8::/32')))).toEqual([]);
    expect(found(group(permission('tcp', 22, '224.0.0.0/3', 'fc00::/7', '100.64.0.0/10')))).toEqual([]);
  });

  it('does not unite sources across ports', () => {
    const halves = [permission('tcp', 22, '0.0.0.0/8'), permission('tcp', 5432, '17.0.0.0/8', '18.0.0.0/8')];
    expect(found(group(...halves))).toEqual(['PostgreSQL high']);
  });

  it('leaves a narrow rule beside a wide one out of evidence and fix', () => {
    const [failure] = judge(check, group(permission('tcp', 22, '0.0.0.0/0', '198.51.100.7/32'))).failures;
    expect(failure?.evidence.filter(({ type }) => type === 'security-group-rule')).toHaveLength(1);
    expect(failure?.fix?.cli).toEqual([
      `aws ec2 revoke-security-group-ingress --region eu-west-1 --group-id sg-0a1 --ip-permissions '[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]'`,
    ]);
  });
});

describe('F7 prefix lists', () => {
  const listed = group(permission('tcp', 22, 'pl-0a1'));
  const lists = { ...listed, managedPrefixLists: [{ PrefixListId: 'pl-0a1' }] };

  it('are expanded, and two of them united', () => {
    const entries = ['0.0.0.0/2', '64.0.0.0/2', '128.0.0.0/1'];
    const resources = {
      ...lists,
      managedPrefixListEntries: entries.map((Cidr) => ({ Cidr, PrefixListId: 'pl-0a1' })),
    };
    expect(found(resources)).toEqual(['SSH high']);
  });

  it('of AWS count as those of customers do', () => {
    const aws = { ...listed, prefixLists: [{ PrefixListId: 'pl-0a1', Cidrs: ['52.0.0.0/6', '3.0.0.0/8'] }] };
    expect(found(aws)).toEqual(['SSH high']);
  });

  it('that are known to be empty or small admit nobody', () => {
    expect(judge(check, lists).passes).toHaveLength(1);
    const small = { ...lists, managedPrefixListEntries: [{ Cidr: '198.51.100.0/24', PrefixListId: 'pl-0a1' }] };
    expect(judge(check, small).passes).toHaveLength(1);
  });

  it('that could not be read are unknown for the group that names them, and for no other', () => {
    const two = {
      ...lists,
      securityGroups: [...(lists.securityGroups ?? []), securityGroup([], { GroupId: 'sg-0a2' })],
    };
    const judged = judgeRegion(check, withGap(exampleRegion(two), 'managedPrefixListEntries', 'pl-0a1'));
    expect(judged.unknowns.map(({ resource }) => resource.id)).toEqual(['sg-0a1']);
    expect(judged.unknowns[0]?.missing[0]?.iamAction).toBe('ec2:GetManagedPrefixListEntries');
    expect(judged.passes.map(({ resource }) => resource.id)).toEqual(['sg-0a2']);
  });

  it('that could not be read do not hide the world beside them', () => {
    const beside = group(permission('tcp', 22, 'pl-0a1', '0.0.0.0/0'));
    const judged = judgeRegion(check, denied(exampleRegion(beside), 'managedPrefixListEntries'));
    expect([judged.failures.length, judged.unknowns.length]).toEqual([1, 1]);
  });
});

describe('F8 protocols other than TCP and UDP', () => {
  it('are findings of their own', () => {
    const failures = found(group(permission('47', undefined, '0.0.0.0/0'), permission('50', undefined, '0.0.0.0/0')));
    expect(failures).toEqual(['protocol 47 medium', 'protocol 50 medium']);
  });

  it('count ICMP as ICMP: echo is little, errors are nothing, the rest is low', () => {
    expect(found(group(permission('icmp', [8, -1], '0.0.0.0/0')))).toEqual(['ICMP informational']);
    expect(found(group(permission('icmp', [3, 4], '0.0.0.0/0'), permission('icmpv6', [2, 0], '::/0')))).toEqual([]);
    expect(found(group(permission('icmp', [-1, -1], '0.0.0.0/0')))).toEqual(['ICMP low']);
    expect(found(group(permission('icmpv6', undefined, '::/0')))).toEqual(['ICMPv6 low']);
  });
});

describe('F9 both families', () => {
  it('finds IPv6 alone, and counts both as one finding', () => {
    expect(found(group(permission('tcp', 6379, '::/0')))).toEqual(['Redis high']);
    const [failure, ...others] = judge(check, group(permission('tcp', 6379, '::/0', '0.0.0.0/0'))).failures;
    expect(others).toEqual([]);
    expect(failure?.evidence).toContainEqual(expect.objectContaining({ cidrBlocks: ['0.0.0.0/0', '::/0'] }));
  });
});

describe('F24 a self-reference clears nothing', () => {
  it('beside a rule for the world', () => {
    expect(found(group(permission('tcp', 22, 'sg-0a1', '0.0.0.0/0')))).toEqual(['SSH high']);
  });
});

describe('severity and evidence', () => {
  it('makes little of the ports that are meant to be open', () => {
    expect(found(group(permission('tcp', 443, '0.0.0.0/0'), permission('tcp', 80, '0.0.0.0/0')))).toEqual([
      'HTTP informational',
      'HTTPS informational',
    ]);
  });

  it('names rules by their own ids and revokes them by those', () => {
    const rule = { GroupId: 'sg-0a1', IsEgress: false, IpProtocol: 'tcp', FromPort: 22, ToPort: 22 };
    const [failure] = judge(check, {
      ...group(permission('tcp', 22, '0.0.0.0/0')),
      securityGroupRules: [{ ...rule, SecurityGroupRuleId: 'sgr-0a1', CidrIpv4: '0.0.0.0/0' }],
    }).failures;
    expect(failure?.evidence[0]).toMatchObject({ securityGroupRuleId: 'sgr-0a1', fromPort: 22, peer: '0.0.0.0/0' });
    expect(failure?.fix?.cli).toEqual([
      'aws ec2 revoke-security-group-ingress --region eu-west-1 --group-id sg-0a1 --security-group-rule-ids sgr-0a1',
    ]);
  });

  describe('in Terraform', () => {
    const open = permission('tcp', 22, '0.0.0.0/0', '10.0.0.0/8', '198.51.100.0/24');
    const rule = (id: string, cidr: string, port = 22, isEgress = false): Item => ({
      SecurityGroupRuleId: id,
      GroupId: 'sg-0a1',
      IsEgress: isEgress,
      IpProtocol: 'tcp',
      FromPort: port,
      ToPort: port,
      CidrIpv4: cidr,
    });
    const rules = [
      rule('sgr-0d1', '198.51.100.0/24'),
      rule('sgr-0a1', '0.0.0.0/0'),
      rule('sgr-0c1', '10.0.0.0/8'),
      rule('sgr-0e1', '0.0.0.0/0', 443, true),
    ];
    const terraformOf = (securityGroupRules: readonly Item[], ...more: readonly Item[]): string | undefined =>
      judge(check, {
        securityGroups: [
          securityGroup([open, ...more], { IpPermissionsEgress: [permission('tcp', 443, '0.0.0.0/0')] }),
        ],
        securityGroupRules,
      }).failures[0]?.fix?.terraform;

    it('keeps every rule but those that it revokes', () => {
      expect(terraformOf(rules)?.split('\n').slice(1)).toEqual([
        'resource "aws_vpc_security_group_rules_exclusive" "sg_0a1" {',
        '  security_group_id = "sg-0a1"',
        '  ingress_rule_ids  = ["sgr-0c1", "sgr-0d1"]',
        '  egress_rule_ids   = ["sgr-0e1"]',
        '}',
      ]);
    });

    it('is left out where the list would revoke a rule whose id is not known', () => {
      expect(terraformOf([])).toBeUndefined();
      for (const left of rules) expect(terraformOf(rules.filter((own) => own !== left))).toBeUndefined();
      expect(terraformOf([...rules, rule('sgr-0f1', '192.0.2.0/24')])).toBeUndefined();
    });

    it('is left out where the list would be longer than anybody reads', () => {
      const many = Array.from({ length: 18 }, (_, at) => `10.0.${at}.0/24`);
      const withMany = (cidrs: readonly string[]): string | undefined =>
        terraformOf(
          [...rules, ...cidrs.map((cidr, at) => rule(`sgr-1${at}`, cidr, 8443))],
          permission('tcp', 8443, ...cidrs),
        );
      expect(withMany(many.slice(1))).toContain('sgr-116');
      expect(withMany(many)).toBeUndefined();
    });
  });

  it('says unknown of a rule that cannot be read and might admit the internet', () => {
    expect(judge(check, group(permission('tcp', 22, '128.0.0.1/1'))).unknowns).toHaveLength(1);
    expect(judge(check, group(permission('tpc', 22, '0.0.0.0/0'))).unknowns).toHaveLength(1);
  });
});
