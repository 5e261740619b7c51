/** Where a history is kept: a folder, or a prefix of a bucket. A file is there whole or not at all. */
export interface HistoryStore {
  /** What messages call it. */
  readonly label: string;
  /** The text of a file, `undefined` where there is none. */
  readonly read: (name: string) => Promise<string | undefined>;
  /** Writes a file and returns what messages call it. */
  readonly write: (name: string, pieces: Iterable<string>) => Promise<string>;
  readonly list: () => Promise<readonly string[]>;
  readonly remove: (name: string) => Promise<void>;
  readonly close: () => void;
}
