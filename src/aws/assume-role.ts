import { CredentialsError } from './credentials-error.ts';
import { withDeadline } from './deadline.ts';
import { failureOf } from './errors.ts';
import { type AssumeRoleParameters, type AwsCredentials, serviceSdk } from './sdk.ts';
import { isRaw, text } from '../model/decode.ts';
import type { Transport } from './transport.ts';

/** What a role session is asked with, besides what a profile says. */
export interface RoleSession extends AssumeRoleParameters {
  /** A session policy: the session can do only what both it and the role allow. */
  readonly Policy?: string;
}

/**
 * Assumes a role with sts:AssumeRole, in the Region given and not in that of whichever client happens to need the
 * credentials first. This is the one call that is not a read: it makes a session and changes nothing.
 */
export async function assumeRole(
  source: AwsCredentials,
  session: RoleSession,
  region: string,
  transport: Transport,
): Promise<AwsCredentials> {
  const { Client, command } = serviceSdk('sts');
  const AssumeRole = command('AssumeRole');
  if (AssumeRole === undefined) throw new Error('the SDK has no sts:AssumeRole');
  const client = new Client(transport.configuration(region, () => Promise.resolve(source)));
  try {
    const answer = await withDeadline(transport.timeouts.deadlineMs, undefined, (abortSignal) =>
      client.send(new AssumeRole({ ...session }), { abortSignal }),
    );
    const credentials = answer['Credentials'];
    if (!isRaw(credentials)) throw new CredentialsError('STS answered no credentials');
    const accessKeyId = text(credentials, 'AccessKeyId');
    const secretAccessKey = text(credentials, 'SecretAccessKey');
    const sessionToken = text(credentials, 'SessionToken');
    const expiration = credentials['Expiration'];
    if (accessKeyId === undefined || secretAccessKey === undefined)
      throw new CredentialsError('STS answered incomplete credentials');
    return {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
      ...(expiration instanceof Date ? { expiration } : {}),
    };
  } catch (error) {
    const { errorCode, message } = failureOf(error);
    // Without a cause: the SDK looks into causes, and would retry the whole call for a time-out that was retried here.
    throw new CredentialsError(`The role ${session.RoleArn ?? ''} cannot be assumed: ${errorCode}: ${message}`);
  }
}
