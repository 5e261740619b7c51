import type { FlowLogCoverage } from '../../model/verdict/flow-evidence.ts';
import type { Network } from '../../network/network.ts';
import { interfaceById } from '../../network/facts/resources-by-id.ts';
import type { RowOf } from '../engine/question.ts';
import { type coverage, coverageWindow } from '../questions/coverage.ts';

type Row = RowOf<(typeof coverage)['columns']>;

/** What the records of the interfaces cover, and how to ask it of one. */
export interface Covered {
  readonly report: FlowLogCoverage;
  /** The share of the window that the records of an interface cover without loss; 0 for one without records. */
  readonly shareOf: (networkInterfaceId: string) => number;
  readonly rows: readonly Row[];
}

/** The share of windows of ten minutes with a record and without loss ÷ those that should have one. */
export function coveredBy(
  rows: readonly Row[],
  window: { readonly since: number; readonly until: number },
  network: Network | undefined,
): Covered {
  const shouldHave = Math.max(1, Math.ceil((window.until - window.since) / coverageWindow));
  const shares = new Map(
    rows.map((row) => [
      row.interface_id ?? '',
      Math.min(1, Math.max(0, (row.windows ?? 0) - (row.skipped_windows ?? 0)) / shouldHave),
    ]),
  );
  const without =
    network === undefined
      ? undefined
      : [...interfaceById(network.snapshot).values()]
          .filter(({ resource }) => resource.status === 'in-use' && !shares.has(resource.networkInterfaceId))
          .map(({ resource }) => resource.networkInterfaceId as string)
          .sort();
  const all = rows.length + (without?.length ?? 0);
  const windows = rows.reduce((sum, row) => sum + (row.windows ?? 0), 0);
  const skipped = rows.reduce((sum, row) => sum + (row.skipped_windows ?? 0), 0);
  return {
    rows,
    shareOf: (id) => shares.get(id) ?? 0,
    report: {
      interfacesWithRecords: rows.length,
      ...(without === undefined ? {} : { interfacesWithout: without }),
      ratio: all === 0 ? 0 : round([...shares.values()].reduce((sum, share) => sum + share, 0) / all),
      lost: windows === 0 ? 0 : round(skipped / windows),
    },
  };
}

const round = (share: number): number => Math.floor(share * 10_000) / 10_000;
