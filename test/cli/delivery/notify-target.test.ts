import { describe, expect, it } from 'vitest';
import { deliveryOf } from '../../../src/cli/delivery/delivery-options.ts';
import { parseNotifyTarget } from '../../../src/cli/delivery/notify-target.ts';
import { parseS3Address } from '../../../src/cli/delivery/s3-address.ts';

describe('--notify', () => {
  it('reads who is told', () => {
    expect(parseNotifyTarget('slack=env:SLACK_URL')).toEqual({
      kind: 'slack',
      url: { place: 'env', name: 'SLACK_URL' },
    });
    expect(parseNotifyTarget('teams=secretsmanager:arn:aws:secretsmanager:eu-west-1:111122223333:secret:x')).toEqual({
      kind: 'teams',
      url: { place: 'secretsmanager', name: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:x' },
    });
    expect(parseNotifyTarget('sns=arn:aws:sns:eu-west-1:111122223333:news')).toMatchObject({ region: 'eu-west-1' });
    expect(parseNotifyTarget('eventbridge')).toEqual({ kind: 'eventbridge', bus: 'default' });
    expect(parseNotifyTarget('eventbridge=arn:aws:events:us-east-1:111122223333:event-bus/audit')).toMatchObject({
      region: 'us-east-1',
    });
    expect(parseNotifyTarget('securityhub')).toEqual({ kind: 'securityhub' });
  });

  it('refuses a secret on the command line without repeating it', () => {
    const secret = 'https://hooks.example.com/services/T000/B000/sEcReT';
    expect(() => parseNotifyTarget(`slack=${secret}`)).toThrow(/env:NAME/);
    expect(() => parseNotifyTarget(`slack=${secret}`)).not.toThrow(/sEcReT/);
  });

  it.each([
    ['slak=env:X', /slack/],
    ['sns=news', /ARN of an SNS topic/],
    ['securityhub=x', /takes nothing more/],
    ['slack', /env:NAME/],
    ['eventbridge=a b', /no event bus/],
  ])('refuses %s', (value, reason) => {
    expect(() => parseNotifyTarget(value)).toThrow(reason);
  });
});

describe('--upload', () => {
  it('reads a bucket with and without a prefix', () => {
    expect(parseS3Address('s3://results', '--upload')).toEqual({ bucket: 'results', prefix: '' });
    expect(parseS3Address('s3://results/a/b', '--upload')).toEqual({ bucket: 'results', prefix: 'a/b/' });
  });

  it.each(['s3://', 's3://A', 'results/a', 's3://-x/a'])('refuses %s', (value) => {
    expect(() => parseS3Address(value, '--upload')).toThrow(/--upload/);
  });

  it('refuses a key for nothing', () => {
    expect(() => deliveryOf({ notify: [], uploadKmsKey: 'k' })).toThrow(/--upload/);
    expect(deliveryOf({ notify: [], uploadKmsKey: 'k', history: 's3://results/h' })).toMatchObject({ kmsKey: 'k' });
  });
});
