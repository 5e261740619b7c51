import type { AuditReport } from '../../findings/audit-report.ts';

/** What `-o` must know of a format before any of its code is loaded. */
export interface OutputFormat {
  /** The word that asks for it, such as `sarif`. */
  readonly format: string;
  /** The name of its file where none is given. */
  readonly defaultFile: string;
  /** The endings of a file name that mean this format; the longest that fits wins (see `formatOfPath`). */
  readonly endings: readonly string[];
  readonly mediaType: string;
}

/**
 * Writes a report as pieces of text, which joined are the file, so that the whole never lies in memory. Pure: the same
 * report gives the same pieces. Throws ReportUnreadable for a report that contradicts itself and FormatUnusable for one
 * that the format cannot carry, in either case before the first piece.
 */
export type Render = (report: AuditReport) => Iterable<string>;

/** A format with what writes it. */
export interface Reporter extends OutputFormat {
  readonly render: Render;
}
