import { visibleText } from '../../visible-text.ts';
import { cut } from '../cut.ts';

/** What Security Hub takes (API reference, BatchImportFindings and AwsSecurityFinding); lengths in characters. */
export const asffLimits = {
  findingsPerBatch: 100,
  /** Bytes of UTF-8. */
  findingBytes: 240_000,
  batchBytes: 6_000_000,
  id: 512,
  title: 256,
  description: 1024,
  recommendation: 512,
  resourceType: 256,
  region: 16,
  /** The API takes 2,048; this keeps a finding of the worst text below its largest size. */
  productFieldValue: 1000,
  statusReason: 500,
  relatedRequirement: 64,
  /** The longest IPv6 block. */
  address: 43,
  /** Fewer than 1,024. */
  otherDetail: 1023,
  relatedRequirements: 32,
  networkPathText: 32,
  protocol: 16,
} as const;

/** A text as the format takes it: seen, cut to its length and not blank (pattern `.*\S.*`), or not at all. */
export function filled(text: string | undefined, most: number): string | undefined {
  if (text === undefined) return undefined;
  const shown = cut(visibleText(text).trim(), most).trim();
  return shown === '' ? undefined : shown;
}

/** The members of a map of texts that are not blank. */
export function filledMap(
  fields: Readonly<Record<string, string | undefined>>,
  most: number,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => {
      const shown = filled(value, most);
      return shown === undefined ? [] : [[key, shown] as const];
    }),
  );
}
