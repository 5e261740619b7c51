import { columnOf, defaultFormat, fieldNamed } from '../format/fields.ts';

/** What the table of `athena-ddl` is made for. */
export interface DdlOptions {
  readonly database: string;
  readonly table: string;
  /** `s3://BUCKET/PREFIX/` above `AWSLogs/`. */
  readonly location: string;
  readonly fields?: readonly string[];
  readonly fileFormat: 'plain-text' | 'parquet';
  readonly hive: boolean;
  readonly hourly: boolean;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** `YYYY/MM/DD` from which there are logs. */
  readonly since: string;
}

/**
 * The statements that make a table (Athena user guide, "Querying VPC flow logs"): with partition projection for plain
 * prefixes, with partitions to be discovered for Hive-compatible ones. Projected partitions are called `p_…`, so that none
 * collides with a field. They are printed and never run.
 */
export function athenaDdl(options: DdlOptions): string {
  const { database, table, fileFormat, hive, location } = options;
  const fields = options.fields ?? defaultFormat;
  const base = location.endsWith('/') ? location : `${location}/`;
  const root = base.includes('/AWSLogs/') ? base.slice(0, base.indexOf('/AWSLogs/') + 1) : base;
  const name = `\`${database}\`.\`${table}\``;
  const partitions = hive
    ? [
        '`aws-account-id` string',
        '`aws-service` string',
        '`aws-region` string',
        'year string',
        'month string',
        'day string',
      ]
    : ['p_account string', 'p_region string', 'p_day string'];
  const hour = hive ? 'hour string' : 'p_hour string';
  const properties = {
    ...(fileFormat === 'parquet' ? {} : { 'skip.header.line.count': '1' }),
    ...(hive ? {} : projection(options, root)),
  };
  return [
    `CREATE EXTERNAL TABLE ${name} (`,
    fields.map((field) => `  \`${columnOf(field)}\` ${typeOf(field)}`).join(',\n'),
    ')',
    `PARTITIONED BY (${[...partitions, ...(options.hourly ? [hour] : [])].join(', ')})`,
    fileFormat === 'parquet' ? 'STORED AS PARQUET' : "ROW FORMAT DELIMITED FIELDS TERMINATED BY ' '",
    `LOCATION '${root}AWSLogs/'`,
    ...(Object.keys(properties).length === 0
      ? []
      : [
          `TBLPROPERTIES (\n${Object.entries(properties)
            .map(([key, value]) => `  '${key}' = '${value}'`)
            .join(',\n')}\n)`,
        ]),
  ]
    .join('\n')
    .concat(hive ? `;\nMSCK REPAIR TABLE ${name}` : '');
}

function typeOf(field: string): string {
  const type = fieldNamed(field)?.type ?? 'text';
  return type === 'text' ? 'string' : type === 'integer' ? 'int' : 'bigint';
}

function projection({ accounts, regions, since, hourly }: DdlOptions, root: string): Readonly<Record<string, string>> {
  return {
    'projection.enabled': 'true',
    'projection.p_account.type': 'enum',
    'projection.p_account.values': accounts.join(','),
    'projection.p_region.type': 'enum',
    'projection.p_region.values': regions.join(','),
    'projection.p_day.type': 'date',
    'projection.p_day.format': 'yyyy/MM/dd',
    'projection.p_day.range': `${since},NOW`,
    ...(hourly
      ? { 'projection.p_hour.type': 'integer', 'projection.p_hour.range': '0,23', 'projection.p_hour.digits': '2' }
      : {}),
    'storage.location.template': `${root}AWSLogs/\${p_account}/vpcflowlogs/\${p_region}/\${p_day}/${hourly ? '${p_hour}/' : ''}`,
  };
}
