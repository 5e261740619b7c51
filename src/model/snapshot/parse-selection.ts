import { flag, MalformedAnswer, nested, number, type Raw, requiredText, texts } from '../decode.ts';
import type { SelectedMembers, Selection } from './selection.ts';

/** What a manifest says it was asked for; throws MalformedAnswer with the member at fault. */
export function parseSelection(raw: Raw): Selection {
  const members = nested(raw, 'members', toMembers);
  return {
    regions: allOrTexts(raw, 'regions'),
    kinds: allOrTexts(raw, 'kinds'),
    ...(members === undefined ? {} : { members }),
  };
}

const allOrTexts = (raw: Raw, key: string): 'all' | readonly string[] => (raw[key] === 'all' ? 'all' : texts(raw, key));

function toMembers(raw: Raw): SelectedMembers {
  const shard = nested(raw, 'shard', (part) => ({ index: whole(part, 'index'), count: whole(part, 'count') }));
  if (shard !== undefined && shard.index > shard.count)
    throw new MalformedAnswer('shard.index', 'is more than its count');
  return {
    organization: flag(raw, 'organization') === true,
    units: texts(raw, 'units'),
    accounts: texts(raw, 'accounts'),
    exclude: texts(raw, 'exclude'),
    roleName: requiredText(raw, 'roleName'),
    ...(shard === undefined ? {} : { shard }),
  };
}

function whole(raw: Raw, key: string): number {
  const value = number(raw, key);
  if (value === undefined || !Number.isSafeInteger(value) || value < 1)
    throw new MalformedAnswer(key, 'is not a whole number from 1 on');
  return value;
}
