import { auditRole, hubSpokeOrg } from './accounts/hub-spoke-org.ts';
import { legacyFlat } from './accounts/legacy-flat.ts';
import { peeredDevProd } from './accounts/peered-dev-prod.ts';
import { keysOf } from './answer/identity.ts';
import { type MockServer, startServer } from './server.ts';
import { mergeWorlds, type World, type WorldAccount } from './world.ts';

/** The sample organisation on the air: where it answers, the roles that lead into it, and the keys that sign. */
export interface SampleOrganisation extends Pick<MockServer, 'url' | 'close'> {
  /** How many accounts it has; one of them lets nobody in, and one is closed. */
  readonly accounts: number;
  /** The role that leads into each, and what it asks for. */
  readonly roleName: string;
  readonly externalId: string;
  /** Variables for the SDK's default credential chain, with nothing of the machine's own configuration. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts the mock AWS with the sample accounts that make a small organisation. */
export async function startSampleOrganisation(): Promise<SampleOrganisation> {
  const world = withAuditRole(
    mergeWorlds(...[hubSpokeOrg(), legacyFlat(), peeredDevProd()].map((sample) => sample.world)),
  );
  const { url, close } = await startServer({ world });
  const managementAccountId = world.organization?.managementAccountId ?? '';
  const { accessKeyId, secretAccessKey } = keysOf(managementAccountId);
  return {
    url,
    close,
    accounts: world.organization?.accounts.length ?? 0,
    ...auditRole,
    environment: {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_REGION: 'eu-west-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    },
  };
}

/** Accounts of other samples know no organisation; here they join it and trust its auditor. */
function withAuditRole(world: World): World {
  const { organization } = world;
  if (organization === undefined) throw new Error('the sample organisation has no organisation');
  const members = new Set(organization.accounts.map(({ accountId }) => accountId));
  const joining = [...world.accounts.values()].filter(({ accountId }) => !members.has(accountId));
  const trusting = (account: WorldAccount): WorldAccount =>
    joining.includes(account)
      ? { ...account, roles: [{ ...auditRole, trusts: [organization.managementAccountId] }] }
      : account;
  return {
    ...world,
    organization: {
      ...organization,
      accounts: [
        ...organization.accounts,
        ...joining.map(({ accountId, name }) => ({ accountId, name, status: 'ACTIVE', parentId: organization.rootId })),
      ],
    },
    accounts: new Map([...world.accounts].map(([id, account]) => [id, trusting(account)])),
  };
}
