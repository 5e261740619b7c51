import type { MemberOptions } from '../aws/member-options.ts';
import type { Shard } from '../model/shard.ts';
import { readInput } from './input-file.ts';
import type { AccountOptions } from './options.ts';
import { UsageError } from './usage-error.ts';

/** The accounts that are read by way of another one, as the command line names them; `undefined` where it names none. */
export async function memberOptions(options: AccountOptions): Promise<MemberOptions | undefined> {
  const { org, ou, roleName } = options;
  const accounts = await idsIn(options.accounts);
  const exclude = await idsIn(options.excludeAccounts);
  const organization = org === true || ou.length > 0;
  if (!organization && accounts.length === 0) {
    const idle = { '--exclude-accounts': exclude[0], '--role-name': roleName, '--shard': options.shard };
    const [flag] = Object.entries(idle).find(([, value]) => value !== undefined) ?? [];
    if (flag !== undefined) throw new UsageError(`${flag} goes with --org, --ou or --accounts.`);
    return undefined;
  }
  const shard = options.shard === undefined ? undefined : shardFrom(options.shard, process.env);
  return {
    organization,
    units: ou,
    accounts,
    exclude,
    ...(roleName === undefined ? {} : { roleName }),
    ...(shard === undefined ? {} : { shard }),
  };
}

/** A folder's name in which `{shard}` stands for the number of the shard, so that one job definition serves all. */
export function shardFolder(folder: string, { shard }: Pick<AccountOptions, 'shard'>): string {
  if (!folder.includes('{shard}')) return folder;
  if (shard === undefined) throw new UsageError(`${folder}: {shard} is the number of a shard; give --shard too.`);
  return folder.replaceAll('{shard}', String(shardFrom(shard, process.env).index));
}

/** Ids as they stand on the command line, or one a line (or separated by commas) in `@FILE`, where # begins a remark. */
async function idsIn(words: readonly string[]): Promise<readonly string[]> {
  const lists = await Promise.all(
    words.map(async (word) => {
      if (!word.startsWith('@')) return [word];
      const ids = (await readInput(word.slice(1)))
        .replaceAll(/#.*$/gm, '')
        .split(/[\s,]+/)
        .filter((id) => id !== '');
      if (ids.length === 0) throw new UsageError(`${word.slice(1)} names no account.`);
      return ids;
    }),
  );
  return lists.flat();
}

/** AWS Batch User Guide, "Array jobs"; Kubernetes, "Indexed Job": both count from 0, and only Batch tells of how many. */
const indexVariables = ['AWS_BATCH_JOB_ARRAY_INDEX', 'JOB_COMPLETION_INDEX'] as const;
const sizeVariable = 'AWS_BATCH_JOB_ARRAY_SIZE';

/** `2/8` is itself; `auto/8` takes the number from the array job that this is a part of, `auto` the size as well. */
export function shardFrom(word: string, environment: Readonly<Record<string, string | undefined>>): Shard {
  const [, place = '', of] = /^(\d{1,6}|auto)(?:\/(\d{1,6}))?$/.exec(word) ?? [];
  if (place === '' || (place !== 'auto' && of === undefined))
    throw new UsageError(`--shard ${word}: it takes 2/8, auto/8 or auto.`);
  const count = of === undefined ? numberIn(environment, [sizeVariable], word) : Number(of);
  const index = place === 'auto' ? numberIn(environment, indexVariables, word) + 1 : Number(place);
  if (index < 1 || index > count) throw new UsageError(`--shard ${word}: there is no shard ${index} of ${count}.`);
  return { index, count };
}

function numberIn(
  environment: Readonly<Record<string, string | undefined>>,
  names: readonly string[],
  word: string,
): number {
  const value = names.map((name) => environment[name]).find((found) => found !== undefined && found !== '');
  if (value === undefined) throw new UsageError(`--shard ${word}: ${names.join(' or ')} is not set; give it as 2/8.`);
  if (!/^\d{1,6}$/.test(value)) throw new UsageError(`--shard ${word}: ${names.join(' or ')} is no number.`);
  return Number(value);
}
