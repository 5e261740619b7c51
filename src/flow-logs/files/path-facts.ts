/** What the path of a delivered file says: whose flow log, of which Region, for which minute. */
export interface PathFacts {
  readonly accountId?: string;
  readonly region?: string;
  readonly flowLogId?: string;
  /** Milliseconds since 1970 of the file's five minutes. */
  readonly minute?: number;
}

/** `{account}_vpcflowlogs_{region}_{fl-id}_{YYYYMMDD}T{HHmm}Z_{hash}.log.gz`, or `.log.parquet`. */
const fileName =
  /^(\d{12})_[a-z]+_([a-z]{2}(?:-[a-z]+)+-\d)_(fl-[0-9a-z]+)_(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})Z_[^/]*$/;
const plainPath = /AWSLogs\/(?:o-[a-z0-9]+\/)?(\d{12})\/[a-z]+\/([a-z]{2}(?:-[a-z]+)+-\d)\//;
const hivePath = /aws-account-id=(\d{12})\/(?:aws-)?service=[a-z]+\/aws-region=([a-z]{2}(?:-[a-z]+)+-\d)\//;

/** Reads a path or an object key; file names tell most, folders fill in what a renamed file has lost. */
export function pathFacts(path: string): PathFacts {
  const name = fileName.exec(path.slice(path.lastIndexOf('/') + 1));
  if (name !== null) {
    const [, accountId = '', region = '', flowLogId = '', year, month, day, hour, minute] = name;
    return {
      accountId,
      region,
      flowLogId,
      minute: Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)),
    };
  }
  const folder = hivePath.exec(path) ?? plainPath.exec(path);
  return folder === null ? {} : { accountId: folder[1] ?? '', region: folder[2] ?? '' };
}

/**
 * Can a file of this minute hold records of the window? It holds records that end in its five minutes, and AWS delivers
 * late; a record is at most ten minutes long. Files without a minute may hold anything.
 */
export function mayHold({ minute }: PathFacts, sinceMs: number, untilMs: number): boolean {
  if (minute === undefined) return true;
  return minute + 30 * 60_000 >= sinceMs && minute <= untilMs + 30 * 60_000;
}
