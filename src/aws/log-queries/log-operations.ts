/** A service that holds flow logs or asks them. */
export type LogService = 's3' | 'athena' | 'logs';

/** One of the operations that read flow logs, as `s3:GetObject`. */
export type LogOperation =
  | 's3:ListObjectsV2'
  | 's3:GetObject'
  | 'athena:GetWorkGroup'
  | 'athena:GetTableMetadata'
  | 'athena:StartQueryExecution'
  | 'athena:GetQueryExecution'
  | 'athena:GetQueryResults'
  | 'athena:StopQueryExecution'
  | 'logs:StartQuery'
  | 'logs:GetQueryResults'
  | 'logs:StopQuery';

/**
 * What reading flow logs takes, and nothing else. Athena and Logs Insights start queries: Athena writes their results
 * where its workgroup says. None of these can be sent by the connection that audits.
 */
export const logOperations: Readonly<
  Record<LogOperation, { readonly service: LogService; readonly command: string; readonly iamAction: string }>
> = {
  's3:ListObjectsV2': { service: 's3', command: 'ListObjectsV2', iamAction: 's3:ListBucket' },
  's3:GetObject': { service: 's3', command: 'GetObject', iamAction: 's3:GetObject' },
  'athena:GetWorkGroup': { service: 'athena', command: 'GetWorkGroup', iamAction: 'athena:GetWorkGroup' },
  'athena:GetTableMetadata': { service: 'athena', command: 'GetTableMetadata', iamAction: 'athena:GetTableMetadata' },
  'athena:StartQueryExecution': {
    service: 'athena',
    command: 'StartQueryExecution',
    iamAction: 'athena:StartQueryExecution',
  },
  'athena:GetQueryExecution': {
    service: 'athena',
    command: 'GetQueryExecution',
    iamAction: 'athena:GetQueryExecution',
  },
  'athena:GetQueryResults': { service: 'athena', command: 'GetQueryResults', iamAction: 'athena:GetQueryResults' },
  'athena:StopQueryExecution': {
    service: 'athena',
    command: 'StopQueryExecution',
    iamAction: 'athena:StopQueryExecution',
  },
  'logs:StartQuery': { service: 'logs', command: 'StartQuery', iamAction: 'logs:StartQuery' },
  'logs:GetQueryResults': { service: 'logs', command: 'GetQueryResults', iamAction: 'logs:GetQueryResults' },
  'logs:StopQuery': { service: 'logs', command: 'StopQuery', iamAction: 'logs:StopQuery' },
};
