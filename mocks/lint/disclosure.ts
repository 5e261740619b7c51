import { cidrContains, parseCidr } from '../cidr.ts';
import { fakePreSharedKey } from '../builders/vpn.ts';
import type { World } from '../world.ts';
import { documentsOf, type Problem, textsIn } from './problem.ts';

/** The account ids that AWS itself uses in its documentation, and repeated digits. */
const accountIds: ReadonlySet<string> = new Set([
  '000000000000',
  '111122223333',
  '123456789012',
  '222233334444',
  '333344445555',
  '444455556666',
  '555566667777',
  '777788889999',
  '888899990000',
  '999988887777',
]);

/** Private, documentation and special addresses (RFC 1918, 6598, 3927, 5737, 2544, 3849, 4193) and the whole internet. */
const harmless: readonly string[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '127.0.0.0/8',
  '0.0.0.0/8',
  '192.0.2.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '198.18.0.0/15',
  '2001:db8::/32',
  'fc00::/7',
  'fe80::/10',
  '::/128',
];

const ipv4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?![\d.])/g;
const ipv6 = /^[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:\/\d{1,3})?$/i;
const wholeInternet: ReadonlySet<string> = new Set([
  '0.0.0.0/0',
  '0.0.0.0/1',
  '128.0.0.0/1',
  '::/0',
  '::/1',
  '8000::/1',
]);

/** What belongs to somebody: addresses, accounts, mail addresses, and secrets other than the fake one. */
export function lintDisclosure(world: World): readonly Problem[] {
  return documentsOf(world).flatMap(({ place, document }) =>
    [...textsIn(document)].flatMap(({ member, text }) => [
      ...foreignAddresses(text).map((address) => ({
        place,
        problem: `${member} names ${address}, which somebody owns`,
      })),
      ...[...text.matchAll(/(?<!\d)\d{12}(?!\d)/g)]
        .filter(([id]) => !accountIds.has(id) && !isHexadecimal(text, id))
        .map(([id]) => ({ place, problem: `${member} names account ${id}, which is none of the documentation's` })),
      ...(/[\w.+-]+@[\w-]+\.[a-z]{2,}/i.test(text) ? [{ place, problem: `${member} holds a mail address` }] : []),
      ...(member === 'PreSharedKey' && text !== fakePreSharedKey
        ? [{ place, problem: 'PreSharedKey is not the fake one' }]
        : []),
    ]),
  );
}

/** Twelve digits within an id are no account. */
const isHexadecimal = (text: string, digits: string): boolean =>
  new RegExp(`[0-9a-f]*${digits}[0-9a-f]*`).exec(text)?.[0] !== digits;

function foreignAddresses(text: string): readonly string[] {
  const found = ipv6.test(text) ? [text] : [...text.matchAll(ipv4)].map(([address]) => address);
  return found.filter(
    (address) =>
      !wholeInternet.has(address) && isAddress(address) && !harmless.some((block) => cidrContains(block, address)),
  );
}

function isAddress(text: string): boolean {
  try {
    parseCidr(text);
    return true;
  } catch {
    return false;
  }
}
