import { serviceOfIamPrefix } from '../model/service.ts';
import type { ManifestCall } from '../model/snapshot/manifest.ts';
import type { ResourceReference } from '../model/verdict/resource-reference.ts';
import type { Missing } from '../model/verdict/verdict.ts';

/** The readings for want of which verdicts are unknown. */
export interface NeededReadings {
  readonly need: (resource: Pick<ResourceReference, 'accountId' | 'region'>, missing: readonly Missing[]) => void;
  /** Those that nobody made, as calls that were skipped: what a check needs is planned, whoever forgot it. */
  readonly unmade: (calls: readonly ManifestCall[]) => readonly ManifestCall[];
}

/** Nothing needed yet. */
export function noNeeds(): NeededReadings {
  const needed = new Map<string, ManifestCall>();
  return {
    need: (resource, missing) => {
      for (const { iamAction } of missing) {
        if (iamAction === undefined) continue;
        const call = skippedCall(resource, iamAction);
        needed.set(placeOf(call), call);
      }
    },
    unmade: (calls) => {
      const made = new Set(calls.map(placeOf));
      return [...needed].filter(([place]) => !made.has(place)).map(([, call]) => call);
    },
  };
}

const placeOf = ({ accountId, region, iamAction }: ManifestCall): string =>
  JSON.stringify([accountId, region, iamAction]);

function skippedCall(
  { accountId, region }: Pick<ResourceReference, 'accountId' | 'region'>,
  iamAction: string,
): ManifestCall {
  const [prefix = '', operation = iamAction] = iamAction.split(':');
  return {
    accountId,
    region,
    service: serviceOfIamPrefix(prefix) ?? 'ec2',
    operation,
    input: {},
    status: 'skipped',
    message: 'the evidence holds no answer of this operation',
    iamAction,
    requests: 0,
    throttled: 0,
    durationMs: 0,
  };
}
