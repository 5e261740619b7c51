import type { LogConnection } from '../../aws/log-queries/log-connection.ts';
import type { FlowEvidence } from '../../model/verdict/flow-evidence.ts';
import type { Network } from '../../network/network.ts';
import { type AthenaOptions, openAthena } from '../athena/athena-engine.ts';
import type { Thresholds } from '../engine/thresholds.ts';
import { gatherEvidence } from '../evidence/assemble.ts';
import type { NameOf } from '../evidence/words.ts';
import { FlowLogsUnusable } from '../unusable.ts';

/** What evidence from a table is gathered with. */
export interface TableEvidenceOptions extends AthenaOptions {
  readonly source: string;
  readonly network: Network | undefined;
  readonly thresholds: Thresholds;
  readonly nameOf: NameOf;
}

/** Evidence from an existing table of Athena, with what it cost. */
export async function evidenceFromAthena(
  connection: LogConnection,
  options: TableEvidenceOptions,
): Promise<FlowEvidence> {
  const engine = await openAthena(connection, options);
  const { source, network, window, thresholds, nameOf } = options;
  const evidence = await gatherEvidence({
    engine,
    network,
    source,
    window,
    thresholds,
    nameOf,
    onQuestion: (title) => options.onNote?.(title),
  });
  if (evidence.reading.records === 0) {
    throw new FlowLogsUnusable(
      `${source} holds no record from ${evidence.window.since} to ${evidence.window.until}: the window may lie outside the partitions of the table.`,
    );
  }
  return {
    ...evidence,
    reading: {
      ...evidence.reading,
      files: 0,
      bytes: engine.cost.bytesScanned,
      filesOutsideWindow: 0,
      skipped: [],
      rejectedExamples: [],
      duplicateRecords: 0,
      formats: [],
    },
    cost: { ...engine.cost },
  };
}
