import { logOperations } from '../../aws/log-queries/log-operations.ts';
import type { FlowSource } from './source.ts';

/** A statement that reading flow logs needs besides the policy of an audit. */
export interface FlowLogStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
}

const actionsOf = (service: string): readonly string[] => [
  ...new Set(
    Object.values(logOperations)
      .filter((operation) => operation.service === service)
      .map(({ iamAction }) => iamAction),
  ),
];

/**
 * What a source needs, as statements of their own: an audit without flow logs needs none of them. Athena also reads its
 * catalogue and the logs with the caller's rights, and writes results where its workgroup says.
 */
export function flowLogStatements(source: FlowSource): readonly FlowLogStatement[] {
  switch (source.kind) {
    case 'folder':
      return [];
    case 's3':
      return [
        statement('FlowLogsList', ['s3:ListBucket'], `arn:aws:s3:::${source.bucket}`),
        statement(
          'FlowLogsRead',
          ['s3:GetObject'],
          `arn:aws:s3:::${source.bucket}/${source.prefix.replace(/\/$/, '')}${source.prefix === '' ? '' : '/'}*`,
        ),
      ];
    case 'log-group':
      return [
        statement('FlowLogsAsk', ['logs:StartQuery'], `arn:aws:logs:*:*:log-group:${source.name}:*`),
        // These know no narrower resource (Service Authorization Reference)
        statement(
          'FlowLogsAnswers',
          actionsOf('logs').filter((action) => action !== 'logs:StartQuery'),
          '*',
        ),
      ];
    case 'athena':
      return [
        statement('FlowLogsAsk', actionsOf('athena'), '*'),
        statement(
          'FlowLogsCatalogue',
          ['glue:GetDatabase', 'glue:GetTable', 'glue:GetPartitions'],
          [
            'arn:aws:glue:*:*:catalog',
            `arn:aws:glue:*:*:database/${source.database}`,
            `arn:aws:glue:*:*:table/${source.database}/${source.table}`,
          ],
        ),
        statement('FlowLogsRead', ['s3:GetObject', 's3:ListBucket', 's3:GetBucketLocation'], '*'),
        statement(
          'FlowLogsResults',
          ['s3:PutObject', 's3:AbortMultipartUpload'],
          'arn:aws:s3:::RESULTS-OF-THE-WORKGROUP/*',
        ),
      ];
    default:
      return source satisfies never;
  }
}

const statement = (
  Sid: string,
  Action: readonly string[],
  Resource: FlowLogStatement['Resource'],
): FlowLogStatement => ({
  Sid: `VpcAuditor${Sid}`,
  Effect: 'Allow',
  Action: Action.toSorted(),
  Resource,
});
