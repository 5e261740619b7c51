import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../../../src/model/snapshot/make-folder.ts';

describe('a folder', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'vpc-auditor-folder-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('is made with those above it, for its owner alone', async () => {
    expect(await makeFolder(join(root, 'a', 'b', 'c'))).toBe(join(root, 'a'));
    for (const path of ['a', 'a/b', 'a/b/c']) expect(statSync(join(root, path)).mode & 0o777).toBe(0o700);
    expect(await makeFolder(join(root, 'a', 'b', 'c'))).toBeUndefined();
    expect(await makeFolder(join(root, 'a', 'd'))).toBe(join(root, 'a', 'd'));
  });

  it('is made by many at once', async () => {
    const path = join(root, 'x', 'y', 'z');
    await Promise.all(Array.from({ length: 20 }, () => makeFolder(path)));
    expect(existsSync(path)).toBe(true);
  });

  it('is refused where a file stands', async () => {
    writeFileSync(join(root, 'file'), '');
    await expect(makeFolder(join(root, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(makeFolder(join(root, 'file', 'a', 'b'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  it.runIf(existsSync('/proc/self'))('is refused, and soon, where none can be', async () => {
    await expect(makeFolder('/proc/no-such-thing/a')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
