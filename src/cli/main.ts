#!/usr/bin/env node
import { program } from './program.ts';
import { failure } from './failure.ts';

try {
  await program().parseAsync(process.argv);
} catch (error) {
  process.exitCode = failure(error, process.argv.includes('--debug'));
}
