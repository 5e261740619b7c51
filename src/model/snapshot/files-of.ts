import type { ManifestCall } from './manifest.ts';

/** The files of a call's answer, relative to the snapshot folder, as the manifest says; none where it says of none. */
export function filesOf({ file, parts = 1 }: Pick<ManifestCall, 'file' | 'parts'>): readonly string[] {
  if (file === undefined) return [];
  const stem = file.replace(/\.1\.json$/, '');
  return Array.from({ length: parts }, (_, index) => (index === 0 ? file : `${stem}.${index + 1}.json`));
}
