import type { AnyCheck } from '../../src/auditors/check.ts';
import type { GeneratedFile } from './check-files.ts';

const texts = (description: string, items: object = { type: 'string', minLength: 1 }): object => ({
  description,
  anyOf: [items, { type: 'array', minItems: 1, items }],
});
const word = { type: 'string', minLength: 1, maxLength: 64 };
const reason = (description: string): object => ({ description, type: 'string', minLength: 10 });
const closed = (required: readonly string[], properties: Readonly<Record<string, object>>): object => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
/** YAML reads an unquoted account id as a number. */
const accountId = {
  anyOf: [
    { type: 'string', pattern: '^[0-9]{12}$' },
    { type: 'integer', minimum: 0 },
  ],
};
const port = {
  anyOf: [
    { type: 'string', minLength: 1 },
    { type: 'integer', minimum: 0, maximum: 65_535 },
  ],
};

/** The JSON Schema of the configuration, for editors: the checks and their options are those that there are. */
export function configurationSchema(checks: readonly AnyCheck[]): GeneratedFile {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:vpc-auditor:configuration:1',
    title: 'Configuration of vpc-auditor',
    description: 'vpc-auditor.yaml: what is meant, who is known, and how much is too much.',
    ...closed(['version'], {
      version: { description: 'The version of this format.', enum: [1, '1'] },
      public_services: {
        description: 'Services that are meant to be reached from outside. What goes beyond their bounds is a finding.',
        type: 'array',
        items: closed(['name', 'reason', 'ports'], {
          name: word,
          reason: reason('Why it is meant to be reached.'),
          ports: texts('443, 443/tcp, 8000-8100/udp, icmp or icmpv6; tcp where no protocol is named.', port),
          cidrs: texts('From whom; everybody where nothing is said.'),
          account: texts('Only in these accounts.', accountId),
          region: texts('Only in these Regions.'),
          vpc: texts('Only in these VPCs.'),
          resource: texts('Only these resources, by id or ARN.'),
          tags: {
            description: 'Only resources that carry all of these tags.',
            type: 'object',
            minProperties: 1,
            additionalProperties: { type: 'string' },
          },
        }),
      },
      known_cidrs: {
        description: 'Blocks of addresses with the names that people have for them.',
        type: 'array',
        items: closed(['cidr', 'name'], { cidr: { type: 'string' }, name: word }),
      },
      trusted_accounts: {
        description: 'Accounts outside the audit that belong to the same owner or to a partner.',
        type: 'array',
        items: { anyOf: [...accountId.anyOf, closed(['id'], { id: accountId, name: word })] },
      },
      trusted_organizations: {
        description: 'Organizations that belong to the same owner or to a partner.',
        type: 'array',
        items: {
          anyOf: [
            { type: 'string', pattern: '^o-[a-z0-9]{10,32}$' },
            closed(['id'], { id: { type: 'string', pattern: '^o-[a-z0-9]{10,32}$' }, name: word }),
          ],
        },
      },
      checks: {
        description: 'Options of single checks, and checks that do not run.',
        ...closed([], Object.fromEntries(checks.map((check) => [check.id, settings(check)]))),
      },
    }),
  };
  return { path: 'schema/configuration.schema.json', content: `${JSON.stringify(schema, null, 2)}\n` };
}

const settings = ({ title, options = [] }: AnyCheck): object => ({
  description: title,
  minProperties: 1,
  ...closed([], {
    disabled: reason('Why this check does not run.'),
    ...Object.fromEntries(
      options.map((option) => [
        option.name,
        {
          description: option.title,
          type: 'integer',
          minimum: option.least,
          maximum: option.most,
          default: option.default,
        },
      ]),
    ),
  }),
});
