import { Ajv2020 } from 'ajv/dist/2020.js';

/*
 * What a SARIF 2.1.0 file may look like, written from the standard for the objects that a report needs: any member that is
 * not listed is a mistake. The numbers are sections of the OASIS standard.
 */
const closed = (properties: object, required: readonly string[] = []): object => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const list = (items: object, more: object = {}): object => ({ type: 'array', items, ...more });
const text = { type: 'string' };
const filled = { type: 'string', minLength: 1 };
const count = { type: 'integer', minimum: 0 };
const bag = { type: 'object' };

/** §3.11: plain text is required wherever there is Markdown. */
const message = closed({ text: filled, markdown: filled }, ['text']);

/** §3.30: lines and columns count from 1. */
const region = closed(
  {
    startLine: { type: 'integer', minimum: 1 },
    startColumn: { type: 'integer', minimum: 1 },
    endLine: { type: 'integer', minimum: 1 },
    endColumn: { type: 'integer', minimum: 1 },
  },
  ['startLine'],
);

/** §3.28, §3.29, §3.33. */
const location = closed(
  {
    physicalLocation: closed({ artifactLocation: closed({ uri: filled }, ['uri']), region }, ['artifactLocation']),
    logicalLocations: list(closed({ name: text, fullyQualifiedName: text, kind: { const: 'resource' } })),
    message,
  },
  ['physicalLocation'],
);

/** §3.36 to §3.38: a code flow has threads, a thread has locations, and none is empty. */
const codeFlow = closed(
  {
    message,
    threadFlows: list(
      closed(
        {
          id: filled,
          locations: list(
            closed({ location, importance: { enum: ['important', 'essential', 'unimportant'] } }, ['location']),
            { minItems: 1 },
          ),
        },
        ['locations'],
      ),
      { minItems: 1 },
    ),
  },
  ['threadFlows'],
);

/** §3.27. */
const result = {
  ...closed(
    {
      ruleId: filled,
      ruleIndex: count,
      kind: { enum: ['pass', 'open', 'informational', 'notApplicable', 'review', 'fail'] },
      level: { enum: ['none', 'note', 'warning', 'error'] },
      message,
      locations: list(location),
      partialFingerprints: { type: 'object', additionalProperties: filled },
      codeFlows: list(codeFlow, { minItems: 1 }),
      // §3.48
      provenance: closed({
        firstDetectionTimeUtc: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' },
      }),
      properties: bag,
    },
    ['message'],
  ),
  // §3.27.10: what is no failure has no level.
  if: { properties: { kind: { const: 'fail' } } },
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
  then: { properties: { level: { enum: ['note', 'warning', 'error'] } } },
  else: { properties: { level: { const: 'none' } } },
};

/** §3.49. */
const rule = closed(
  {
    id: filled,
    name: filled,
    shortDescription: message,
    fullDescription: message,
    help: message,
    helpUri: { type: 'string', format: 'web-address' },
    defaultConfiguration: closed({ level: { enum: ['none', 'note', 'warning', 'error'] } }),
    properties: {
      type: 'object',
      properties: { tags: list(filled, { uniqueItems: true }) },
    },
  },
  ['id'],
);

/** §3.58. */
const notification = closed(
  {
    descriptor: closed({ id: filled, index: count }),
    level: { enum: ['none', 'note', 'warning', 'error'] },
    message,
  },
  ['message'],
);

/** §3.13, §3.14, §3.18 to §3.20. */
const log = closed(
  {
    $schema: { const: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json' },
    version: { const: '2.1.0' },
    runs: list(
      closed(
        {
          tool: closed(
            {
              driver: closed(
                {
                  name: filled,
                  version: filled,
                  semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' },
                  rules: list(rule, { uniqueItems: true }),
                  notifications: list(rule),
                },
                ['name'],
              ),
            },
            ['driver'],
          ),
          invocations: list(
            closed({ executionSuccessful: { type: 'boolean' }, toolExecutionNotifications: list(notification) }, [
              'executionSuccessful',
            ]),
          ),
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          results: list(result),
          properties: bag,
        },
        ['tool'],
      ),
    ),
  },
  ['version', 'runs'],
);

const validate = new Ajv2020({
  strict: false,
  allErrors: true,
  formats: { 'web-address': (value: string) => URL.canParse(value) && /^https?:/.test(value) },
}).compile(log);

/** The parts of a SARIF file that the tests look into. */
export interface SarifFile {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: {
          readonly rules: readonly SarifRule[];
          readonly notifications: readonly { readonly id: string }[];
        };
      };
      readonly invocations: readonly [
        { readonly executionSuccessful: boolean; readonly toolExecutionNotifications: readonly SarifNotification[] },
      ];
      readonly results: readonly SarifResult[];
    },
  ];
}

