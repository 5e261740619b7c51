/** What reading will take, told before it begins. */
export interface Estimate {
  readonly files: number;
  readonly bytes: number;
  readonly rows: number;
  readonly seconds: number;
}

/** Bytes per record as gzip text: 17 of the default format, 29 of all fields of version 5; two records a microsecond. */
export function estimateOf(files: readonly { readonly name: string; readonly size: number }[]): Estimate {
  let rows = 0;
  let seconds = 0;
  let bytes = 0;
  for (const { name, size } of files) {
    const isParquet = name.endsWith('.parquet');
    const perRow = isParquet ? 22 : name.endsWith('.gz') ? 23 : 150;
    rows += size / perRow;
    seconds += size / perRow / (isParquet ? 1_000_000 : 600_000);
    bytes += size;
  }
  return { files: files.length, bytes, rows: Math.round(rows), seconds: Math.ceil(seconds) };
}

/** `1.5 GB`, of 1000 each. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/** Reads `500MB`, `20GB`, `1000000`. */
export function parseBytes(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([kKMGT]?)i?B?$/.exec(text.trim());
  if (match === null) return undefined;
  const factor = { '': 1, K: 1e3, M: 1e6, G: 1e9, T: 1e12 }[(match[2] ?? '').toUpperCase()] ?? 1;
  return Math.round(Number(match[1]) * factor);
}
