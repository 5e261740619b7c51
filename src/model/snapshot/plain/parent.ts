import { isRaw, type Raw } from '../../decode.ts';
import { resourceKinds, type ResourceKey } from '../../resources.ts';
import { fileNameOf } from '../file-name.ts';

/** A part of an answer with the one resource that it was asked for. */
export interface OfParent {
  readonly of: string;
  readonly answer: Raw;
}

/** The resources for which other operations are called, by every name that a file may have after one of them. */
export type ParentNames = Map<string, Map<string, string>>;

/** Makes a resource known by its id, by the file name made of it and by the digits that end its ARN. */
export function addParent(known: ParentNames, kind: string, id: string): void {
  const names = known.get(kind) ?? new Map<string, string>();
  known.set(kind, names);
  for (const name of [id, fileNameOf(id), /\/([0-9a-f]{16})$/.exec(id)?.[1]]) {
    if (name !== undefined) names.set(name, id);
  }
}

/** How the ids of the kinds look that have no ARN. */
const idPatterns: { readonly [kind: string]: RegExp } = {
  vpcs: /\bvpc-[0-9a-f]{8,17}\b/,
  managedPrefixLists: /\bpl-[0-9a-f]{8,17}\b/,
  vpcEndpointServiceConfigurations: /\bvpce-svc-[0-9a-f]{8,17}\b/,
  transitGatewayRouteTables: /\btgw-rtb-[0-9a-f]{8,17}\b/,
  transitGatewayPolicyTables: /\btgw-ptb-[0-9a-f]{8,17}\b/,
  clientVpnEndpoints: /\bcvpn-endpoint-[0-9a-f]{8,17}\b/,
};

/**
 * Tells for which resources an answer of a per-resource operation was printed: what its items say, else the name of the
 * file or a folder. An answer in which several are mixed is split. Empty where nothing tells it.
 */
export function parentsOf(key: ResourceKey, answer: Raw, file: string, known: ParentNames): readonly OfParent[] {
  const { member, per, whole } = resourceKinds[key];
  if (per === undefined) return [{ of: '', answer }];
  const described = whole === undefined ? undefined : answer[whole];
  const own = isRaw(described) ? described[per.input] : answer[per.input];
  if (typeof own === 'string') return [{ of: own, answer }];
  const list = member === undefined ? undefined : answer[member];
  const items: readonly unknown[] = Array.isArray(list) ? list : [];
  const named = items.map((item) => (isRaw(item) ? parentIn(key, per.input, item) : undefined));
  if (member !== undefined && items.length > 0 && !named.includes(undefined)) {
    return [...new Set(named)].map((of) => ({
      of: of ?? '',
      answer: { ...answer, [member]: items.filter((_, index) => named[index] === of) },
    }));
  }
  const of = parentInPath(file, per.kind, known.get(per.kind) ?? new Map());
  return of === undefined ? [] : [{ of, answer }];
}

function parentIn(key: ResourceKey, input: string, item: Raw): string | undefined {
  const value = item[input];
  if (typeof value === 'string') return value;
  const rule = key === 'listenerRules' ? item['RuleArn'] : undefined;
  return typeof rule === 'string' ? listenerOf(rule) : undefined;
}

/** `…:listener-rule/app/NAME/LB/LISTENER/RULE` belongs to `…:listener/app/NAME/LB/LISTENER`. */
const listenerOf = (ruleArn: string): string | undefined =>
  /^(.*):listener-rule\/(.*)\/[^/]+$/.exec(ruleArn)?.slice(1).join(':listener/');

function parentInPath(file: string, kind: string, known: ReadonlyMap<string, string>): string | undefined {
  const path = unquoted(file);
  const stems = path
    .split('/')
    .map((segment) => segment.replace(/(\.\d+)?(\.json)?(\.gz)?$/, ''))
    .flatMap((stem) => [stem, stem.replace(/\+[A-Za-z]+$/, '')]);
  const hashes = path.match(/(?<![0-9a-f])[0-9a-f]{16}(?![0-9a-f])/g) ?? [];
  const name = [...stems.toReversed(), ...hashes.toReversed()].find((candidate) => known.has(candidate));
  return name === undefined ? idPatterns[kind]?.exec(path)?.[0] : known.get(name);
}

/** Some exporters name a file by an ARN in the quoting of URLs. */
function unquoted(file: string): string {
  try {
    return decodeURIComponent(file);
  } catch {
    return file;
  }
}
