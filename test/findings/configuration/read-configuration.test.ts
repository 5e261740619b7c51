import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configurationDigest } from '../../../src/findings/configuration/configuration-report.ts';
import { ConfigurationUnreadable } from '../../../src/findings/configuration/configuration-unreadable.ts';
import { readConfiguration } from '../../../src/findings/configuration/read-configuration.ts';
import { type Configuration, noConfiguration } from '../../../src/model/configuration/configuration.ts';

const checks = [
  {
    id: 'security-group-too-many-rules',
    options: [{ name: 'most_rules', title: 'Rules', default: 50, least: 1, most: 1000 }],
  },
  { id: 'vpc-empty' },
];
const read = (text: string): Configuration => readConfiguration(text, 'a.yaml', checks);
const refusal = (text: string): string => {
  try {
    read(text);
  } catch (error) {
    if (error instanceof ConfigurationUnreadable) return error.message;
    throw error;
  }
  throw new Error('it was read');
};

const full = `version: 1
public_services:
  - name: shop
    reason: The shop is for everybody.
    ports: [443, 80/tcp, 8000-8100/udp, icmp]
    cidrs: [198.51.100.0/24, "2001:db8::/32"]
    account: 111122223333
    region: [eu-west-1, eu-central-1]
    vpc: vpc-0a1
    resource: sg-0a1
    tags: {Exposure: public}
known_cidrs:
  - cidr: 203.0.113.0/24
    name: Office
trusted_accounts:
  - 444455556666
  - {id: 777788889999, name: Partner}
trusted_organizations: [o-0a1b2c3d4e]
checks:
  security-group-too-many-rules: {most_rules: 60}
  vpc-empty: {disabled: empty VPCs are kept in reserve}
`;

