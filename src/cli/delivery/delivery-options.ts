import type { Command } from 'commander';
import { UsageError } from '../usage-error.ts';
import { type NotifyTarget, parseNotifyTarget } from './notify-target.ts';
import { parseS3Address, type S3Address } from './s3-address.ts';

/** Options that say who is told, and where results are kept. */
export interface DeliveryOptions {
  readonly notify: readonly string[];
  readonly notifyAlways?: true;
  readonly reportUrl?: string;
  readonly upload?: string;
  readonly uploadKmsKey?: string;
  readonly deliveryProfile?: string;
  readonly securityhubRoleName?: string;
  readonly history?: string;
  readonly endpointUrl?: string;
}

/** What is to be delivered, checked before anything is collected. */
export interface Delivery {
  readonly targets: readonly NotifyTarget[];
  readonly always: boolean;
  readonly reportUrl?: string;
  readonly upload?: S3Address;
  readonly kmsKey?: string;
  readonly profile?: string;
  readonly securityHubRoleName?: string;
  readonly endpointUrl?: string;
}

/** Is there anything to deliver? */
export const delivers = ({ targets, upload }: Delivery): boolean => targets.length > 0 || upload !== undefined;

/** Adds the options that say who is told of news. */
export function addDeliveryOptions(command: Command): Command {
  return command
    .optionsGroup('Telling others (only of news, after the audit, with credentials that may do so):')
    .option(
      '--notify <kind[=where]>',
      'slack=, teams= or webhook= with env:NAME, file:PATH, ssm:NAME or secretsmanager:ID that holds the address; ' +
        'sns=TOPIC-ARN; eventbridge[=BUS]; securityhub; repeatable',
      (value: string, before: readonly string[]) => [...before, value],
      [],
    )
    .option('--notify-always', 'tell them that there is nothing new, too')
    .option('--report-url <url>', 'where the report can be read, for the messages')
    .option('--upload <s3://bucket/prefix/>', 'put the outputs and the snapshot into a bucket, encrypted by KMS')
    .option('--upload-kms-key <id>', "the key that encrypts them (default: the bucket's own)")
    .option('--delivery-profile <name>', 'the profile whose credentials send and upload (default: the ordinary ones)')
    .option('--securityhub-role-name <name>', 'the role that imports findings in accounts other than your own');
}

/** Reads the options; a mistake costs no collection. */
export function deliveryOf(options: DeliveryOptions): Delivery {
  const { upload, uploadKmsKey, reportUrl, deliveryProfile, securityhubRoleName, endpointUrl } = options;
  if (uploadKmsKey !== undefined && upload === undefined && options.history?.startsWith('s3://') !== true)
    throw new UsageError(
      '--upload-kms-key encrypts what is uploaded, and nothing is: add --upload or --history s3://…',
    );
  if (reportUrl !== undefined && !/^https?:\/\/\S+$/.test(reportUrl))
    throw new UsageError(`--report-url ${reportUrl} is not an http or https address.`);
  return {
    targets: options.notify.map(parseNotifyTarget),
    always: options.notifyAlways === true,
    ...(reportUrl === undefined ? {} : { reportUrl }),
    ...(upload === undefined ? {} : { upload: parseS3Address(upload, '--upload') }),
    ...(uploadKmsKey === undefined ? {} : { kmsKey: uploadKmsKey }),
    ...(deliveryProfile === undefined ? {} : { profile: deliveryProfile }),
    ...(securityhubRoleName === undefined ? {} : { securityHubRoleName: securityhubRoleName }),
    ...(endpointUrl === undefined ? {} : { endpointUrl }),
  };
}
