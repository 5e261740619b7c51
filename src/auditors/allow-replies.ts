import type { NetworkAcl } from '../model/resources/network-acl.ts';
import type { Subnet } from '../model/resources/subnet.ts';
import type { Fix } from '../model/verdict/verdict.ts';
import { formatAddresses, parseAddressSet } from '../network/sets/address-set.ts';
import { protocolNumbers } from '../network/sets/protocol.ts';
import { type BlockedReturn, replyEvidence } from './blocked-returns.ts';
import { createEntry, type EntryText, entryTerraform, lastUserRule, nextRuleNumbers } from './network-acl-fix.ts';

/** More entries than this are no fix but a new ACL, whose quota is twenty (VPC quotas). */
const mostEntries = 6;

/**
 * The entries that let the replies through; none where an entry of the ACL's owner refuses them on purpose. `served` are
 * the subnets of the ACL.
 */
export function allowReplies(region: string, acl: NetworkAcl, returned: BlockedReturn, served: readonly Subnet[]): Fix {
  const { direction, protocol, refusedBy } = returned;
  const denied = refusedBy.find(({ entry }) => entry.ruleNumber <= lastUserRule);
  if (denied !== undefined) {
    return { summary: `Allow the replies before rule ${denied.entry.ruleNumber}, or stop admitting what they answer.` };
  }
  const egress = direction === 'egress';
  const wanted = replyEvidence(returned).flatMap(({ cidrBlocks, portRanges }) =>
    fewestBlocks(cidrBlocks, served).flatMap((cidr) => portRanges.map((portRange) => ({ cidr, portRange }))),
  );
  const numbers = wanted.length > mostEntries ? [] : nextRuleNumbers(acl, egress, wanted.length);
  const made = numbers.flatMap((number, index) => {
    const entry = wanted[index];
    if (entry === undefined) return [];
    const text: EntryText = {
      egress,
      ruleAction: 'allow',
      protocol: String(protocolNumbers[protocol]),
      cidrBlock: entry.cidr.includes(':') ? undefined : entry.cidr,
      ipv6CidrBlock: entry.cidr.includes(':') ? entry.cidr : undefined,
      portRange: entry.portRange,
      icmpTypeCode: undefined,
    };
    return [{ number, text }];
  });
  return {
    summary: 'Allow the replies.',
    ...(made.length === 0
      ? {}
      : {
          cli: made.map(({ number, text }) => createEntry(region, acl.networkAclId, number, text)),
          terraform: made.map(({ number, text }) => entryTerraform(acl.networkAclId, number, text)).join('\n\n'),
        }),
  };
}

/**
 * The same addresses in fewer blocks, where the blocks of the subnets themselves fill the holes: what stays inside a
 * subnet never meets its ACL, so that to allow it allows nothing.
 */
function fewestBlocks(cidrBlocks: readonly string[], served: readonly Subnet[]): readonly string[] {
  const own = served.flatMap(({ cidrBlock, ipv6CidrBlocks }) => [
    ...(cidrBlock === undefined ? [] : [cidrBlock]),
    ...ipv6CidrBlocks,
  ]);
  const filled = parseAddressSet([...cidrBlocks, ...own]);
  const fewer = filled.reason === undefined ? formatAddresses(filled.value) : cidrBlocks;
  return fewer.length < cidrBlocks.length ? fewer : cidrBlocks;
}