describe('a configuration', () => {
  it('is read in full', () => {
    expect(read(full)).toEqual({
      publicServices: [
        {
          name: 'shop',
          reason: 'The shop is for everybody.',
          traffic: [
            { protocol: 'tcp', ports: { from: 443, to: 443 } },
            { protocol: 'tcp', ports: { from: 80, to: 80 } },
            { protocol: 'udp', ports: { from: 8000, to: 8100 } },
            { protocol: 'icmp' },
          ],
          cidrs: ['198.51.100.0/24', '2001:db8::/32'],
          place: {
            accounts: ['111122223333'],
            regions: ['eu-west-1', 'eu-central-1'],
            vpcs: ['vpc-0a1'],
            resources: ['sg-0a1'],
            tags: [{ key: 'Exposure', value: 'public' }],
          },
        },
      ],
      knownCidrs: [{ cidr: '203.0.113.0/24', name: 'Office' }],
      trustedAccounts: [{ id: '444455556666' }, { id: '777788889999', name: 'Partner' }],
      trustedOrganizations: [{ id: 'o-0a1b2c3d4e' }],
      checks: {
        'security-group-too-many-rules': { options: { most_rules: 60 } },
        'vpc-empty': { disabled: 'empty VPCs are kept in reserve', options: {} },
      },
    });
    expect(read('version: 1')).toEqual(noConfiguration);
  });

  const service = (rest: string): string =>
    `version: 1\npublic_services:\n  - name: a\n    reason: said at length\n    ${rest}`;
  it.each<[string, string, number, RegExp]>([
    ['nothing', '', 1, /empty/],
    ['no version', 'checks: {}', 1, /version/],
    ['another version', 'version: 2', 1, /version 1, not "2"/],
    ['a misspelt key', 'version: 1\npublic_servces: []', 2, /did you mean public_services\?/],
    ['a misspelt check', 'version: 1\nchecks:\n  vpc-emty: {disabled: for some reason}', 3, /did you mean vpc-empty\?/],
    ['a misspelt option', 'version: 1\nchecks:\n  security-group-too-many-rules:\n    most_rule: 3', 4, /most_rules\?/],
    ['an option of another check', 'version: 1\nchecks:\n  vpc-empty:\n    most_rules: 3', 4, /no key "most_rules"/],
    ['a number out of bounds', 'version: 1\nchecks:\n  security-group-too-many-rules: {most_rules: 0}', 3, /1 to 1000/],
    ['a number that is none', 'version: 1\nchecks:\n  security-group-too-many-rules: {most_rules: 1e2}', 3, /"1e2"/],
    ['a check without anything', 'version: 1\nchecks:\n  vpc-empty: {}', 3, /disabled/],
    ['a disabling without reason', 'version: 1\nchecks:\n  vpc-empty: {disabled: true}', 3, /too short/],
    ['a service without reason', 'version: 1\npublic_services:\n  - {name: a, ports: 443}', 3, /reason is absent/],
    ['a service without ports', service('region: eu-west-1'), 3, /ports is absent/],
    ['ports upside down', service('ports: 90-80'), 5, /"90-80"/],
    ['a protocol that has none', service('ports: 443/sctp'), 5, /443\/sctp/],
    ['a block that is none', service('ports: 443\n    cidrs: 10.0.0.0/33'), 6, /10\.0\.0\.0\/33/],
    ['a star', service('ports: 443\n    resource: sg-*'), 6, /star/],
    ['an account that is none', service('ports: 443\n    account: 12'), 6, /twelve digits/],
    ['one name twice', `${service('ports: 443')}\n  - {name: a, reason: said at length, ports: 80}`, 6, /line 3/],
    ['an organization that is none', 'version: 1\ntrusted_organizations: [o-1]', 2, /o-…/],
    ['a list that is none', 'version: 1\nknown_cidrs: {cidr: 10.0.0.0/8, name: x}', 2, /must be a list/],
    ['an alias', 'version: 1\nknown_cidrs: &a []\ntrusted_accounts: *a', 2, /anchors/],
  ])('with %s is refused, with the line', (_, text, line, reason) => {
    const message = refusal(text);
    expect(message).toMatch(reason);
    expect(message).toMatch(new RegExp(`^a\\.yaml, line ${line}: [^\\n]*[.?]$`));
  });

  it('is read or refused in one sentence, whatever it holds', () => {
    const pieces = [
      'version: 1',
      'checks:',
      'public_services:',
      '- name: a',
      '  ports: 443',
      'known_cidrs:',
      '[',
      '}',
      '- ',
      '  vpc-empty:',
      'disabled: x',
      'tags: {a: b}',
      ' cidr: ::/0',
      '"',
      '\u0000',
      '__proto__: 1',
      '- 444455556666',
    ];
    const words = fc.constantFrom(...pieces);
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string())), (lines) => {
        const text = lines.join('\n');
        try {
          read(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigurationUnreadable);
          expect((error as Error).message).toMatch(/^a\.yaml, line \d+: [^\n]+$/);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the digest of a configuration', () => {
  it('is that of what it says, not of how it is written', () => {
    const digest = configurationDigest(read(full));
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    const rewritten = full
      .replace('[443, 80/tcp', '[443/tcp, "80"')
      .replace('version: 1', '# comment\nversion: "1"')
      .replace(/ {2}(security-group-too.*)\n {2}(vpc-empty.*)/, '  $2\n  $1');
    expect(rewritten).not.toBe(full);
    expect(configurationDigest(read(rewritten))).toBe(digest);
    expect(configurationDigest(read(full.replace('443', '444')))).not.toBe(digest);
  });
});

describe('the published schema', () => {
  const path = fileURLToPath(new URL('../../../schema/configuration.schema.json', import.meta.url));
  const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync(path, 'utf8')) as object);

  it('admits what is read, and refuses what is refused for its form', () => {
    expect(validate(parse(full)), JSON.stringify(validate.errors)).toBe(true);
    expect(validate(parse('version: 1'))).toBe(true);
    for (const text of [
      'checks: {}',
      'version: 2',
      'version: 1\npublic_servces: []',
      'version: 1\nchecks: {vpc-emty: {disabled: for some reason}}',
      'version: 1\nchecks: {vpc-empty: {}}',
      'version: 1\nchecks: {security-group-too-many-rules: {most_rules: 0}}',
      'version: 1\npublic_services: [{name: a, ports: 443}]',
      'version: 1\ntrusted_organizations: [o-1]',
    ]) {
      expect(validate(parse(text)), text).toBe(false);
      expect(refusal(text)).toBeTruthy();
    }
  });
});
