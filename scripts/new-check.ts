import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newCheckFiles, parseCheckPath } from './new-check/scaffold.ts';

/** `npm run new-check <folder>/<id>`: writes a check that compiles and fails its contract until it is filled in. */
const root = fileURLToPath(new URL('../../', import.meta.url));
const path = parseCheckPath(process.argv.slice(2));

if (path.reason !== undefined) {
  console.error(path.reason);
  process.exitCode = 64;
} else {
  const files = newCheckFiles(path.value);
  const existing = files.find((file) => existsSync(join(root, file.path)));
  if (existing === undefined) {
    for (const file of files) {
      mkdirSync(dirname(join(root, file.path)), { recursive: true });
      writeFileSync(join(root, file.path), file.content);
      console.error(`wrote ${file.path}`);
    }
    console.error('Fill both in, then: npm run generate');
  } else {
    console.error(`${existing.path} is there already`);
    process.exitCode = 64;
  }
}
