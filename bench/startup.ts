/**
 * How long `vpc-auditor --help` takes against `node -e 0`: pairs of whole processes in turn, the ratio pair by pair, so
 * that a machine whose speed drifts does not matter.
 *
 *   node dist/bench/startup.js [--pairs 15] [--json FILE]
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { pairs: { type: 'string', default: '15' }, json: { type: 'string' } } });
const main = fileURLToPath(new URL('../src/cli/main.js', import.meta.url));

function milliseconds(args: readonly string[]): number {
  const start = performance.now();
  execFileSync(process.execPath, args, { stdio: 'ignore' });
  return performance.now() - start;
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const pairs = Array.from({ length: Number(values.pairs) }, () => ({
  help: milliseconds([main, '--help']),
  node: milliseconds(['-e', '0']),
}));
const figures = {
  helpMilliseconds: median(pairs.map(({ help }) => help)),
  nodeMilliseconds: median(pairs.map(({ node }) => node)),
  ratio: median(pairs.map(({ help, node }) => help / node)),
};
for (const [name, figure] of Object.entries(figures)) process.stdout.write(`${name.padEnd(18)} ${figure.toFixed(2)}\n`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
