import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AnyCheck } from '../src/auditors/check.ts';
import { checkFiles } from './generate/check-files.ts';
import { checkPages, orphanPages } from './generate/check-pages.ts';
import { deployment } from './generate/deployment.ts';
import { configurationSchema } from './generate/configuration-schema.ts';
import { fieldQuestions } from './generate/field-questions.ts';
import { registry } from './generate/registry.ts';
import { readStandards, standardsModule } from './generate/standards.ts';

/**
 * `npm run generate`: writes the registry of checks and the catalogue's pages from the checks themselves,
 * and into the templates of `deploy/` the permissions that the program uses.
 * `--check` writes nothing, names each stale file on stderr and exits 1 where there is one.
 */
const root = fileURLToPath(new URL('../../', import.meta.url));
const onlyCheck = process.argv.includes('--check');

const files = checkFiles(root);
const checks = await Promise.all(
  files.map(async ({ folder, id }) => {
    const module = (await import(new URL(`../src/auditors/${folder}/${id}.js`, import.meta.url).href)) as {
      readonly default: AnyCheck;
    };
    return { folder, check: module.default };
  }),
);
const wanted = [
  registry(files),
  standardsModule(root),
  ...deployment(root),
  configurationSchema(checks.map(({ check }) => check)),
  ...checkPages(checks, { questions: fieldQuestions(root), standards: readStandards(root) }),
];

const stale = wanted.filter(({ path, content }) => read(path) !== content);
const orphans = orphanPages(root, wanted);
if (onlyCheck) {
  for (const { path } of stale) console.error(`stale: ${path}`);
  for (const path of orphans) console.error(`stale: ${path} (its check is gone)`);
  if (stale.length + orphans.length > 0) {
    console.error('Run: npm run generate');
    process.exitCode = 1;
  }
} else {
  for (const { path, content } of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
    console.error(`wrote ${path}`);
  }
  for (const path of orphans) {
    rmSync(join(root, path));
    console.error(`removed ${path}`);
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
