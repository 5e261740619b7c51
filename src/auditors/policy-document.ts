import type { Parsed } from '../network/sets/ip-address.ts';

/** A statement of a resource policy, its one-or-many members as lists (IAM guide, policy grammar). */
export interface PolicyStatement {
  readonly sid: string | undefined;
  readonly effect: string;
  /** The principals as text: `*`, ARNs, account ids; `undefined` where the statement names all but some. */
  readonly principals: readonly string[] | undefined;
  /** `undefined` for NotAction. */
  readonly actions: readonly string[] | undefined;
  /** `undefined` for NotResource. */
  readonly resources: readonly string[] | undefined;
  readonly conditions: readonly PolicyCondition[];
}

/** One line of a condition block: operator, key in lower case, values. All lines of a block must hold. */
export interface PolicyCondition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** The statements of a policy, or why it cannot be read. */
export function parsePolicy(text: string): Parsed<readonly PolicyStatement[]> {
  const document = parseJson(text);
  if (!isObject(document)) return { reason: 'the policy is not a JSON object' };
  const list = Array.isArray(document['Statement']) ? document['Statement'] : [document['Statement']];
  const statements: PolicyStatement[] = [];
  for (const item of list as readonly unknown[]) {
    if (!isObject(item) || typeof item['Effect'] !== 'string')
      return { reason: 'the policy has a statement without Effect' };
    statements.push(statementOf(item, item['Effect']));
  }
  return { value: statements };
}

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const statementOf = (item: JsonObject, effect: string): PolicyStatement => ({
  sid: typeof item['Sid'] === 'string' ? item['Sid'] : undefined,
  effect,
  principals: principalsOf(item['Principal']),
  actions: item['Action'] === undefined ? undefined : texts(item['Action']),
  resources: item['Resource'] === undefined ? undefined : texts(item['Resource']),
  conditions: conditionsOf(item['Condition']),
});

/** `Principal` is `*` or an object by kind; `NotPrincipal` leaves it absent. */
function principalsOf(principal: unknown): readonly string[] | undefined {
  if (principal === undefined) return undefined;
  return isObject(principal) ? Object.values(principal).flatMap(texts) : texts(principal);
}

const conditionsOf = (block: unknown): readonly PolicyCondition[] =>
  isObject(block)
    ? Object.entries(block).flatMap(([operator, lines]) =>
        isObject(lines)
          ? Object.entries(lines).map(([key, values]) => ({ operator, key: key.toLowerCase(), values: texts(values) }))
          : [],
      )
    : [];

const texts = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? (value as readonly unknown[]) : [value]).map((item) =>
    typeof item === 'string' ? item : JSON.stringify(item),
  );

/** Does the statement allow everybody to act on everything, with nothing that bounds it? */
export const isOpen = (statement: PolicyStatement): boolean =>
  statement.effect === 'Allow' && everybody(statement) && everything(statement) && !isBounded(statement);

/** Does the statement deny everybody outside some bound everything: the form of a data perimeter? */
export const isPerimeter = (statement: PolicyStatement): boolean =>
  statement.effect === 'Deny' &&
  everybody(statement) &&
  (statement.actions === undefined || statement.actions.includes('*')) &&
  (isBounded(statement) || statement.resources === undefined);

const everybody = ({ principals }: PolicyStatement): boolean =>
  principals === undefined || principals.some((principal) => principal === '*');

/** `*`, or an ARN with nothing but wildcards behind the service (`arn:aws:s3:::*`). */
const everything = ({ resources }: PolicyStatement): boolean =>
  resources === undefined ||
  resources.some((resource) => resource === '*' || /^arn:[^:]*:[^:]*:[*]?:[*]?:[*/]+$/.test(resource));

/** Conditions that hold for every call through an endpoint, or say nothing of who calls for what. */
const boundless: ReadonlySet<string> = new Set([
  'aws:securetransport',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:vpcsourceip',
  'aws:currenttime',
  'aws:epochtime',
  'aws:useragent',
  'aws:referer',
]);

const isBounded = ({ conditions }: PolicyStatement): boolean =>
  conditions.some(
    ({ operator, key, values }) =>
      !boundless.has(key) && operator !== 'Null' && !values.some((value) => /^\*+$/.test(value)),
  );
