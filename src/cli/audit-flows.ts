import type { FlowEvidence } from '../model/verdict/flow-evidence.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import { flowEvidence } from './flow-evidence.ts';
import type { FlowLogOptions } from './flow-settings.ts';
import type { AccountOptions } from './options.ts';
import type { Terminal } from './terminal.ts';

/** The evidence that an audit takes in; `failed` where it was asked for and could not be had. */
export interface AuditFlows {
  readonly evidence?: FlowEvidence;
  readonly failed: boolean;
}

/** Reads the flow logs of an audit. Logs that cannot be read make the audit incomplete, and cost no report. */
export async function auditFlows(
  options: FlowLogOptions & AccountOptions & { readonly flowLogs?: string },
  snapshot: Snapshot,
  terminal: Terminal,
): Promise<AuditFlows> {
  if (options.flowLogs === undefined) return { failed: false };
  const { buildNetwork } = await import('../index.ts');
  try {
    const evidence = await flowEvidence({
      source: options.flowLogs,
      options,
      network: buildNetwork(snapshot),
      terminal,
    });
    return evidence === undefined ? { failed: true } : { evidence, failed: false };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'FlowLogsUnusable') throw error;
    terminal.warn(`The report holds no evidence of flow logs: ${error.message}`);
    return { failed: true };
  }
}
