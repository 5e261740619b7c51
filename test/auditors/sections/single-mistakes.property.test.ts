import { expect, it } from 'vitest';
import { exampleSnapshot } from '../../../src/auditors/example-region.ts';
import { isTcp } from '../../../src/auditors/sections/defence-in-depth/acl-opening.ts';
import type { ClassDefence } from '../../../src/auditors/sections/defence-in-depth/class-defence.ts';
import { subnetDefence } from '../../../src/auditors/sections/defence-in-depth/defence-in-depth.ts';
import { isFromStrangers } from '../../../src/auditors/sections/defence-in-depth/opening.ts';
import type { NetworkAcl } from '../../../src/model/resources/network-acl.ts';
import type { NetworkInterface } from '../../../src/model/resources/network-interface.ts';
import type { SecurityGroup } from '../../../src/model/resources/security-group.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { internetExposure } from '../../../src/network/exposure.ts';
import { behindPublicAddress } from '../../../src/network/facts/addresses.ts';
import { instanceById, interfaceById, subnetById } from '../../../src/network/facts/resources-by-id.ts';
import { networkAclOfSubnet } from '../../../src/network/facts/vpc-tables.ts';
import { buildNetwork } from '../../../src/network/network.ts';
import { parseIpv4 } from '../../../src/network/sets/ip-address.ts';
import { generateNetwork } from '../../oracle/generator/network.ts';

const FIRST_SEED = 9_300;
const NETWORKS = 60;

type Edit = {
  readonly securityGroups?: (own: SecurityGroup) => SecurityGroup;
  readonly networkAcls?: (own: NetworkAcl) => NetworkAcl;
};

/** The snapshot with some of its resources changed, wherever they are answered. */
function edited(snapshot: Snapshot, edit: Edit): Snapshot {
  const regions = snapshot.regions.map((region) => {
    const resources = { ...region.resources };
    for (const [kind, change] of Object.entries(edit)) {
      const collected = resources[kind as keyof Edit];
      if (collected.status !== 'collected') continue;
      Object.assign(resources, { [kind]: { ...collected, resources: collected.resources.map(change as never) } });
    }
    return { ...region, resources };
  });
  return { ...snapshot, regions };
}

const worldRule = {
  ipProtocol: '-1',
  fromPort: undefined,
  toPort: undefined,
  ipRanges: [{ cidrIp: '0.0.0.0/0', description: undefined }],
  ipv6Ranges: [{ cidrIpv6: '::/0', description: undefined }],
  prefixListIds: [],
  userIdGroupPairs: [],
};

const opened = (groupIds: readonly string[]): Edit => ({
  securityGroups: (own) =>
    groupIds.includes(own.groupId) ? { ...own, ipPermissions: [...own.ipPermissions, worldRule] } : own,
});

const openedAcl = (networkAclId: string): Edit => ({
  networkAcls: (own) =>
    own.networkAclId === networkAclId
      ? {
          ...own,
          entries: [
            ...[true, false].flatMap((egress) =>
              [{ cidrBlock: '0.0.0.0/0' }, { ipv6CidrBlock: '::/0' }].map((block) => ({
                ruleNumber: 0,
                ruleAction: 'allow' as const,
                egress,
                protocol: '-1',
                portRange: undefined,
                icmpTypeCode: undefined,
                cidrBlock: undefined,
                ipv6CidrBlock: undefined,
                ...block,
              })),
            ),
            ...own.entries,
          ],
        }
      : own,
});

function isRunning(snapshot: Snapshot, { status, attachment }: NetworkInterface): boolean {
  const instanceId = attachment?.instanceId;
  const state = instanceId === undefined ? 'running' : instanceById(snapshot).get(instanceId)?.resource.state;
  return status === 'in-use' && state === 'running';
}

/** Random networks may give one public address to two interfaces; packets get to one of them. */
const isCalledByItsAddress = (
  snapshot: Snapshot,
  { networkInterfaceId, privateIpAddresses }: NetworkInterface,
): boolean =>
  privateIpAddresses.every(({ association }) => {
    const value = parseIpv4(association?.publicIp ?? '').value;
    const holder = value === undefined ? undefined : behindPublicAddress(snapshot, value);
    return holder === undefined || holder.located.resource.networkInterfaceId === networkInterfaceId;
  });

/** Do strangers reach the interface, by the engine? */
function isReached(snapshot: Snapshot, id: string, family: 4 | 6): boolean {
  const found = internetExposure(buildNetwork(snapshot))
    .of(id)
    .filter(
      ({ kind, addresses }) =>
        (kind === 'ipv6') === (family === 6) && addresses.some((own) => own.networkInterfaceId === id),
    );
  return isFromStrangers(
    family,
    found.flatMap(({ admitted, doubtful, deliveredOnly }) => [
      ...admitted,
      ...doubtful,
      ...deliveredOnly.filter((box) => !isTcp(box)),
    ]),
  );
}

/** Classes that are not open, of which everything is known and something runs. */
function closedClasses(
  snapshot: Snapshot,
  family: 4 | 6,
  subnetId: string,
): readonly (readonly [ClassDefence, string])[] {
  const subnet = subnetById(snapshot).get(subnetId)?.resource;
  if (subnet === undefined) return [];
  return subnetDefence(snapshot, subnet, family).classes.flatMap((one) => {
    if (one.isOpen || one.interfaces.isLoadBalancer || one.layers.some(({ state }) => state === 'unknown')) return [];
    const running = one.interfaces.ids.find((id) => {
      const own = interfaceById(snapshot).get(id)?.resource;
      return own !== undefined && isRunning(snapshot, own) && isCalledByItsAddress(snapshot, own);
    });
    return running === undefined || one.interfaces.groupIds.length === 0 ? [] : [[one, running] as const];
  });
}

it.each([
  ['security-group-opened', ({ interfaces }: ClassDefence) => opened(interfaces.groupIds)],
  ['network-acl-opened', (_: ClassDefence, networkAclId: string) => openedAcl(networkAclId)],
] as const)(
  '%s is named exactly where making it lets strangers in, as the engine walks the packets',
  (mistake, make) => {
    const counts = { named: 0, unnamed: 0 };
    for (let seed = FIRST_SEED; seed < FIRST_SEED + NETWORKS; seed++) {
      const snapshot = exampleSnapshot([...generateNetwork(seed)]);
      for (const { resource: subnet } of subnetById(snapshot).values()) {
        const networkAclId = networkAclOfSubnet(snapshot, subnet).value?.networkAclId ?? '';
        for (const family of [4, 6] as const) {
          const [first] = closedClasses(snapshot, family, subnet.subnetId);
          if (first === undefined) continue;
          const [one, id] = first;
          const isNamed = one.mistakes.some((own) => own.mistake === mistake);
          counts[isNamed ? 'named' : 'unnamed']++;
          const after = edited(snapshot, make(one, networkAclId));
          expect([seed, id, family, isReached(after, id, family)]).toEqual([seed, id, family, isNamed]);
        }
      }
    }
    expect(counts.named).toBeGreaterThan(5);
    expect(counts.unnamed).toBeGreaterThan(10);
  },
);
