import type { Addresses } from './addresses.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import { isPlainWord } from './words.ts';

/** Texts of a snapshot with pseudonyms in place of what is somebody's own. */
export interface Texts {
  /** A text of somebody's own: every word that is not plain gets a pseudonym. */
  readonly own: (text: string) => string;
  /** A sentence of AWS or of this program: only what stands in it by number or ARN gets a pseudonym. */
  readonly sentence: (text: string) => string;
}

/** What is replaced wherever it stands: an ARN, an id, an address or block, an account. */
const things =
  /arn:aws[a-z-]*:[^\s"',;)]+|\b[a-z][a-z0-9]*(?:-[a-z0-9]+)*?-(?:[0-9a-f]{17}|[0-9a-f]{8})(?![0-9a-z])|(?<![\w.:])(?:\d{1,3}\.){3}\d{1,3}(?:\/\d{1,2})?(?![\w.])|(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:\/\d{1,3})?(?![\w:])|(?<!\d)\d{12}(?!\d)/gi;

/** `ip-10-0-0-1`, `ec2-203-0-113-1`: names that AWS makes of an address. */
const dashed = /\b(ip|ec2)-(\d{1,3})-(\d{1,3})-(\d{1,3})-(\d{1,3})\b/g;
const macAddress = /\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/gi;
/** What is done already is marked by characters of private use, which no answer has a use for. */
const placeholder = /\uE000(\d+)\uE001/;
const region =
  /(?<![\p{L}\p{N}-])((?:af|ap|ca|cn|eu|eusc|il|me|mx|sa|us)(?:-(?:gov|iso[bef]?|de))?-(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\d)(?![\p{N}])/u;
/** What AWS's own ids begin with (EC2 user guide, "Resource IDs"); what another word begins is somebody's. */
const idPrefix =
  /^(?:i|r|eni|eni-attach|sg|sgr|acl|aclassoc|rtb|rtbassoc|igw|eigw|nat|vpc|vpc-cidr-assoc|subnet|subnet-cidr-assoc|vpce|vpce-svc|vpce-svc-perm|vpce-rsc|pcx|tgw|tgw-attach|tgw-rtb|tgw-mcast-domain|tgw-connect-peer|tgw-ptb|vgw|vpn|cgw|cvpn-endpoint|cvpn-assoc|dopt|eipalloc|eipassoc|pl|fl|ami|snap|vol|lt|eice|lgw|lgw-rtb|cagw|rs|rse|vpcbpa|vpcbpa-exclude|vpcec|ipam|ipam-pool|ipam-scope|nif|scr|rslvr-in|rslvr-out|rslvr-rr|rslvr-qlc|rqlc|dxcon|dxlag|dxvif|dxgw)$/;

/** Texts by these pseudonyms and addresses. */
export function texts(pseudonyms: Pseudonyms, addresses: Addresses): Texts {
  const account = (id: string): string => pseudonyms.decimal('account', id, 12);

  /** A word of somebody's own. Long numbers and hexadecimal ones keep their length, which AWS's formats ask for. */
  const word = (text: string): string => {
    if (isPlainWord(text) || /^\d{1,5}$/.test(text)) return text;
    if (/^\d+$/.test(text))
      return pseudonyms.decimal('number', text, Math.min(text.length, 16)).padStart(text.length, '0');
    if (/^[0-9a-f]{8,}$/.test(text) && text.length <= 64) return pseudonyms.hex('id', text, text.length);
    return pseudonyms.word(text);
  };

  const words = (text: string): string => text.replaceAll(/[\p{L}\p{N}\p{M}]+/gu, word);

  const identifier = (text: string): string => {
    const at = text.lastIndexOf('-');
    const [prefix, digits] = [text.slice(0, at), text.slice(at + 1)];
    return `${idPrefix.test(prefix) ? prefix : words(prefix)}-${pseudonyms.hex('id', digits, digits.length)}`;
  };

  const arn = (text: string): string => {
    const [scheme = '', partition = '', service = '', place = '', owner = '', ...rest] = text.split(':');
    const own = owner === '' ? '' : /^\d{12}$/.test(owner) ? account(owner) : owner;
    return [scheme, partition, service, place, own, ...rest.map((part) => replaced(part, words))].join(':');
  };

  const thing = (text: string): string => {
    if (text.startsWith('arn:')) return arn(text);
    if (/^\d{12}$/.test(text)) return account(text);
    const address = addresses.of(text);
    if (address !== undefined) return address;
    return /-[0-9a-f]+$/i.test(text) && !/[.:/]/.test(text) ? identifier(text) : words(text);
  };

  /** Things first, then what stands between them. */
  function replaced(text: string, between: (part: string) => string): string {
    const found: string[] = [];
    const keep = (made: string): string => `\uE000${found.push(made) - 1}\uE001`;
    const marked = text
      .replaceAll(/[\uE000\uE001]/g, '')
      .replaceAll(macAddress, (mac) => keep(`02:${(pseudonyms.hex('mac', mac, 10).match(/../g) ?? []).join(':')}`))
      .replaceAll(dashed, (_, kind: string, ...octets: string[]) =>
        keep(`${kind}-${(addresses.of(octets.slice(0, 4).join('.')) ?? '').replaceAll('.', '-')}`),
      )
      .replaceAll(things, (match) => keep(thing(match)));
    return marked
      .split(/(\uE000\d+\uE001)/)
      .map((part) => {
        const at = placeholder.exec(part)?.[1];
        return at === undefined ? between(part) : (found[Number(at)] ?? '');
      })
      .join('');
  }

  return {
    own: (text) =>
      // The names of AWS's own services carry a Region, and nothing of anybody's but ids
      text.startsWith('com.amazonaws.')
        ? replaced(text, (part) => part)
        : replaced(text, (part) =>
            part
              .split(region)
              .map((piece, at) => (at % 2 === 1 ? piece : words(piece)))
              .join(''),
          ),
    sentence: (text) => replaced(text, (part) => part),
  };
}
