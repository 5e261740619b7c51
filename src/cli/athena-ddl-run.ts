import { UsageError } from './usage-error.ts';

/** What `flows athena-ddl` is told. */
export interface AthenaDdlOptions {
  readonly location: string;
  readonly table: string;
  readonly logFormat?: string;
  readonly fileFormat: 'plain-text' | 'parquet';
  readonly hive?: true;
  readonly hourly?: true;
  readonly accounts: string;
  readonly regions: string;
  readonly since: string;
}

/** Prints the statement; nothing is sent anywhere. */
export async function printAthenaDdl(options: AthenaDdlOptions): Promise<void> {
  const { athenaDdl, parseLogFormat } = await import('../index.ts');
  const [database = '', table = ''] = options.table.split('.');
  if (!/^\w+\.\w+$/.test(options.table))
    throw new UsageError(`--table ${options.table}: write DATABASE.TABLE, letters, digits and _ only.`);
  if (!/^s3:\/\/[a-z0-9][a-z0-9.-]+(?:\/[\w!.*()/=-]*)?$/.test(options.location))
    throw new UsageError(`--location ${options.location} is no place in a bucket: write s3://BUCKET/PREFIX.`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(options.since)) throw new UsageError(`--since ${options.since}: write YYYY-MM-DD.`);
  const accounts = words(options.accounts);
  const regions = words(options.regions);
  const odd = [
    ...accounts.filter((id) => !/^\d{12}$/.test(id)),
    ...regions.filter((name) => !/^[a-z]{2}(-[a-z]+)+-\d$/.test(name)),
  ];
  if (odd.length > 0) throw new UsageError(`${odd.join(', ')}: neither an account id nor a Region.`);
  const format = options.logFormat === undefined ? undefined : parseLogFormat(options.logFormat);
  if (format?.reason !== undefined) throw new UsageError(`--log-format: ${format.reason}.`);
  const statement = athenaDdl({
    database,
    table,
    location: options.location,
    ...(format === undefined ? {} : { fields: format.fields }),
    fileFormat: options.fileFormat,
    hive: options.hive === true,
    hourly: options.hourly === true,
    accounts,
    regions,
    since: options.since.replaceAll('-', '/'),
  });
  process.stdout.write(`${statement}\n`);
}

const words = (text: string): readonly string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
