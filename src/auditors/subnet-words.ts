import type { Subnet } from '../model/resources/subnet.ts';
import { nameOf, type Tag } from '../model/tag.ts';

/** Tags by which widespread tools say that a subnet is private. */
const declaring: readonly (readonly [key: string, value: RegExp])[] = [
  ['aws-cdk:subnet-type', /^(Private|Isolated)$/],
  ['kubernetes.io/role/internal-elb', /^1?$/],
];

const privateWord = /(^|[^a-z])(private|isolated|internal|intra|database|db|data|rds|backend)([^a-z]|$)/i;
const publicWord = /(^|[^a-z])(public|dmz|edge|ingress)([^a-z]|$)/i;

/** The tag by which the owner calls a subnet private, or nothing: names that say both say nothing. */
export function privateByName({ tags }: Subnet): Tag | undefined {
  const declared = tags.find(({ key, value }) => declaring.some(([name, words]) => key === name && words.test(value)));
  if (declared !== undefined) return declared;
  const name = nameOf({ tags });
  return name !== undefined && privateWord.test(name) && !publicWord.test(name)
    ? { key: 'Name', value: name }
    : undefined;
}

/** What zones are called at the end of a name: `-a`, `-1b`, `-eu-west-1c`, `-az2`, ` 3`. */
const zoneWord = /[-_. ](([a-z]{2}(-[a-z]+)+-)?\d?[a-f]|az-?\d|\d{1,2})$/i;

/** The tier that a subnet's name says it is one of: the name without its zone. Nothing for names without a zone. */
export function tierOf(subnet: Subnet): string | undefined {
  const name = nameOf(subnet)?.trim();
  if (name === undefined || !zoneWord.test(name)) return undefined;
  return name.replace(zoneWord, '').toLowerCase();
}
