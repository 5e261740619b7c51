/** A service that results are sent to, or that holds what is needed to send them. */
export type OutboxService = 's3' | 'sns' | 'events' | 'securityhub' | 'ssm' | 'secretsmanager';

/** One of the operations of the outbox, as `sns:Publish`. */
export type OutboxOperation =
  | 's3:PutObject'
  | 's3:GetObject'
  | 's3:ListObjectsV2'
  | 's3:DeleteObject'
  | 'sns:Publish'
  | 'events:PutEvents'
  | 'securityhub:BatchImportFindings'
  | 'ssm:GetParameter'
  | 'secretsmanager:GetSecretValue';

/** An operation, taken apart. */
export interface OutboxCommand {
  readonly service: OutboxService;
  readonly command: string;
}

/**
 * What is sent after an audit, where somebody asked for it: results go out, and what is needed to send them is fetched.
 * None of these can be sent by the connection that audits, and none of them is in the policy that an audit needs.
 */
export const outboxOperations: Readonly<Record<OutboxOperation, OutboxCommand>> = {
  's3:PutObject': { service: 's3', command: 'PutObject' },
  's3:GetObject': { service: 's3', command: 'GetObject' },
  's3:ListObjectsV2': { service: 's3', command: 'ListObjectsV2' },
  's3:DeleteObject': { service: 's3', command: 'DeleteObject' },
  'sns:Publish': { service: 'sns', command: 'Publish' },
  'events:PutEvents': { service: 'events', command: 'PutEvents' },
  'securityhub:BatchImportFindings': { service: 'securityhub', command: 'BatchImportFindings' },
  'ssm:GetParameter': { service: 'ssm', command: 'GetParameter' },
  'secretsmanager:GetSecretValue': { service: 'secretsmanager', command: 'GetSecretValue' },
};
