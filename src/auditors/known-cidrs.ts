import type { Configuration, KnownCidr } from '../model/configuration/configuration.ts';
import type { Evidence, NamedCidr } from '../model/verdict/evidence.ts';
import type { Verdict } from '../model/verdict/verdict.ts';
import { derive, type Derived } from '../network/facts/derive.ts';
import { type Cidr, parseCidrOrAddress } from '../network/sets/cidr.ts';

/** The name of a block or address: that of the smallest known block around it. */
const namesOf: Derived<Configuration, (text: string) => string | undefined> = derive(({ knownCidrs }) => {
  const known = knownCidrs
    .flatMap((entry) => {
      const cidr = parseCidrOrAddress(entry.cidr).value;
      return cidr === undefined ? [] : [{ entry, cidr }];
    })
    .sort((a, b) => b.cidr.prefixLength - a.cidr.prefixLength);
  const memo = new Map<string, KnownCidr | undefined>();
  return (text) => {
    if (!memo.has(text)) {
      const cidr = parseCidrOrAddress(text).value;
      memo.set(text, cidr === undefined ? undefined : known.find((one) => within(cidr, one.cidr))?.entry);
    }
    return memo.get(text)?.name;
  };
});

function within(inner: Cidr, outer: Cidr): boolean {
  const [from = 0, to = 0] = inner.addresses;
  const [first = 0, last = 0] = outer.addresses;
  return inner.family === outer.family && first <= from && to <= last;
}

/** The verdict with the names of the addresses that it speaks of. */
export function withKnownCidrs(verdict: Verdict, configuration: Configuration): Verdict {
  if (configuration.knownCidrs.length === 0) return verdict;
  const nameOf = namesOf(configuration);
  if (verdict.outcome === 'fail') {
    return { ...verdict, evidence: named(verdict.evidence, nameOf) };
  }
  if (verdict.outcome === 'pass' && verdict.allowed !== undefined) {
    return { ...verdict, allowed: { ...verdict.allowed, evidence: named(verdict.allowed.evidence, nameOf) } };
  }
  return verdict;
}

type SomeEvidence = readonly [Evidence, ...Evidence[]];

function named([first, ...others]: SomeEvidence, nameOf: (text: string) => string | undefined): SomeEvidence {
  const one = (item: Evidence): Evidence => {
    const known = blocksOf(item).flatMap((cidr): readonly NamedCidr[] => {
      const name = nameOf(cidr);
      return name === undefined ? [] : [{ cidr, name }];
    });
    return known.length === 0 ? item : ({ ...item, knownAs: known } as Evidence);
  };
  return [one(first), ...others.map(one)];
}

function blocksOf(item: Evidence): readonly string[] {
  switch (item.type) {
    case 'security-group-rule':
      return [item.peer];
    case 'network-acl-entry':
      return [item.cidrBlock];
    case 'traffic':
      return item.cidrBlocks;
    case 'route':
      return [item.destination];
    case 'policy-statement':
    case 'attribute':
    case 'resource':
      return [];
    default:
      return item satisfies never;
  }
}
