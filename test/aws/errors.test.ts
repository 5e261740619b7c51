import { describe, expect, it } from 'vitest';
import { CredentialsError } from '../../src/aws/credentials-error.ts';
import { denialSentence } from '../../src/aws/denial.ts';
import { AwsCallError, BrokenAnswer, DeadlineExceeded, failureOf, isThrottling } from '../../src/aws/errors.ts';
import { serviceSdk } from '../../src/aws/sdk.ts';
import { createTransport } from '../../src/aws/transport.ts';
import { fakeAws, type FakeAnswer, withoutBackoff } from './fake-aws.ts';

/** What the SDK really throws when AWS, or something on the way, answers so. */
async function thrown(answer: FakeAnswer): Promise<unknown> {
  const { requestHandler } = fakeAws(() => answer);
  const transport = createTransport({ requestHandler, retryStrategy: withoutBackoff(2) });
  const { Client, command } = serviceSdk('ec2');
  const Command = command('DescribeVpcs');
  if (Command === undefined) throw new Error('no command');
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-secret' };
  const client = new Client(transport.configuration('eu-west-1', () => Promise.resolve(credentials)));
  return client.send(new Command({ MaxResults: 5 })).then(
    () => undefined,
    (error: unknown) => error,
  );
}

const transportError = (code: string): Error => Object.assign(new Error(`connect ${code} 192.0.2.1:443`), { code });

describe('failures', () => {
  it.each<[FakeAnswer, string, string]>([
    [{ code: 'UnauthorizedOperation', status: 403 }, 'denied', 'UnauthorizedOperation'],
    [{ code: 'AuthFailure', status: 401 }, 'region-not-enabled', 'AuthFailure'],
    [{ code: 'OptInRequired', status: 401 }, 'region-not-enabled', 'OptInRequired'],
    [{ code: 'InvalidAction' }, 'not-available-in-region', 'InvalidAction'],
    [{ code: 'UnsupportedOperation' }, 'not-available-in-region', 'UnsupportedOperation'],
    [{ code: 'RequestLimitExceeded', status: 503 }, 'throttled', 'RequestLimitExceeded'],
    [{ code: 'ThrottlingException' }, 'throttled', 'ThrottlingException'],
    [{ code: 'RequestExpired' }, 'expired-credentials', 'RequestExpired'],
    [{ code: 'ExpiredToken', status: 403 }, 'expired-credentials', 'ExpiredToken'],
    [{ code: 'InternalError', status: 500 }, 'other', 'InternalError'],
    [{ code: 'InvalidParameterValue' }, 'other', 'InvalidParameterValue'],
    [{ body: '{"message":"blocked"}', status: 403 }, 'network', 'HTTP403'],
    [{ body: '<html><body>Forbidden</body></html>', status: 403 }, 'network', 'HTTP403'],
    [{ body: '', status: 403 }, 'network', 'HTTP403'],
    [{ body: '<html>bad gateway</html>', status: 502 }, 'network', 'HTTP502'],
    [{ body: '<html><body>Log in<br>here</body></html>' }, 'broken-answer', 'UnreadableAnswer'],
    [{ body: '<DescribeVpcsResponse><vpcSet><item>' }, 'broken-answer', 'UnreadableAnswer'],
    [transportError('ECONNREFUSED'), 'network', 'ECONNREFUSED'],
    [transportError('ENOTFOUND'), 'network', 'ENOTFOUND'],
    [transportError('ECONNRESET'), 'network', 'ECONNRESET'],
    [transportError('SELF_SIGNED_CERT_IN_CHAIN'), 'network', 'SELF_SIGNED_CERT_IN_CHAIN'],
    [Object.assign(new Error('late'), { name: 'TimeoutError' }), 'network', 'TimeoutError'],
    [new Error('what is this'), 'other', 'Error'],
  ])('%j is %s', async (answer, failure, errorCode) => {
    expect(failureOf(await thrown(answer))).toMatchObject({ failure, errorCode });
  });

  it.each<[unknown, string]>([
    [new BrokenAnswer('no list'), 'broken-answer'],
    [new DeadlineExceeded(150_000), 'network'],
    [new CredentialsError('The role cannot be assumed'), 'expired-credentials'],
    [new AwsCallError({ failure: 'denied', errorCode: 'AccessDenied', message: 'no' }), 'denied'],
    ['a string', 'other'],
    [undefined, 'other'],
  ])('of our own, %s, are sorted too', (error, failure) => {
    expect(failureOf(error).failure).toBe(failure);
  });

  it('tells throttling apart', async () => {
    expect(isThrottling(await thrown({ code: 'RequestLimitExceeded', status: 503 }))).toBe(true);
    expect(isThrottling(await thrown({ code: 'UnauthorizedOperation', status: 403 }))).toBe(false);
    expect(isThrottling(undefined)).toBe(false);
  });
});

describe('denials', () => {
  const who = 'User: arn:aws:sts::111122223333:assumed-role/Audit/s is not authorized to perform: ec2:DescribeVpcs';
  it.each([
    [`${who} with an explicit deny in a service control policy`, 'service-control-policy', true],
    [`${who} because no service control policy allows the ec2:DescribeVpcs action`, 'service-control-policy', false],
    [`${who} with an explicit deny in an identity-based policy`, 'identity-based-policy', true],
    [`${who} because no identity-based policy allows the ec2:DescribeVpcs action`, 'identity-based-policy', false],
    [`${who} because no permissions boundary allows the ec2:DescribeVpcs action`, 'permissions-boundary', false],
    [`${who} because no session policy allows the ec2:DescribeVpcs action`, 'session-policy', false],
    [`${who} because no VPC endpoint policy allows the ec2:DescribeVpcs action`, 'vpc-endpoint-policy', false],
  ])('"%s" names the policy', async (message, policy, explicit) => {
    const { denial } = failureOf(await thrown({ code: 'UnauthorizedOperation', status: 403, message }));
    expect(denial).toEqual({ action: 'ec2:DescribeVpcs', policy, explicit });
  });

  it('that name no policy say nothing of one', async () => {
    const message = 'You are not authorized to perform this operation.';
    const { denial } = failureOf(await thrown({ code: 'UnauthorizedOperation', status: 403, message }));
    expect(denial).toEqual({});
    expect(denialSentence('ec2:DescribeVpcs', {})).toBe('ec2:DescribeVpcs is not allowed');
  });

  it('by an explicit deny say that granting more does not help', () => {
    const sentence = denialSentence('ec2:DescribeVpcs', { policy: 'service-control-policy', explicit: true });
    expect(sentence).toContain('does not help');
  });
});
