import type { NetworkAcl } from '../model/resources/network-acl.ts';
import type { Fix } from '../model/verdict/verdict.ts';
import { protocolNumbers } from '../network/sets/protocol.ts';
import type { AclOpening } from './acl-openings.ts';
import { createEntry, freeRuleNumbers } from './network-acl-fix.ts';

/** Denies the ports of an opening before the first of the entries that open them. */
export function denyOpening(region: string, acl: NetworkAcl, { ports, entries }: AclOpening): Fix {
  const first = Math.min(...entries.map((own) => own.entry.ruleNumber));
  const numbers = freeRuleNumbers(acl, false, first, ports.length);
  const cli = numbers.flatMap((number, index) => {
    const open = ports[index];
    if (open === undefined) return [];
    const block = open.family === 4 ? { cidrBlock: '0.0.0.0/0' } : { ipv6CidrBlock: '::/0' };
    return createEntry(region, acl.networkAclId, number, {
      egress: false,
      ruleAction: 'deny',
      protocol: String(protocolNumbers[open.protocol]),
      cidrBlock: undefined,
      ipv6CidrBlock: undefined,
      ...block,
      portRange: { from: open.port, to: open.port },
      icmpTypeCode: undefined,
    });
  });
  return {
    summary: `Deny the ports before rule ${first}, with allow rules for the networks that need them before the denies.`,
    ...(cli.length === 0 ? {} : { cli }),
  };
}
