import { describe, expect, it } from 'vitest';
import check from '../../../src/auditors/network-acls/network-acl-admin-ports-open-to-internet.ts';
import { entry, type Item, networkAcl } from '../../../src/auditors/examples.ts';
import { judge } from '../judge.ts';

const out = entry(100, 'allow', 'egress', '0.0.0.0/0');
const out6 = entry(101, 'allow', 'egress', '::/0');
const everything = entry(100, 'allow', 'ingress', '0.0.0.0/0');
const ssh = (ruleNumber: number, action: 'allow' | 'deny', cidr: string): Item =>
  entry(ruleNumber, action, 'ingress', cidr, '6', [22, 22]);
const acl = (...entries: readonly Item[]) => ({ networkAcls: [networkAcl(entries)] });
const found = (...entries: readonly Item[]): readonly string[] =>
  judge(check, acl(...entries)).failures.map(
    ({ evidence }) =>
      `${String(Reflect.get(evidence[0], 'service'))} by ${evidence.map((item) => Reflect.get(item, 'ruleNumber')).join(' ')}`,
  );

describe('F9 both families', () => {
  it('finds an ACL that admits the IPv6 internet alone', () => {
    expect(found(ssh(100, 'allow', '::/0'), out6)).toEqual(['SSH by 100']);
  });

  it('finds the IPv6 twin of a deny that is for IPv4 alone', () => {
    const entries = [ssh(10, 'deny', '0.0.0.0/0'), everything, entry(101, 'allow', 'ingress', '::/0'), out, out6];
    expect(found(...entries)).toContain('SSH by 101');
  });
});

describe('F10 first match', () => {
  it('believes a deny of everything that stands first', () => {
    expect(judge(check, acl(entry(10, 'deny', 'ingress', '0.0.0.0/0'), everything, out)).passes).toHaveLength(1);
  });

  it('is not fooled by a deny of another port', () => {
    expect(found(entry(10, 'deny', 'ingress', '0.0.0.0/0', '6', [445, 445]), everything, out)).toHaveLength(1);
  });
});

describe('F11 protocol and port', () => {
  it('takes no ICMP or database rule for administration', () => {
    const icmp = { ...entry(100, 'allow', 'ingress', '0.0.0.0/0', '1'), IcmpTypeCode: { Type: -1, Code: -1 } };
    expect(found(icmp, entry(110, 'allow', 'ingress', '0.0.0.0/0', '6', [3306, 3306]), out)).toEqual([]);
  });

  it('finds ports within 0 to 65535, and RDP over UDP', () => {
    expect(found(entry(100, 'allow', 'ingress', '0.0.0.0/0', '6', [0, 65_535]), out)).toHaveLength(1);
    expect(found(entry(100, 'allow', 'ingress', '0.0.0.0/0', '17', [3389, 3389]), out)).toEqual(['RDP by 100']);
  });
});

describe('F12 blocks are sets', () => {
  it('unites two halves', () => {
    expect(found(ssh(100, 'allow', '0.0.0.0/1'), ssh(110, 'allow', '128.0.0.0/1'), out)).toEqual(['SSH by 100 110']);
  });

  it('believes a deny in two halves', () => {
    const denies = [ssh(10, 'deny', '0.0.0.0/1'), ssh(20, 'deny', '128.0.0.0/1')];
    expect(found(...denies, everything, out).join()).not.toContain('SSH');
  });
});

describe('F13 a connection needs its reply', () => {
  it('is not open where nothing gets out', () => {
    expect(found(ssh(100, 'allow', '0.0.0.0/0'))).toEqual([]);
  });

  it('is open where replies reach some ports of a client', () => {
    const replies = entry(100, 'allow', 'egress', '0.0.0.0/0', '6', [32_768, 60_999]);
    expect(found(ssh(100, 'allow', '0.0.0.0/0'), replies)).toEqual(['SSH by 100']);
  });
});

describe('one finding per rule', () => {
  it('tells two rules for two services apart, and joins what one rule opens', () => {
    const rdp = entry(110, 'allow', 'ingress', '0.0.0.0/0', '6', [3389, 3389]);
    expect(found(ssh(100, 'allow', '0.0.0.0/0'), rdp, out)).toEqual(['RDP by 110', 'SSH by 100']);
    expect(found(everything, out)).toHaveLength(1);
  });

  it('weighs by use: the default ACL is low, one of no subnet says little', () => {
    const severity = (members: Item) =>
      judge(check, { networkAcls: [networkAcl([everything, out], members)] }).failures[0]?.severity;
    expect([severity({}), severity({ IsDefault: true }), severity({ Associations: [] })]).toEqual([
      'medium',
      'low',
      'informational',
    ]);
  });

  it('denies at free numbers before the rule', () => {
    const [failure] = judge(check, acl(ssh(2, 'allow', '0.0.0.0/0'), out)).failures;
    expect(failure?.fix?.cli).toEqual([
      'aws ec2 create-network-acl-entry --region eu-west-1 --network-acl-id acl-0a1 --ingress --rule-number 1 --protocol 6 --port-range From=22,To=22 --cidr-block 0.0.0.0/0 --rule-action deny',
    ]);
    expect(judge(check, acl(ssh(1, 'allow', '0.0.0.0/0'), out)).failures[0]?.fix?.cli).toBeUndefined();
  });

  it('says unknown behind an entry that cannot be read', () => {
    const judged = judge(check, acl(ssh(10, 'deny', '10.0.0.1/8'), everything, out));
    expect([judged.failures.length, judged.unknowns.length]).toEqual([0, 1]);
  });
});
