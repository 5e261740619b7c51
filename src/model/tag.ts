import { items, requiredText, text, type Raw } from './decode.ts';

/** A tag of a resource. Both strings are the owner's own words: hostile text until escaped. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** The tags of an item, under `Tags` or (network interfaces) `TagSet`; AWS may leave the list out. */
export function tags(raw: Raw, key: 'Tags' | 'TagSet' = 'Tags'): readonly Tag[] {
  return items(raw, key, (tag) => ({ key: requiredText(tag, 'Key'), value: text(tag, 'Value') ?? '' }));
}

/** The `Name` tag, which the console shows as the resource's name. */
export function nameOf(resource: { readonly tags: readonly Tag[] }): string | undefined {
  return resource.tags.find((tag) => tag.key === 'Name')?.value;
}
