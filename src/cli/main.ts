#!/usr/bin/env node
import { program } from './program.ts';
import { failure } from './failure.ts';

// The reader of a pipe may have seen enough (`| head`): that is no error of ours
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

try {
  await program().parseAsync(process.argv);
} catch (error) {
  const words = process.argv.join(' ');
  process.exitCode = failure(error, {
    debug: process.argv.includes('--debug'),
    json: /--log[ =]json(?: |$)/.test(words),
  });
}
