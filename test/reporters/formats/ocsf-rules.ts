import { Ajv2020 } from 'ajv/dist/2020.js';

/*
 * Compliance Finding (class 2003) of OCSF 1.8.0 as the schema browser describes it, for the attributes that a report uses:
 * required ones are required, enumerations closed, an attribute that is not listed is a mistake.
 */
const closed = (properties: object, required: readonly string[] = [], more: object = {}): object => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
  ...more,
});
const text = { type: 'string' };
const texts = { type: 'array', items: text };
const severityId = { enum: [0, 1, 2, 3, 4, 5, 6, 99] };
const port = { type: 'integer', minimum: 0, maximum: 65_535 };
/** `timestamp_t`: milliseconds since 1970. Seconds would be a time in January 1970. */
const timestamp = { type: 'integer', minimum: Date.UTC(2015, 0) };

/** Object `network_endpoint`: at least one of what identifies it. */
const endpoint = closed({ uid: text, name: text, svc_name: text, port }, [], {
  anyOf: [{ required: ['uid'] }, { required: ['name'] }, { required: ['svc_name'] }],
});

/** Object `resource_details`, with the attributes of the cloud profile: at least a name or a uid. */
const resource = closed(
  {
    uid: text,
    uid_alt: text,
    name: text,
    type: text,
    region: text,
    cloud_partition: text,
    role_id: { enum: [0, 1, 2, 3, 4, 99] },
    role: text,
    data: {},
  },
  [],
  { anyOf: [{ required: ['uid'] }, { required: ['name'] }] },
);

/** Object `evidences`: at least one of the artifacts. */
const evidence = closed(
  {
    name: text,
    connection_info: closed(
      {
        direction_id: { enum: [0, 1, 2, 3, 4, 99] },
        direction: text,
        protocol_name: text,
        protocol_num: { type: 'integer' },
      },
      ['direction_id'],
    ),
    src_endpoint: endpoint,
    dst_endpoint: endpoint,
    resources: { type: 'array', items: resource },
    data: {},
  },
  [],
  {
    anyOf: ['connection_info', 'src_endpoint', 'dst_endpoint', 'resources', 'data'].map((name) => ({
      required: [name],
    })),
  },
);

const complianceStatus = {
  status_id: { enum: [0, 1, 2, 3, 99] },
  status: text,
};

/** Object `compliance`; its standards and references in the old form are deprecated since 1.5. */
const compliance = closed({
  ...complianceStatus,
  control: text,
  standards: texts,
  status_details: texts,
  checks: {
    type: 'array',
    items: closed({
      uid: text,
      name: text,
      desc: text,
      severity_id: severityId,
      severity: text,
      ...complianceStatus,
      standards: texts,
    }),
  },
});

const event = closed(
  {
    category_uid: { const: 2 },
    category_name: { const: 'Findings' },
    class_uid: { const: 2003 },
    class_name: { const: 'Compliance Finding' },
    activity_id: { enum: [1, 2, 3] },
    activity_name: { enum: ['Create', 'Update', 'Close'] },
    type_uid: { type: 'integer' },
    type_name: text,
    time: timestamp,
    severity_id: severityId,
    severity: text,
    status_id: { enum: [0, 1, 2, 3, 4, 5, 6, 99] },
    status: text,
    message: text,
    metadata: closed(
      {
        version: { const: '1.8.0' },
        product: closed({ name: text, vendor_name: text, version: text }, ['name']),
        event_code: text,
        profiles: { type: 'array', items: { const: 'cloud' } },
      },
      ['version', 'product'],
    ),
    // The cloud profile requires the object, and the object its provider.
    cloud: closed(
      {
        provider: { const: 'AWS' },
        account: closed({ uid: text, type_id: { const: 10 }, type: { const: 'AWS Account' } }, ['uid']),
        region: text,
        cloud_partition: text,
      },
      ['provider'],
    ),
    finding_info: closed(
      {
        uid: { type: 'string', minLength: 1 },
        title: text,
        desc: text,
        created_time: timestamp,
        first_seen_time: timestamp,
        analytic: closed({ type_id: { enum: [0, 1, 2, 3, 4, 99] }, type: text, uid: text, name: text }, ['type_id']),
      },
      ['uid'],
    ),
    compliance,
    resources: { type: 'array', items: resource, minItems: 1 },
    evidences: { type: 'array', items: evidence, minItems: 1 },
    remediation: closed({ desc: text, references: texts }, ['desc']),
    unmapped: { type: 'object' },
  },
  [
    'activity_id',
    'category_uid',
    'class_uid',
    'type_uid',
    'severity_id',
    'time',
    'metadata',
    'finding_info',
    'compliance',
    'cloud',
  ],
);

const validate = new Ajv2020({ strict: false, allErrors: true }).compile(event);

/** The parts of an event that the tests look into. */
export interface OcsfEvent {
  readonly class_uid: number;
  readonly activity_id: number;
  readonly type_uid: number;
  readonly time: number;
  readonly severity_id: number;
  readonly severity: string;
  readonly status_id?: number;
  readonly finding_info: { readonly uid: string; readonly first_seen_time?: number };
  readonly compliance: {
    readonly status_id: number;
    readonly status: string;
    readonly status_details?: readonly string[];
    readonly checks: readonly { readonly uid: string; readonly status_id: number }[];
  };
  readonly cloud: {
    readonly account: { readonly uid: string };
    readonly region: string;
    readonly cloud_partition?: string;
  };
  readonly resources: readonly { readonly uid: string; readonly name?: string }[];
  readonly evidences?: readonly Readonly<Record<string, unknown>>[];
}

/** The captions of the ids, which the text beside an id must repeat (OCSF, "sibling" attributes). */
const captions: readonly (readonly [
  (event: OcsfEvent) => readonly [number | undefined, unknown],
  readonly string[],
])[] = [
  [
    ({ severity_id, severity }) => [severity_id, severity],
    ['Unknown', 'Informational', 'Low', 'Medium', 'High', 'Critical', 'Fatal'],
  ],
  [({ compliance: { status_id, status } }) => [status_id, status], ['Unknown', 'Pass', 'Warning', 'Fail']],
];

/** Everything in one line that is against OCSF 1.8.0. */
export function ocsfProblems(line: string): readonly string[] {
  const parsed = JSON.parse(line) as OcsfEvent;
  const problems = validate(parsed)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  return [
    ...problems,
    ...(parsed.type_uid === parsed.class_uid * 100 + parsed.activity_id
      ? []
      : ['type_uid is not class_uid × 100 + activity_id']),
    ...captions.flatMap(([sibling, words]) => {
      const [id, word] = sibling(parsed);
      return id === undefined || id === 99 || words[id] === word ? [] : [`${String(word)} is not the caption of ${id}`];
    }),
  ];
}
