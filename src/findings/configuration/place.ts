import type { Place } from '../../model/configuration/configuration.ts';
import { formed, textsOf } from '../yaml/fields.ts';
import { quoted } from '../../model/quoted.ts';
import { YamlRefused, type YamlValue } from '../yaml/yaml-tree.ts';

/** The keys that say where an entry holds; the same words as those of suppressions. */
export const placeKeys = ['account', 'region', 'vpc', 'resource', 'tags'] as const;

/** Where an entry holds. */
export function placeOf(members: ReadonlyMap<string, YamlValue>): Place {
  const texts = (key: (typeof placeKeys)[number]): readonly string[] | undefined => {
    const value = members.get(key);
    return value === undefined ? undefined : textsOf(value, key).map(({ text, line }) => exact(text, line, key));
  };
  const accounts = texts('account');
  const account = members.get('account');
  if (account !== undefined) {
    for (const { text, line } of textsOf(account, 'account')) {
      formed({ kind: 'text', text, line }, 'account', /^\d{12}$/, 'twelve digits');
    }
  }
  const [regions, vpcs, resources] = [texts('region'), texts('vpc'), texts('resource')];
  const tags = members.get('tags');
  return {
    ...(accounts === undefined ? {} : { accounts }),
    ...(regions === undefined ? {} : { regions }),
    ...(vpcs === undefined ? {} : { vpcs }),
    ...(resources === undefined ? {} : { resources }),
    ...(tags === undefined ? {} : { tags: tagsOf(tags) }),
  };
}

/** A star that would be taken by the letter is meant otherwise. */
function exact(text: string, line: number, key: string): string {
  if (!text.includes('*')) return text;
  throw new YamlRefused(line, `${key} is matched exactly, and ${quoted(text)} holds a star; name each, or use tags`);
}

function tagsOf(value: YamlValue): NonNullable<Place['tags']> {
  if (value.kind !== 'map' || value.members.length === 0) {
    throw new YamlRefused(value.line, 'tags must be a map such as {Exposure: public}');
  }
  return value.members.map(({ key, value: member, line }) => {
    if (member.kind !== 'text') throw new YamlRefused(line, `the tag ${quoted(key)} must be a text`);
    return { key, value: member.text };
  });
}
