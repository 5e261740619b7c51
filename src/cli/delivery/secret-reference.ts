import type { Outbox } from '../../aws/outbox/outbox.ts';
import { isRaw, text } from '../../model/decode.ts';
import { readInput } from '../input-file.ts';
import { UsageError } from '../usage-error.ts';

/** Where a secret lies. The secret itself never stands on a command line, where everybody on the machine reads it. */
export interface SecretReference {
  readonly place: 'env' | 'file' | 'ssm' | 'secretsmanager';
  readonly name: string;
}

const forms = 'env:NAME, file:PATH, ssm:PARAMETER or secretsmanager:SECRET';

/** Reads `env:SLACK_URL` and the like; `option` is what errors call it. The text given is never repeated: it may be the secret. */
export function parseSecretReference(value: string, option: string): SecretReference {
  const [, place, name] = /^(env|file|ssm|secretsmanager):(.+)$/.exec(value) ?? [];
  if (place === undefined || name === undefined) {
    throw new UsageError(
      `${option} takes no secret, only where one lies: ${forms}.` +
        (/^https?:/.test(value) ? ' Whoever reads the list of processes has this address now; replace it.' : ''),
    );
  }
  return { place: place as SecretReference['place'], name };
}

/** Fetches a secret; the errors name the place and never what was found there. */
export async function resolveSecret({ place, name }: SecretReference, outbox: () => Promise<Outbox>): Promise<string> {
  const found = await fetched(place, name, outbox);
  const secret = found?.trim() ?? '';
  if (secret === '') throw new UsageError(`${place}:${name} holds nothing.`);
  return secret;
}

async function fetched(
  place: SecretReference['place'],
  name: string,
  outbox: () => Promise<Outbox>,
): Promise<string | undefined> {
  switch (place) {
    case 'env':
      return process.env[name];
    case 'file':
      return readInput(name);
    case 'ssm': {
      const answer = await (await outbox()).send('ssm:GetParameter', { Name: name, WithDecryption: true });
      const parameter = answer['Parameter'];
      return isRaw(parameter) ? text(parameter, 'Value') : undefined;
    }
    case 'secretsmanager':
      return text(await (await outbox()).send('secretsmanager:GetSecretValue', { SecretId: name }), 'SecretString');
    default:
      return place satisfies never;
  }
}
