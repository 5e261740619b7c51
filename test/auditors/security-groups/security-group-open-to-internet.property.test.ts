import { array, assert, constantFrom, integer, oneof, property, record, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import check from '../../../src/auditors/security-groups/security-group-open-to-internet.ts';
import { type Item, permission, securityGroup } from '../../../src/auditors/examples.ts';
import { judge } from '../judge.ts';

const block = oneof(
  constantFrom('0.0.0.0/0', '::/0', '10.0.0.0/8', '198.51.100.0/24', '2000::/3', '0.0.0.0/1', '128.0.0.0/1'),
  tuple(integer({ min: 1, max: 6 }), integer({ min: 0, max: 63 })).map(
    ([length, index]) => `${(index % 2 ** length) * 2 ** (8 - length)}.0.0.0/${length}`,
  ),
);
const ports = tuple(integer({ min: 0, max: 9500 }), integer({ min: 0, max: 70 })).map(
  ([from, size]) => [from, from + size] as const,
);
const rule = record({ protocol: constantFrom('tcp', 'udp', 'icmp', '47', '-1'), ports, block });
type Rule = { readonly protocol: string; readonly ports: readonly [number, number]; readonly block: string };

const item = ({ protocol, ports: range, block: peer }: Rule, peers: readonly string[] = [peer]): Item =>
  permission(protocol, protocol === 'tcp' || protocol === 'udp' ? range : undefined, ...peers);

const found = (ingress: readonly Item[]): readonly string[] =>
  judge(check, { securityGroups: [securityGroup(ingress)] })
    .failures.map(({ evidence, severity }) => `${String(Reflect.get(evidence[0], 'service'))} ${severity}`)
    .toSorted();

/** A block of IPv4 in its two halves. */
function halves(text: string): readonly string[] {
  const [address = '', length = ''] = text.split('/');
  if (text.includes(':') || Number(length) > 7) return [text];
  const from = Number(address.split('.')[0]);
  return [`${from}.0.0.0/${Number(length) + 1}`, `${from + 2 ** (7 - Number(length))}.0.0.0/${Number(length) + 1}`];
}

describe('whatever the rules', () => {
  it('says the same of a block and of its halves', () => {
    assert(
      property(array(rule, { maxLength: 6 }), (rules) => {
        const split = rules.map((one) => item(one, halves(one.block)));
        expect(found(split)).toEqual(found(rules.map((one) => item(one))));
      }),
      { numRuns: 60 },
    );
  });

  it('says the same of a range of ports and of its halves', () => {
    assert(
      property(array(rule, { maxLength: 6 }), (rules) => {
        const split = rules.flatMap((one) => {
          const [from, to] = one.ports;
          const middle = Math.floor((from + to) / 2);
          if (middle === to) return [item(one)];
          return [item({ ...one, ports: [from, middle] }), item({ ...one, ports: [middle + 1, to] })];
        });
        expect(found(split)).toEqual(found(rules.map((one) => item(one))));
      }),
      { numRuns: 60 },
    );
  });

  it('hides no service behind another rule: more rules, no fewer services', () => {
    const services = (rules: readonly Rule[]): readonly string[] =>
      found(rules.map((one) => item(one))).filter((name) => !/^(all|other|protocol|ICMP)/.test(name));
    assert(
      property(array(rule, { minLength: 1, maxLength: 6 }), (rules) => {
        const all = new Set(services(rules));
        for (const name of services(rules.slice(1))) expect(all).toContain(name);
      }),
      { numRuns: 60 },
    );
  });

  it('gives evidence and commands without which the finding goes away', () => {
    assert(
      property(array(rule, { maxLength: 5 }), (rules) => {
        const ingress = rules.map((one) => item(one));
        for (const { evidence } of judge(check, { securityGroups: [securityGroup(ingress)] }).failures) {
          const peers = evidence.flatMap((one) => (one.type === 'security-group-rule' ? [one] : []));
          const left = rules.filter(
            (one) =>
              !peers.some(
                ({ peer, protocol, fromPort, toPort }) =>
                  peer === one.block &&
                  protocol === (one.protocol === '-1' ? 'all' : one.protocol) &&
                  (fromPort === undefined || (fromPort === one.ports[0] && toPort === one.ports[1])),
              ),
          );
          const service = String(Reflect.get(evidence[0], 'service'));
          expect(found(left.map((one) => item(one))).map((name) => name.replace(/ \w+$/, ''))).not.toContain(service);
        }
      }),
      { numRuns: 60 },
    );
  });
});
