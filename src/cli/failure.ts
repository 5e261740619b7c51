import { CommanderError } from 'commander';
import { exitCode } from './exit-code.ts';
import { writeRecord } from './terminal.ts';

/** The errors that mean "cannot proceed", by name, with the code each ends the program with. */
const exitCodes: Readonly<Record<string, number>> = {
  UsageError: exitCode.usage,
  DeadlineReached: exitCode.usage,
  QueryError: exitCode.usage,
  SnapshotUnreadable: exitCode.usage,
  SnapshotWriteError: exitCode.usage,
  ReportUnreadable: exitCode.usage,
  BaselineUnreadable: exitCode.usage,
  SuppressionsUnreadable: exitCode.usage,
  ConfigurationUnreadable: exitCode.usage,
  BlockListUnreadable: exitCode.usage,
  PricesUnreadable: exitCode.usage,
  NotComparable: exitCode.usage,
  NotMergeable: exitCode.usage,
  RedactionError: exitCode.usage,
  FormatUnusable: exitCode.usage,
  FlowLogsUnusable: exitCode.usage,
  CredentialsError: exitCode.noCredentials,
};

/**
 * Says on stderr, in one sentence, why the program cannot go on, and returns the exit code. An error that nobody
 * foresaw is a defect of this program and is called one.
 */
export function failure(error: unknown, { debug, json }: { readonly debug: boolean; readonly json: boolean }): number {
  const report = (text: string, code: number): number => {
    if (json) writeRecord('error', { event: 'end', exitCode: code, message: text.replace(/^vpc-auditor: /, '') });
    else process.stderr.write(`${text}\n`);
    return code;
  };
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.clean : exitCode.usage;
  if (!(error instanceof Error)) return report(`vpc-auditor: ${String(error)}`, exitCode.defect);
  if (error.name === 'AbortError')
    return report('vpc-auditor: stopped before anything was read.', exitCode.interrupted);
  const known = exitCodes[error.name];
  if (known !== undefined) return report(`vpc-auditor: ${error.message}${debug ? `\n${error.stack}` : ''}`, known);
  return report(
    `vpc-auditor: a defect of the program: ${error.message}\n` +
      (debug ? `${error.stack}` : 'Please report it with what --debug prints.'),
    exitCode.defect,
  );
}