export interface SarifRule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly properties: { readonly tags: readonly string[]; readonly 'security-severity'?: string };
}

export interface SarifNotification {
  readonly descriptor: { readonly id: string; readonly index: number };
  readonly message: { readonly text: string };
}

export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly SarifLocation[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly codeFlows?: readonly {
    readonly threadFlows: readonly {
      readonly id: string;
      readonly locations: readonly { readonly location: SarifLocation }[];
    }[];
  }[];
}

export interface SarifLocation {
  readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
  readonly logicalLocations: readonly [{ readonly name: string; readonly fullyQualifiedName: string }];
}

/** Everything in the file that is against the standard or that GitHub code scanning would refuse, cut or misread. */
export function sarifProblems(file: string): readonly string[] {
  const document = JSON.parse(file) as SarifFile;
  const problems = validate(document)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message: said }) => `${instancePath} ${said}`);
  if (problems.length > 0) return problems;
  return document.runs.flatMap((run) => githubProblems(run));
}

function githubProblems(run: SarifFile['runs'][0]): readonly string[] {
  const { rules } = run.tool.driver;
  const limits: readonly (readonly [string, boolean])[] = [
    ['more than 5,000 results', run.results.length > 5000],
    ['more than 25,000 rules', rules.length > 25_000],
    ['two rules of one id', new Set(rules.map(({ id }) => id)).size !== rules.length],
    ...rules.flatMap((each): readonly (readonly [string, boolean])[] => [
      [`${each.id}: more than 20 tags`, each.properties.tags.length > 20],
      [`${each.id}: a name over 255 characters`, each.name.length > 255],
      [`${each.id}: a short description over 1,024 characters`, each.shortDescription.text.length > 1024],
      [`${each.id}: a full description over 1,024 characters`, each.fullDescription.text.length > 1024],
      [`${each.id}: a security severity outside 0.1 to 10`, !isSeverity(each.properties['security-severity'])],
    ]),
    ...run.results.flatMap((each): readonly (readonly [string, boolean])[] => [
      ['a result whose rule is another', rules[each.ruleIndex]?.id !== each.ruleId],
      ['not exactly one location', each.locations.length !== 1],
      ['no primaryLocationLineHash', (each.partialFingerprints['primaryLocationLineHash'] ?? '') === ''],
      ['more than 1,000 steps', stepsOf(each).length > 1000],
      ['a path that leaves the repository', [...each.locations, ...stepsOf(each)].some((place) => !isInside(place))],
    ]),
    ...run.invocations[0].toolExecutionNotifications.map(({ descriptor }): readonly [string, boolean] => [
      'a notification whose descriptor is another',
      run.tool.driver.notifications[descriptor.index]?.id !== descriptor.id,
    ]),
  ];
  return limits.filter(([, broken]) => broken).map(([problem]) => problem);
}

const isSeverity = (value: string | undefined): boolean =>
  value === undefined || (/^\d+\.\d$/.test(value) && Number(value) > 0 && Number(value) <= 10);

const stepsOf = ({ codeFlows = [] }: SarifResult): readonly SarifLocation[] =>
  codeFlows.flatMap(({ threadFlows }) =>
    threadFlows.flatMap(({ locations }) => locations.map(({ location }) => location)),
  );

/** A relative path, each of its five segments ASCII, not empty and no step upwards (RFC 3986 §3.3). */
function isInside({ physicalLocation: { artifactLocation } }: SarifLocation): boolean {
  const base = 'https://repository.example/';
  const segments = artifactLocation.uri.split('/');
  return (
    /^[\x21-\x7e]+$/.test(artifactLocation.uri) &&
    segments.length === 5 &&
    segments[0] === 'aws' &&
    segments.every((segment) => segment !== '') &&
    new URL(artifactLocation.uri, base).href === `${base}${artifactLocation.uri}`
  );
}
