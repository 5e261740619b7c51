import { isRaw, type Raw } from '../src/model/decode.ts';
import type { AccountId, RegionName } from '../src/model/id.ts';
import { iamPrefixes, type ServiceName } from '../src/model/service.ts';
import type { Manifest, ManifestCall } from '../src/model/snapshot/manifest.ts';
import { snapshotWriter, type SnapshotWriter } from '../src/model/snapshot/write.ts';
import { tool } from '../src/model/tool.ts';
import { rulesOf } from './operations.ts';
import { type Document, type Documents, documentKey, itemsOf, isItemList, listOf, type World } from './world.ts';

/** How many items are held at once. */
const pageSize = 1000;

/**
 * Writes a world as a snapshot folder, without a collection between: what a benchmark or an offline demonstration
 * starts from. Lists are read item by item, so that their size does not matter. Secrets are left out.
 */
export async function writeWorld(world: World, folder: string, createdAt = '2026-01-15T12:00:00.000Z'): Promise<void> {
  const writer = await snapshotWriter(folder);
  const manifest = manifestOf(world, createdAt, []);
  await writer.begin(manifest);
  const calls: ManifestCall[] = [];
  for (const { accountId, regions } of world.accounts.values()) {
    for (const [region, documents] of regions) calls.push(...(await writeRegion(writer, accountId, region, documents)));
  }
  await writer.end({ ...manifest, calls });
}

function manifestOf(world: World, createdAt: string, calls: readonly ManifestCall[]): Manifest {
  const accounts = [...world.accounts.keys()].sort() as AccountId[];
  const regions = [...new Set([...world.accounts.values()].flatMap((account) => [...account.regions.keys()]))].sort();
  const [caller] = accounts;
  return {
    schemaVersion: '1',
    tool,
    createdAt,
    caller: caller === undefined ? undefined : { accountId: caller, arn: `arn:aws:iam::${caller}:user/auditor` },
    scope: { accounts, regions: regions as RegionName[] },
    notVisible: [],
    calls,
  };
}

async function writeRegion(
  writer: SnapshotWriter,
  accountId: string,
  region: string,
  documents: Documents,
): Promise<readonly ManifestCall[]> {
  const calls: ManifestCall[] = [];
  for (const [key, document] of documents) {
    const [stem = '', file] = key.split('/');
    const [service = '', operation = ''] = stem.split('.');
    const rules = rulesOf(stem);
    const asked = file === undefined ? undefined : askedFor(documents, stem, file);
    const name = {
      accountId,
      region,
      service: service as ServiceName,
      operation,
      ...(asked === undefined
        ? {}
        : { resourceId: asked.id, ...(asked.attribute === undefined ? {} : { attribute: asked.attribute }) }),
    };
    const answer = writer.answer(name, rules?.list === undefined ? {} : { list: rules.list });
    const clean = withSecrets.has(stem) ? withoutSecrets : asItIs;
    for (const page of pagesOf(document, rules?.list, clean)) await answer.page(page);
    calls.push({
      accountId: accountId as AccountId,
      region: region as RegionName,
      service: service as ServiceName,
      operation,
      input: asked?.input ?? {},
      status: 'collected',
      ...(await answer.finish()),
      iamAction: `${iamPrefixes[service as ServiceName]}:${operation}`,
      requests: 1,
      throttled: 0,
      durationMs: 0,
    });
  }
  return calls;
}

interface Asked {
  readonly id: string;
  readonly attribute: string | undefined;
  readonly input: Raw;
}

/** The resource for which an answer was given: its whole id, of which the key has only a file name. */
function askedFor(documents: Documents, stem: string, file: string): Asked {
  const per = rulesOf(stem)?.per;
  if (per === undefined) throw new Error(`${stem} is not called per resource`);
  const [service = 'ec2', operation = ''] = stem.split('.');
  const attribute = per.attributeInput === undefined ? undefined : file.slice(file.lastIndexOf('+') + 1);
  const member = rulesOf(per.parents)?.list ?? '';
  for (const [key, document] of documents) {
    if (key !== per.parents && !key.startsWith(`${per.parents}/`)) continue;
    for (const item of itemsOf(listOf(document, member))) {
      const id = String(item[per.parentMember]);
      if (documentKey(service as ServiceName, operation, id, attribute) !== `${stem}/${file}`) continue;
      const attributeInput = attribute === undefined ? {} : { [per.attributeInput ?? '']: attribute };
      return { id, attribute, input: { [per.input]: id, ...attributeInput } };
    }
  }
  throw new Error(`${stem}/${file} belongs to nothing that ${per.parents} lists`);
}

function* pagesOf(document: Document, list: string | undefined, clean: (value: unknown) => unknown): Generator<Raw> {
  const items = list === undefined ? undefined : listOf(document, list);
  if (list === undefined || items === undefined) {
    yield clean(document) as Raw;
    return;
  }
  for (let from = 0; from === 0 || from < items.length; from += pageSize) {
    const length = Math.min(pageSize, items.length - from);
    yield { [list]: Array.from({ length }, (_, index) => clean(items.at(from + index))) };
  }
}

const asItIs = (value: unknown): unknown => value;

const withSecrets: ReadonlySet<string> = new Set([
  'ec2.DescribeVpnConnections',
  'ec2.DescribeLaunchTemplateVersions',
  'directconnect.DescribeVirtualInterfaces',
]);
const secrets: ReadonlySet<string> = new Set([
  'PreSharedKey',
  'CustomerGatewayConfiguration',
  'authKey',
  'customerRouterConfig',
  'UserData',
]);

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (isItemList(value)) return [...itemsOf(value)].map(withoutSecrets);
  if (!isRaw(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([member]) => !secrets.has(member))
      .map(([member, inner]) => [member, withoutSecrets(inner)]),
  );
}
