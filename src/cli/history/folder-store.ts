import { chmod, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readInputIfThere } from '../input-file.ts';
import { writeWhole, writing } from '../write-outputs.ts';
import type { HistoryStore } from './history-store.ts';
import { makeFolder } from '../../model/snapshot/make-folder.ts';

/** A history in a folder that only its owner can read. */
export function folderStore(folder: string): HistoryStore {
  return {
    label: folder,
    read: (name) => readInputIfThere(join(folder, name)),
    write: async (name, pieces) => {
      await writing(folder, async () => {
        await makeFolder(folder);
        await chmod(folder, 0o700);
      });
      const path = join(folder, name);
      await writeWhole(path, pieces);
      return path;
    },
    list: () => readdir(folder),
    remove: (name) => writing(folder, () => rm(join(folder, name), { force: true })),
    close: () => undefined,
  };
}
