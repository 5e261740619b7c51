/*
 * The AWS Security Finding Format as the API reference of Security Hub describes it (AwsSecurityFinding and
 * BatchImportFindings, schema version 2018-10-08). Lengths are in characters, sizes in bytes.
 */

interface Member {
  readonly required?: true;
  readonly check: (value: unknown) => boolean;
}

const string =
  (min: number, max: number) =>
  (value: unknown): boolean =>
    typeof value === 'string' && value.length >= min && value.length <= max && /\S/.test(value);
const oneOf =
  (...words: readonly string[]) =>
  (value: unknown): boolean =>
    words.includes(String(value));
/** ISO 8601 in UTC with milliseconds. */
const timestamp = (value: unknown): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(String(value));
const list =
  (min: number, max: number, check: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.length >= min && value.length <= max && value.every(check);
const integer = (value: unknown): boolean => Number.isInteger(value);
/** A map of texts, neither of which may be blank. */
const map =
  (entries: number, key: number, length: number) =>
  (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length <= entries &&
    Object.entries(value).every(([name, text]) => string(1, key)(name) && string(1, length)(text));

const object =
  (members: Readonly<Record<string, Member>>) =>
  (value: unknown): boolean =>
    problemsOf(value, members).length === 0;

function problemsOf(value: unknown, members: Readonly<Record<string, Member>>): readonly string[] {
  if (typeof value !== 'object' || value === null) return ['no object'];
  const given = new Map(Object.entries(value));
  return [
    ...[...given.keys()].filter((key) => members[key] === undefined).map((key) => `${key} is not of the format`),
    ...Object.entries(members).flatMap(([key, { required, check }]) => {
      if (!given.has(key)) return required === true ? [`${key} is absent`] : [];
      return check(given.get(key)) ? [] : [`${key} is wrong: ${JSON.stringify(given.get(key))?.slice(0, 300)}`];
    }),
  ];
}

const range = object({ Begin: { check: integer }, End: { check: integer } });
const end = object({ Address: { check: list(0, 1000, string(1, 64)) }, PortRanges: { check: list(0, 1000, range) } });
const header = object({ Protocol: { check: string(1, 16) }, Source: { check: end }, Destination: { check: end } });

const finding: Readonly<Record<string, Member>> = {
  SchemaVersion: { required: true, check: oneOf('2018-10-08') },
  Id: { required: true, check: string(1, 512) },
  ProductArn: {
    required: true,
    check: (value) => /^arn:aws[a-z-]*:securityhub:[a-z0-9-]+:\d{12}:product\/\d{12}\/default$/.test(String(value)),
  },
  GeneratorId: { required: true, check: string(1, 512) },
  AwsAccountId: { required: true, check: (value) => /^\d{12}$/.test(String(value)) },
  CreatedAt: { required: true, check: timestamp },
  UpdatedAt: { required: true, check: timestamp },
  FirstObservedAt: { check: timestamp },
  LastObservedAt: { check: timestamp },
  Workflow: { check: object({ Status: { check: oneOf('NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED') } }) },
  Title: { required: true, check: string(1, 256) },
  Description: { required: true, check: string(1, 1024) },
  Resources: {
    required: true,
    check: list(
      1,
      32,
      object({
        Type: {
          required: true,
          check: (value) => string(1, 256)(value) && /^(?:AwsEc2|AwsElb|AwsNetworkFirewall|Other$)/.test(String(value)),
        },
        Id: { required: true, check: string(1, 512) },
        Partition: { check: oneOf('aws', 'aws-cn', 'aws-us-gov') },
        Region: { check: string(1, 16) },
        Details: { check: object({ Other: { check: map(50, 127, 1023) } }) },
      }),
    ),
  },
  FindingProviderFields: {
    check: object({
      Severity: {
        check: object({
          Label: { check: oneOf('INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL') },
          Original: { check: string(1, 64) },
        }),
      },
      Types: {
        check: list(1, 50, (value) =>
          /^(?:Software and Configuration Checks|TTPs|Effects|Unusual Behaviors|Sensitive Data Identifications)(?:\/[^/]+){0,2}$/.test(
            String(value),
          ),
        ),
      },
    }),
  },
  Compliance: {
    check: object({
      Status: { required: true, check: oneOf('PASSED', 'WARNING', 'FAILED', 'NOT_AVAILABLE') },
      RelatedRequirements: { check: list(1, 32, string(1, 2048)) },
      StatusReasons: {
        check: list(
          1,
          1000,
          object({ ReasonCode: { required: true, check: string(1, 128) }, Description: { check: string(1, 2048) } }),
        ),
      },
    }),
  },
  Remediation: {
    check: object({
      Recommendation: {
        check: object({
          Text: { check: string(1, 512) },
          Url: { check: (value) => /^https?:\/\//.test(String(value)) },
        }),
      },
    }),
  },
  Network: {
    check: object({
      Direction: { check: oneOf('IN', 'OUT') },
      Protocol: { check: string(1, 16) },
      OpenPortRange: { check: range },
    }),
  },
  NetworkPath: {
    check: list(
      1,
      1000,
      object({
        ComponentId: { check: string(1, 32) },
        ComponentType: { check: string(1, 32) },
        Egress: { check: header },
        Ingress: { check: header },
      }),
    ),
  },
  ProductFields: { check: map(50, 128, 2048) },
  RecordState: { check: oneOf('ACTIVE', 'ARCHIVED') },
};

/** The parts of a finding that the tests look into. */
export interface AsffFinding {
  readonly Id: string;
  readonly AwsAccountId: string;
  readonly ProductArn: string;
  readonly CreatedAt: string;
  readonly UpdatedAt: string;
  readonly Workflow?: object;
  readonly Title: string;
  readonly FindingProviderFields: { readonly Severity: { readonly Label: string } };
  readonly Resources: readonly [{ readonly Type: string; readonly Id: string; readonly Partition?: string }];
  readonly Compliance: {
    readonly Status: string;
    readonly StatusReasons?: readonly { readonly ReasonCode: string; readonly Description: string }[];
  };
  readonly Network?: object;
  readonly NetworkPath?: readonly { readonly ComponentId: string; readonly ComponentType: string }[];
  readonly ProductFields: Readonly<Record<string, string>>;
}

/** Everything in one batch that Security Hub would refuse. */
export function asffProblems(batch: string): readonly string[] {
  const parsed = JSON.parse(batch) as { readonly Findings: readonly AsffFinding[] };
  const places = new Set(parsed.Findings.map(({ ProductArn }) => ProductArn));
  const faults: readonly (readonly [string, boolean])[] = [
    ['members besides Findings', Object.keys(parsed).join(' ') !== 'Findings'],
    ['no finding', parsed.Findings.length === 0],
    ['more than 100 findings', parsed.Findings.length > 100],
    ['more than 6 MB', Buffer.byteLength(batch) > 6_000_000],
    [
      'a finding of more than 240 KB',
      parsed.Findings.some((each) => Buffer.byteLength(JSON.stringify(each)) > 240_000),
    ],
    ['more than one account and Region', places.size > 1],
    [
      'a product of another account',
      parsed.Findings.some(
        ({ AwsAccountId, ProductArn }) => !ProductArn.includes(`:${AwsAccountId}:product/${AwsAccountId}/`),
      ),
    ],
  ];
  return [
    ...parsed.Findings.flatMap((each) => problemsOf(each, finding)),
    ...faults.filter(([, broken]) => broken).map(([fault]) => fault),
  ];
}
