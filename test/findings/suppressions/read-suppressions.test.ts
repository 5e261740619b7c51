import { describe, expect, it } from 'vitest';
import { readSuppressions } from '../../../src/findings/suppressions/read-suppressions.ts';
import { SuppressionsUnreadable } from '../../../src/findings/suppressions/suppressions-unreadable.ts';

const checkIds = ['network-acl-open', 'security-group-open-to-internet', 'security-group-unused'];
const read = (text: string) => readSuppressions(text, 'ours.yaml', checkIds);

const entry = {
  id: '- id: bastion-ssh',
  check: '  check: security-group-open-to-internet',
  match: '  match: { resource: sg-0a1b2c3d4e5f60718 }',
  owner: '  owner: network-team@example.com',
  reason: '  reason: Reached by the office alone until the VPN is live.',
  expires: '  expires: 2026-12-31',
};
/** A file of one entry; a part that is `undefined` is left out. Line 1 is the key, line 2 the id. */
const file = (changes: { readonly [K in keyof typeof entry]?: string | undefined } = {}, more = ''): string =>
  ['suppressions:', ...Object.values({ ...entry, ...changes }).filter((line) => line !== undefined)].join('\n') + more;

describe('a file of suppressions', () => {
  it('is read with every selector, each value taken by the letter', () => {
    const text = `
version: 1
suppressions:
  - id: everything
    check: security-group-*
    match:
      account: [111122223333, "012345678901"]
      region: eu-west-1
      vpc: vpc-0a1
      resource: [sg-0a1, "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0a2"]
      resource_glob: sg-*
      tags: {Environment: sandbox, On: on}
      ports: [443, 8000-8100]
      cidrs: [203.0.113.0/24, "2001:db8::/32"]
    owner: network team
    reason: |
      A reason that takes
      more than one line.
    ticket: NET-7
    created: 2026-01-01
    expires: 2026-06-30
  - id: one
    match: {fingerprint: ${'ab'.repeat(32)}}
    owner: someone
    reason: Because of this one finding.
    expires: 2026-06-30
`;
    expect(read(text)).toEqual([
      {
        id: 'everything',
        match: {
          check: 'security-group-*',
          accounts: ['111122223333', '012345678901'],
          regions: ['eu-west-1'],
          vpcs: ['vpc-0a1'],
          resources: ['sg-0a1', 'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0a2'],
          resourceGlob: 'sg-*',
          tags: [
            { key: 'Environment', value: 'sandbox' },
            { key: 'On', value: 'on' },
          ],
          ports: [
            { from: 443, to: 443 },
            { from: 8000, to: 8100 },
          ],
          cidrs: ['ipv4:cb007100/24', 'ipv6:20010db8000000000000000000000000/32'],
        },
        owner: 'network team',
        reason: 'A reason that takes\nmore than one line.',
        ticket: 'NET-7',
        created: '2026-01-01',
        expires: '2026-06-30',
        line: 4,
      },
      {
        id: 'one',
        match: { fingerprint: 'ab'.repeat(32) },
        owner: 'someone',
        reason: 'Because of this one finding.',
        expires: '2026-06-30',
        line: 22,
      },
    ]);
  });

  it('may be JSON, may begin with a byte order mark, and may be empty of entries', () => {
    const json = JSON.stringify({
      suppressions: [
        {
          id: 'a',
          check: 'network-acl-open',
          match: { region: 'eu-west-1' },
          owner: 'b',
          reason: 'long enough',
          expires: '2026-01-01',
        },
      ],
    });
    expect(read(`\uFEFF${json}`).map(({ id }) => id)).toEqual(['a']);
    expect(read('suppressions: []')).toEqual([]);
  });

  it.each<[string, string, RegExp]>([
    ['an empty file', '', /line 1: .*empty/],
    ['nothing but comments', '# nothing\n', /empty/],
    ['a list', '- id: a', /must be a map/],
    ['another version', 'version: 2\nsuppressions: []', /line 1: this program reads version 1, not "2"/],
    ['no list', 'suppressions: all', /line 1: suppressions must be a list/],
    ['an unknown key of the file', 'supressions: []', /line 1: .*"supressions".*did you mean suppressions\?/],
    [
      'an unknown key of an entry',
      file({ expires: '  expire: 2026-12-31' }),
      /line 7: .*"expire".*did you mean expires\?/,
    ],
    ['an unknown key of match', file({ match: '  match: {ressource: sg-1}' }), /line 4: .*"ressource".*mean resource/],
    ['a key twice', file({}, '\n  owner: me'), /line 8: .*"owner" stands here a second time/],
    ['an unknown check', file({ check: '  check: security-group-open' }), /line 3: .*"security-group-open"/],
    ['a misspelt check', file({ check: '  check: network-acl-opne' }), /did you mean network-acl-open\?/],
    ['a pattern that no check matches', file({ check: '  check: nacl-*' }), /line 3: there is no check "nacl-\*"/],
    ['neither check nor fingerprint', file({ check: undefined }), /line 2: .*names a check, or a fingerprint/],
    ['every finding there is', file({ check: '  check: "*"', match: undefined }), /line 2: .*every finding/],
    ['no id', file({ id: '- ticket: NET-1' }), /line 2: the key id is absent/],
    ['an id with blanks', file({ id: '- id: a b' }), /line 2: id must be letters/],
    [
      'an id twice',
      file({}, `\n${file().split('\n').slice(1).join('\n')}`),
      /line 8: the id "bastion-ssh" is taken by line 2/,
    ],
    ['no owner', file({ owner: undefined }), /line 2: the key owner is absent/],
    ['an empty owner', file({ owner: '  owner: ""' }), /line 5: owner is empty/],
    ['an owner that is a list', file({ owner: '  owner: [a]' }), /line 5: owner must be a text, not a list/],
    ['no reason', file({ reason: undefined }), /line 2: the key reason is absent/],
    ['an empty reason', file({ reason: '  reason:' }), /line 6: reason is empty/],
    ['a blank reason', file({ reason: '  reason: "   "' }), /line 6: reason is empty/],
    ['a reason that is none', file({ reason: '  reason: ok' }), /line 6: reason "ok" is too short/],
    ['no end', file({ expires: undefined }), /line 2: the key expires is absent/],
    ['an end that is no date', file({ expires: '  expires: never' }), /line 7: expires must be a date.*"never"/],
    ['a day that is none', file({ expires: '  expires: 2026-02-30' }), /line 7: expires "2026-02-30" is no day/],
    ['a month that is none', file({ expires: '  expires: 2026-13-01' }), /line 7: .*no day/],
    ['a date in another form', file({ expires: '  expires: 31.12.2026' }), /line 7: expires must be a date/],
    ['an end before the beginning', file({}, '\n  created: 2027-01-01'), /line 8: created is later than expires/],
    ['an account that is none', file({ match: '  match: {account: 12345}' }), /line 4: account must be twelve digits/],
    [
      'a star in an exact value',
      file({ match: '  match: {resource: sg-*}' }),
      /line 4: .*resource_glob takes patterns/,
    ],
    ['a star for a Region', file({ match: '  match: {region: eu-*}' }), /line 4: .*leave region out/],
    ['an empty list', file({ match: '  match: {region: []}' }), /line 4: region is an empty list/],
    ['a port that is none', file({ match: '  match: {ports: [70000]}' }), /line 4: ports must be/],
    ['a range the wrong way round', file({ match: '  match: {ports: [443-80]}' }), /line 4: ports must be/],
    ['a block that is none', file({ match: '  match: {cidrs: [10.0.0.0/33]}' }), /line 4: cidrs must be/],
    [
      'a fingerprint that is none',
      file({ match: '  match: {fingerprint: abc}' }),
      /line 4: fingerprint must be the 64/,
    ],
    ['tags that are a text', file({ match: '  match: {tags: sandbox}' }), /line 4: tags must be a map/],
    ['a tag that is a list', file({ match: '  match: {tags: {A: [b]}}' }), /line 4: the tag "A" must be a text/],
    ['a key that is a list', file({ match: '  match: {[a, b]: c}' }), /line 4: a key must be a plain word/],
    ['broken YAML', file({ match: '  match: {resource: [sg-1}' }), /line 4: this is not YAML/],
    ['a second document', `${file()}\n---\na: b`, /line 8: .*second document/],
    [
      'a control character',
      file({ owner: '  owner: "\\e[31m"', check: '  check: "\\e[31m\\u202e"' }),
      /line 3: there is no check "\\u001b\[31m\\u\{202e\}"/,
    ],
  ])('is refused with %s, in one sentence with file and line', (_, text, reason) => {
    let thrown: unknown;
    try {
      read(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(SuppressionsUnreadable);
    const { message, code } = thrown as SuppressionsUnreadable;
    expect(code).toBe('SUPPRESSIONS_UNREADABLE');
    expect(message).toMatch(/^ours\.yaml, line \d+: .*[.?]$/);
    expect(message).toMatch(reason);
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
  });
});
