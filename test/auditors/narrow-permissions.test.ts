import { array, assert, integer, nat, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleRegion, exampleSnapshot } from '../../src/auditors/example-region.ts';
import { permission, securityGroup } from '../../src/auditors/examples.ts';
import { areNarrow } from '../../src/auditors/narrow-permissions.ts';
import { internetClauses } from '../../src/auditors/open-ports.ts';
import { groupRules } from '../../src/network/hops/security-group.ts';

const groupOf = (...cidrs: readonly string[]) => {
  const region = exampleRegion({
    securityGroups: [securityGroup([permission('tcp', 22, ...cidrs)], { GroupId: 'sg-0a1' })],
  });
  const { securityGroups } = region.resources;
  const [group] = securityGroups.status === 'collected' ? securityGroups.resources : [];
  if (group === undefined) throw new Error('the group was not mapped');
  return { group, clauses: groupRules(exampleSnapshot([region]), [group.groupId], false).clauses };
};

const ipv4 = tuple(nat(0xffff_ffff), integer({ min: 1, max: 32 })).map(([address, length]) => {
  const network = length === 32 ? address : Math.floor(address / 2 ** (32 - length)) * 2 ** (32 - length);
  return `${[24, 16, 8, 0].map((shift) => Math.floor(network / 2 ** shift) % 256).join('.')}/${length}`;
});

describe('permissions that are narrow by their prefixes alone', () => {
  it('never span the internet', () => {
    let narrow = 0;
    assert(
      property(array(ipv4, { minLength: 1, maxLength: 6 }), (cidrs) => {
        const { group, clauses } = groupOf(...cidrs);
        if (!areNarrow(group.ipPermissions)) return;
        narrow += 1;
        expect(internetClauses(clauses)).toEqual([]);
      }),
      { numRuns: 500 },
    );
    expect(narrow).toBeGreaterThan(20);
  });

  it.each([
    [['10.0.0.0/8', '172.16.0.0/12', '198.51.100.0/24'], true],
    [['17.0.0.0/8'], true],
    [['17.0.0.0/8', '198.51.100.7/32'], false],
    [['0.0.0.0/0'], false],
    [['2001:db8::/32'], true],
    [['2000::/15'], false],
    [['pl-0a1'], false],
    [['8.0.0.0/6'], false],
    [['10.0.0.0/7', '1.0.0.0/8'], false],
    [['192.168.0.0/13', '1.0.0.0/8'], false],
  ])('%j: %s', (cidrs, narrow) => {
    expect(areNarrow(groupOf(...cidrs).group.ipPermissions)).toBe(narrow);
  });
});
