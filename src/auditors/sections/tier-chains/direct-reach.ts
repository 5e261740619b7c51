import type { NetworkInterface } from '../../../model/resources/network-interface.ts';
import type { Snapshot } from '../../../model/snapshot/snapshot.ts';
import type { Evidence } from '../../../model/verdict/evidence.ts';
import type { Missing } from '../../../model/verdict/verdict.ts';
import { type AddressClass, addressClasses } from '../../../network/facts/address-classes.ts';
import { derive, type Derived } from '../../../network/facts/derive.ts';
import { type Exposure, internetExposure } from '../../../network/exposure.ts';
import { buildNetwork } from '../../../network/network.ts';
import { walkBetween } from '../../../network/pairwise.ts';
import { disjointIntervals, type Intervals, intervalsHave } from '../../../network/sets/intervals.ts';
import { protocolNumbers } from '../../../network/sets/protocol.ts';

const ownExposures = (snapshot: Snapshot, { networkInterfaceId }: NetworkInterface): readonly Exposure[] =>
  internetExposure(buildNetwork(snapshot))
    .of(networkInterfaceId)
    .filter(({ addresses }) => addresses.some((address) => address.networkInterfaceId === networkInterfaceId));

/** What the internet gets through to at addresses of the interface's own, not as a target behind others. */
export const directExposures = (snapshot: Snapshot, own: NetworkInterface): readonly Exposure[] =>
  ownExposures(snapshot, own).filter(({ admitted }) => admitted.length > 0);

/** What would have to be known to say that the internet gets through to none of them. */
export const doubtsOf = (snapshot: Snapshot, own: NetworkInterface): readonly Missing[] =>
  ownExposures(snapshot, own).flatMap(({ doubtful, missing }) => (doubtful.length > 0 ? missing : []));

/** The rules of an exposure that are evidence in a finding too. */
export const rulesOf = (exposures: readonly Exposure[]): readonly Evidence[] => [
  ...new Map(
    exposures.flatMap(({ rules }) =>
      rules.flatMap((rule) =>
        rule.type === 'security-group-rule' || rule.type === 'network-acl-entry' || rule.type === 'route'
          ? [[JSON.stringify(rule), rule] as const]
          : [],
      ),
    ),
  ).values(),
];

const classOf: Derived<Snapshot, ReadonlyMap<string, AddressClass>> = derive((snapshot) => {
  const found = new Map<string, AddressClass>();
  for (const one of addressClasses(snapshot)) {
    for (const { located, family } of one.members) {
      const { networkInterfaceId } = located.resource;
      if (family === 4 || !found.has(networkInterfaceId)) found.set(networkInterfaceId, one);
    }
  }
  return found;
});

/** Can one interface open a TCP connection to another on some of the ports, as the engine walks the packets? */
export function connects(
  snapshot: Snapshot,
  from: NetworkInterface,
  to: NetworkInterface,
  ports: Intervals<number>,
): boolean {
  const [sender, receiver] = [from, to].map(({ networkInterfaceId }) => classOf(snapshot).get(networkInterfaceId));
  if (sender === undefined || receiver === undefined) return false;
  const outcome = walkBetween(buildNetwork(snapshot), sender, receiver);
  return (
    outcome?.alive.some(
      (box) => intervalsHave(box.protocols, protocolNumbers.tcp) && !disjointIntervals(box.destinationPorts, ports),
    ) === true
  );
}
