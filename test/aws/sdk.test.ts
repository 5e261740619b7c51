import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { systemClock } from '../../src/aws/clock.ts';
import * as collecting from '../../src/collectors/collect.ts';
import * as checking from '../../src/collectors/preflight.ts';
import { serviceSdk } from '../../src/aws/sdk.ts';
import { createTransport } from '../../src/aws/transport.ts';

const loaded = (): readonly string[] =>
  Object.keys(createRequire(import.meta.url).cache).filter((path) => /[/\\]@(aws-sdk|smithy)[/\\]/.test(path));

it('the SDK is not loaded before a call needs it, and then one file for a service', () => {
  expect(
    [collecting.collect, checking.preflight, createTransport, systemClock.now].map((value) => typeof value),
  ).toEqual(Array.from({ length: 4 }, () => 'function'));
  createTransport({}).close();
  expect(loaded()).toEqual([]);
  expect(serviceSdk('ec2').command('DescribeVpcs')).toBeTypeOf('function');
  expect(serviceSdk('ec2').command('DescribeNothing')).toBeUndefined();
  const files = loaded().filter((path) => path.includes('client-ec2'));
  expect(files.length).toBeGreaterThan(0);
  expect(files.every((path) => path.includes('dist-cjs') || path.endsWith('package.json'))).toBe(true);
});
