import type { Raw } from '../src/model/decode.ts';
import { iamPrefixes } from '../src/model/service.ts';
import type { AnswerContext } from './answer/context.ts';
import { answerOrganizations } from './answer/organizations.ts';
import { pageOf } from './answer/page.ts';
import { Refusal } from './answer/refusal.ts';
import { isEnabled, regionsDocument } from './answer/regions.ts';
import { asItemList, namesIds, notFound, select } from './answer/select.ts';
import { answerSts } from './answer/sts.ts';
import { rulesOf } from './operations.ts';
import type { OperationRules } from './operations/rules.ts';
import { type Document, documentKey, type Documents, type ItemList, itemsOf, listOf, type World } from './world.ts';

const noDocuments: Documents = new Map();

/**
 * What AWS would answer: the operation's output in the form `aws <service> <operation>` prints, one page of it. Pure: it
 * depends on its arguments alone. Throws a `Refusal` where the service answers an error.
 */
export function answer(world: World, operation: string, input: Raw, context: AnswerContext): Raw {
  const { service } = context;
  if (service === 'sts') return answerSts(world, operation, input, context) ?? refuse(operation, context);
  if (service === 'organizations')
    return answerOrganizations(world, operation, input, context) ?? refuse(operation, context);
  const account = world.accounts.get(context.accountId);
  if (!isEnabled(account, context.region)) {
    throw new Refusal('AuthFailure', 'AWS was not able to validate the provided access credentials', 401);
  }
  if (!isRead(operation)) throw refuse(operation, context);
  if (input['DryRun'] === true) {
    throw new Refusal('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
  }
  const documents = account?.regions.get(context.region) ?? noDocuments;
  const key = `${service}.${operation}`;
  const rules = rulesOf(key);
  if (key === 'ec2.DescribeRegions' && !documents.has(key) && account !== undefined) {
    return listAnswer(regionsDocument(account), rules, 'Regions', operation, input, context);
  }
  const document = documentFor(world, documents, operation, input, rules, context);
  const member = rules?.list ?? context.listMembers.find((name) => listOf(document, name) !== undefined);
  return member === undefined ? document : listAnswer(document, rules, member, operation, input, context);
}

/** Only reading is modelled; everything else is refused as if no policy allowed it. */
export function isRead(operation: string): boolean {
  return /^(?:Describe|Get|List|Search)/.test(operation);
}

function refuse(operation: string, { service, identity }: AnswerContext): never {
  const action = `${service === 'sts' || service === 'organizations' ? service : iamPrefixes[service]}:${operation}`;
  const code =
    service === 'ec2'
      ? 'UnauthorizedOperation'
      : service === 'organizations'
        ? 'AccessDeniedException'
        : 'AccessDenied';
  throw new Refusal(
    code,
    `User: ${identity.arn} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`,
    403,
  );
}

/** The whole answer, of which a page is handed out. */
function documentFor(
  world: World,
  documents: Documents,
  operation: string,
  input: Raw,
  rules: OperationRules | undefined,
  context: AnswerContext,
): Document {
  const { service, listMembers } = context;
  const per = rules?.per;
  if (per === undefined) {
    return documents.get(documentKey(service, operation)) ?? absent(world, operation, context);
  }
  const resourceId = input[per.input];
  if (typeof resourceId !== 'string') {
    // Elastic Load Balancing takes the ids of the items in place of the one they belong to
    if (rules?.list !== undefined && namesIds(rules, input))
      return everyDocument(documents, service, operation, rules.list);
    throw new Refusal(
      service === 'ec2' ? 'MissingParameter' : 'ValidationError',
      `The request must contain the parameter ${per.input}`,
    );
  }
  const attribute = per.attributeInput === undefined ? undefined : input[per.attributeInput];
  const key = documentKey(service, operation, resourceId, typeof attribute === 'string' ? attribute : undefined);
  const document = documents.get(key);
  if (document !== undefined) return document;
  if (!exists(documents, per.parents, per.parentMember, resourceId)) throw notFound(per.code, resourceId);
  if (per.attributeInput !== undefined && listMembers.length === 0) {
    throw new Refusal('InvalidParameterValue', `Value (${String(attribute)}) for parameter attribute is invalid`);
  }
  return absent(world, operation, context);
}

/** What is said where the world says nothing. */
function absent(world: World, operation: string, context: AnswerContext): Document {
  if (world.whenAbsent === 'refused') return refuse(operation, context);
  const known = rulesOf(`${context.service}.${operation}`)?.list;
  const listMembers = known === undefined ? context.listMembers : [known];
  if (listMembers.length === 0)
    throw new Refusal('UnsupportedOperation', `The mock endpoint holds no answer of ${operation}`);
  return Object.fromEntries(listMembers.map((member) => [member, []]));
}

function everyDocument(
  documents: Documents,
  service: AnswerContext['service'],
  operation: string,
  member: string,
): Document {
  const prefix = `${documentKey(service, operation)}/`;
  const items = [...documents]
    .filter(([key]) => key.startsWith(prefix))
    .flatMap(([, document]) => [...itemsOf(listOf(document, member))]);
  return { [member]: items };
}

function exists(documents: Documents, parents: string, parentMember: string, id: string): boolean {
  const member = rulesOf(parents)?.list ?? '';
  const has = (list: ItemList | undefined): boolean => [...itemsOf(list)].some((item) => item[parentMember] === id);
  return [...documents].some(
    ([key, document]) => (key === parents || key.startsWith(`${parents}/`)) && has(listOf(document, member)),
  );
}

function listAnswer(
  document: Document,
  rules: OperationRules | undefined,
  member: string,
  operation: string,
  input: Raw,
  context: AnswerContext,
): Raw {
  const list = asItemList(document[member]) ?? [];
  const { settings, service } = context;
  const selection = select(list, rules, input, settings.seed, service === 'ec2');
  const paging = rules === undefined ? genericPaging(input) : rules.paging;
  if (paging?.refusedUnpaged === true && list.length > settings.largeAccount && isUnqualified(rules, input)) {
    throw new Refusal('OperationNotPermitted', 'Unpaginated and unqualified requests are not permitted');
  }
  const rest = Object.fromEntries(
    Object.entries(document).filter(([name]) => name !== member && !/^Next(?:Token|Marker)$/.test(name)),
  );
  if (paging === undefined) {
    return { ...rest, [member]: Array.from({ length: selection.length }, (_, index) => selection.at(index)) };
  }
  const page = pageOf(paging, selection, `${service}.${operation}`, input, context);
  return { ...rest, [member]: page.items, ...(page.token === undefined ? {} : { [paging.tokenOutput]: page.token }) };
}

/** Operations of which only the schema is known page like most of EC2. */
function genericPaging(input: Raw): OperationRules['paging'] {
  const size = input['MaxResults'];
  if (size === undefined && input['NextToken'] === undefined) return undefined;
  return { min: 1, max: 1000, sizeInput: 'MaxResults', tokenInput: 'NextToken', tokenOutput: 'NextToken' };
}

function isUnqualified(rules: OperationRules | undefined, input: Raw): boolean {
  return input['MaxResults'] === undefined && input['Filters'] === undefined && !namesIds(rules, input);
}
