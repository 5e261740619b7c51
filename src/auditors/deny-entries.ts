import type { NetworkAcl, NetworkAclEntry } from '../model/resources/network-acl.ts';
import type { Fix } from '../model/verdict/verdict.ts';
import {
  createEntry,
  deleteEntry,
  type EntryText,
  entryTerraform,
  freeRuleNumbers,
  lastUserRule,
} from './network-acl-fix.ts';

/** Entries of one direction, the default quota and the largest that AWS grants (VPC quotas, network ACLs). */
const quota = { usual: 20, largest: 40 } as const;

/** Where denies go: their numbers, and the entries that have to move up for them, the last first. */
export interface DenyPlaces {
  readonly numbers: readonly number[];
  readonly moves: readonly { readonly entry: NetworkAclEntry; readonly to: number }[];
}

/**
 * Numbers before an entry for so many denies: free ones if there are enough, else those that become free when the entry
 * and what stands close behind it move up, in the same order. Nothing where there is no room at all.
 */
export function placesBefore(acl: NetworkAcl, egress: boolean, before: number, count: number): DenyPlaces | undefined {
  const free = freeRuleNumbers(acl, egress, before, count);
  if (free.length === count) return { numbers: free, moves: [] };
  const own = acl.entries
    .filter((entry) => entry.egress === egress && entry.ruleNumber <= lastUserRule)
    .sort((a, b) => a.ruleNumber - b.ruleNumber);
  const earlier = own.filter(({ ruleNumber }) => ruleNumber < before);
  const room = before - 1 - earlier.length;
  const moves: { entry: NetworkAclEntry; to: number }[] = [];
  let next = before + count - room;
  for (const entry of own.filter(({ ruleNumber }) => ruleNumber >= before)) {
    if (entry.ruleNumber >= next) break;
    moves.unshift({ entry, to: next });
    next += 1;
  }
  if (next - 1 > lastUserRule) return undefined;
  const moved = moves.at(-1)?.to ?? before;
  const taken = new Set(earlier.map(({ ruleNumber }) => ruleNumber));
  const numbers = Array.from({ length: moved - 1 }, (_, index) => index + 1).filter((number) => !taken.has(number));
  return numbers.length < count ? undefined : { numbers: numbers.slice(-count), moves };
}

/** Denies everything to or from some blocks, before the entry that lets it through. */
export function denyBlocks(
  region: string,
  acl: NetworkAcl,
  { egress, before, blocks }: { readonly egress: boolean; readonly before: number; readonly blocks: readonly string[] },
): Fix {
  const own = acl.entries.filter((entry) => entry.egress === egress && entry.ruleNumber <= lastUserRule).length;
  const total = own + blocks.length;
  if (total > quota.largest) {
    return {
      summary:
        `Deny them before rule ${before}: that takes ${blocks.length} entries, and an ACL holds at most ${quota.largest} ` +
        'in a direction, so widen them to fewer blocks or put AWS Network Firewall before the subnet.',
    };
  }
  const places = placesBefore(acl, egress, before, blocks.length);
  if (places === undefined)
    return { summary: `Deny them before rule ${before}, for which the ACL has no number left.` };
  const { numbers, moves } = places;
  const text = (index: number): EntryText => {
    const block = blocks[index] ?? '';
    return {
      egress,
      ruleAction: 'deny',
      protocol: '-1',
      cidrBlock: block.includes(':') ? undefined : block,
      ipv6CidrBlock: block.includes(':') ? block : undefined,
      portRange: undefined,
      icmpTypeCode: undefined,
    };
  };
  return {
    summary: [
      `Deny them as rule ${numbersText(numbers)}, before rule ${before} lets them in`,
      ...(moves.length === 0
        ? []
        : [
            `no number is free there, so ${moves.length === 1 ? 'that rule moves' : `${moves.length} rules move`} up first`,
          ]),
      ...(total > quota.usual ? [`${total} entries need a higher quota than the usual ${quota.usual}`] : []),
    ]
      .join('; ')
      .concat('.'),
    cli: [
      ...moves.flatMap(({ entry, to }) => [
        createEntry(region, acl.networkAclId, to, entry),
        deleteEntry(region, acl.networkAclId, entry),
      ]),
      ...numbers.map((number, index) => createEntry(region, acl.networkAclId, number, text(index))),
    ],
    // A rule that moves is another resource in Terraform, and whose it is cannot be seen from here
    ...(moves.length > 0
      ? {}
      : {
          terraform: numbers.map((number, index) => entryTerraform(acl.networkAclId, number, text(index))).join('\n\n'),
        }),
  };
}

const numbersText = (numbers: readonly number[]): string => {
  const [first, last] = [numbers[0] ?? 0, numbers.at(-1) ?? 0];
  if (numbers.length === 1) return String(first);
  return last - first === numbers.length - 1 ? `${first} to ${last}` : numbers.join(', ');
};
