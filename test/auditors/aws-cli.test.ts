import { execFileSync } from 'node:child_process';
import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awsCli, shellQuoted } from '../../src/auditors/aws-cli.ts';
import { terraformResource } from '../../src/auditors/terraform.ts';

describe('a command for the AWS CLI', () => {
  it('is one line, with options by name', () => {
    expect(
      awsCli('eu-west-1', 'ec2', 'delete-route', { 'route-table-id': 'rtb-0a1', absent: undefined, ingress: true }),
    ).toBe('aws ec2 delete-route --region eu-west-1 --route-table-id rtb-0a1 --ingress');
  });

  it('ties a value that looks like an option to its name', () => {
    expect(awsCli('eu-west-1', 'ec2', 'x', { 'group-id': '--help' })).toContain('--group-id=--help');
  });

  it('hands any value to a shell as it is, on one line', () => {
    const hostile = ['$(id)', '`id`', "it's", 'a\nb', '\u0007', 'x; rm -rf ~', '"', '\\', '', '*', '~', 'a\u0085b\\n'];
    const words = hostile.map(shellQuoted);
    expect(words.join('')).not.toContain('\n');
    const printed = execFileSync('bash', ['-c', `printf '%s\\0' ${words.join(' ')}`], {
      encoding: 'utf8',
      env: { LC_ALL: 'C.UTF-8' },
    });
    expect(printed.split('\0').slice(0, -1)).toEqual(hostile);
  });

  it('has no line break and no unquoted expansion, whatever the value', () => {
    assert(
      property(string({ unit: 'binary' }), (value) => {
        const word = shellQuoted(value);
        expect(word).not.toMatch(/[\n\r]/);
        expect(/^[A-Za-z0-9_@%+=:,./-]+$/.test(word) || /^\$?'.*'$/su.test(word)).toBe(true);
      }),
    );
  });
});

describe('a block of Terraform', () => {
  it('escapes templates and quotes, and names itself by an identifier', () => {
    expect(
      terraformResource('aws_flow_log', '0-a/b', { x: '${evil} "q" %{if}', n: 1, list: ['a'], none: undefined }),
    ).toBe('resource "aws_flow_log" "_0_a_b" {\n  x    = "$${evil} \\"q\\" %%{if}"\n  n    = 1\n  list = ["a"]\n}');
  });
});
