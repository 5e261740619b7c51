import type { Raw } from '../../src/model/decode.ts';
import type { Role, World } from '../world.ts';
import type { AnswerContext } from './context.ts';
import { type Identity, sessionKeys } from './identity.ts';
import { Refusal } from './refusal.ts';

/** Answers for the Security Token Service; `undefined` for an operation that it does not know. */
export function answerSts(world: World, operation: string, input: Raw, context: AnswerContext): Raw | undefined {
  if (operation === 'GetCallerIdentity') {
    const { accountId, arn, userId } = context.identity;
    return { UserId: userId, Account: accountId, Arn: arn };
  }
  if (operation === 'GetAccessKeyInfo') return { Account: context.identity.accountId };
  if (operation === 'AssumeRole') return assumeRole(world, input, context);
  return undefined;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const denied = (identity: Identity, roleArn: string): Refusal =>
  new Refusal(
    'AccessDenied',
    `User: ${identity.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
    403,
  );

function assumeRole(world: World, input: Raw, { identity, now }: AnswerContext): Raw {
  const roleArn = textOf(input['RoleArn']);
  const sessionName = textOf(input['RoleSessionName']);
  const [, accountId = '', path = ''] = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(.+)$/.exec(roleArn) ?? [];
  if (accountId === '') throw new Refusal('ValidationError', `${roleArn} is invalid`);
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    throw new Refusal(
      'ValidationError',
      "1 validation error detected: Value at 'roleSessionName' failed to satisfy constraint",
    );
  }
  const roleName = path.split('/').at(-1) ?? '';
  const role = world.accounts.get(accountId)?.roles.find((candidate) => candidate.roleName === roleName);
  if (role === undefined || !trusts(role, identity, input['ExternalId'])) throw denied(identity, roleArn);
  const seconds = durationOf(input['DurationSeconds'], identity);
  const expiresAt = now + seconds * 1000;
  const keys = sessionKeys({ accountId, roleName, sessionName, expiresAt });
  return {
    Credentials: {
      AccessKeyId: keys.accessKeyId,
      SecretAccessKey: keys.secretAccessKey,
      SessionToken: keys.sessionToken,
      Expiration: new Date(expiresAt).toISOString(),
    },
    AssumedRoleUser: {
      AssumedRoleId: `AROAMOCKROLEEXAMPLE00:${sessionName}`,
      Arn: `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`,
    },
    PackedPolicySize: 6,
  };
}

function trusts(role: Role, identity: Identity, externalId: unknown): boolean {
  const trusted = role.trusts.includes('*') || role.trusts.includes(identity.accountId);
  return trusted && (role.externalId === undefined || role.externalId === externalId);
}

/** Between 15 minutes and 12 hours; one hour at most where a role assumes another (STS API, AssumeRole). */
function durationOf(given: unknown, identity: Identity): number {
  if (given === undefined) return 3600;
  const seconds = Number(given);
  if (seconds < 900 || seconds > 43_200) {
    throw new Refusal(
      'ValidationError',
      `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint`,
    );
  }
  if (identity.isSession && seconds > 3600) {
    throw new Refusal(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  }
  return seconds;
}
