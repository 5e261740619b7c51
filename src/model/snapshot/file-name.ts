import type { ServiceName } from '../service.ts';

/** What names an answer's file within a snapshot. */
export interface AnswerName {
  readonly accountId: string;
  readonly region: string;
  readonly service: ServiceName | 'sts' | 'organizations';
  readonly operation: string;
  /** The resource that the operation was called for, where it is called per resource: an id or an ARN. */
  readonly resourceId?: string;
  /** The attribute asked of that resource, where the operation answers one at a time. */
  readonly attribute?: string;
}

/** A name that is safe on every file system: of an ARN what follows the last colon, odd characters written `+`. */
export function fileNameOf(resourceId: string): string {
  return resourceId.slice(resourceId.lastIndexOf(':') + 1).replaceAll(/[^A-Za-z0-9._-]/g, '+');
}

/**
 * The path of an answer relative to the snapshot folder, with `/` as separator:
 * `<accountId>/<region>/<service>.<Operation>.json`, or a folder of that name with one file per resource.
 * From part 2 on, `.2.json`, `.3.json` … follow; part 1 of an answer in several parts is `.1.json`.
 */
export function answerPath(name: AnswerName, part?: number): string {
  const stem = `${name.accountId}/${name.region}/${name.service}.${name.operation}`;
  const suffix = part === undefined ? '.json' : `.${part}.json`;
  if (name.resourceId === undefined) return `${stem}${suffix}`;
  const attribute = name.attribute === undefined ? '' : `+${name.attribute}`;
  return `${stem}/${fileNameOf(name.resourceId)}${attribute}${suffix}`;
}
