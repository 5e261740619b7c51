import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeText } from '../../src/aws/safe-text.ts';

describe('text from outside', () => {
  it('is one short line without control, format or bidirectional characters, whatever it was', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 2000 }), fc.string({ maxLength: 2000 })), (text) => {
        const safe = safeText(text);
        expect(safe.length).toBeLessThanOrEqual(500);
        expect(safe).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
      }),
    );
  });

  it.each([
    'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    'AKIAIOSFODNN7EXAMPLE',
    'ASIAIOSFODNN7EXAMPLE',
    `IQoJb3JpZ2luX2VjE${'Aa0+/'.repeat(60)}==`,
    'encoded_Authorization-Failure0'.repeat(8),
  ])('does not carry %s', (secret) => {
    for (const text of [
      secret,
      `key=${secret}`,
      `{"SecretAccessKey":"${secret}"}`,
      `arn:aws:iam::1:role/x ${secret}`,
    ]) {
      expect(safeText(text)).not.toContain(secret);
    }
  });

  it('does not carry the password of a proxy', () => {
    expect(safeText('cannot reach http://user:pass@proxy.example:3128/')).toBe(
      'cannot reach http://proxy.example:3128/',
    );
  });

  it.each([
    'User: arn:aws:sts::111122223333:assumed-role/OrganizationAccountAccessRole9/VpcAuditorSession1 is not authorized to perform: ec2:DescribeTransitGatewayPolicyTables',
    'The subnet ID subnet-0123456789abcdef0 does not exist',
    'Request id 0f4c3ba1-1111-2222-3333-444455556666',
  ])('keeps what is needed to understand it: %s', (text) => {
    expect(safeText(text)).toBe(text);
  });
});
