import { UsageError, suggestion } from '../usage-error.ts';
import { parseSecretReference, type SecretReference } from './secret-reference.ts';

/** Somebody who is told of news. */
export type NotifyTarget =
  | { readonly kind: 'slack' | 'teams' | 'webhook'; readonly url: SecretReference }
  | { readonly kind: 'sns'; readonly topicArn: string; readonly region: string }
  | { readonly kind: 'eventbridge'; readonly bus: string; readonly region?: string }
  | { readonly kind: 'securityhub' };

const kinds = ['slack', 'teams', 'webhook', 'sns', 'eventbridge', 'securityhub'] as const;

const topicPattern = /^arn:aws[a-z-]*:sns:([a-z0-9-]+):\d{12}:[\w-]{1,256}(\.fifo)?$/;
const busPattern = /^(?:arn:aws[a-z-]*:events:([a-z0-9-]+):\d{12}:event-bus\/)?[\w./-]{1,256}$/;

/** Reads `--notify KIND=WHERE`. */
export function parseNotifyTarget(value: string): NotifyTarget {
  const equals = value.indexOf('=');
  const word = equals === -1 ? value : value.slice(0, equals);
  const where = equals === -1 ? '' : value.slice(equals + 1);
  const kind = kinds.find((known) => known === word);
  if (kind === undefined) {
    throw new UsageError(
      `--notify: there is no way called ${word}.${suggestion(word, kinds)} Ways: ${kinds.join(', ')}.`,
    );
  }
  switch (kind) {
    case 'slack':
    case 'teams':
    case 'webhook':
      return { kind, url: parseSecretReference(where, `--notify ${kind}=`) };
    case 'sns': {
      const region = topicPattern.exec(where)?.[1];
      if (region === undefined) throw new UsageError(`--notify sns=${where}: that is not the ARN of an SNS topic.`);
      return { kind, topicArn: where, region };
    }
    case 'eventbridge': {
      const bus = where === '' ? 'default' : where;
      const found = busPattern.exec(bus);
      if (found === null) throw new UsageError(`--notify eventbridge=${where}: that is no event bus.`);
      return { kind, bus, ...(found[1] === undefined ? {} : { region: found[1] }) };
    }
    case 'securityhub':
      if (where !== '')
        throw new UsageError('--notify securityhub takes nothing more: each account imports its own findings.');
      return { kind };
    default:
      return kind satisfies never;
  }
}
