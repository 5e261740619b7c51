import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iamAction } from '../../src/aws/operation.ts';
import { organizationOperations } from '../../src/aws/organization.ts';
import { iamPolicy } from '../../src/collectors/iam-policy.ts';
import type { GeneratedFile } from './check-files.ts';

/** The templates of `deploy/` with exactly the permissions that the program uses. */
export function deployment(root: string): readonly GeneratedFile[] {
  const reads = iamPolicy();
  const [{ Action: actions }] = reads.Statement;
  const lists = [...new Set(organizationOperations.map(iamAction))].sort();
  const organization = {
    Version: '2012-10-17',
    Statement: [{ Sid: 'VpcAuditorOrganization', Effect: 'Allow', Action: lists, Resource: '*' }],
  };
  const blocks = { 'read actions': actions.map(item), 'organization actions': lists.map(item) };
  const role = withBlocks(root, 'deploy/member-role/role.yaml', blocks);
  return [
    role,
    withBlocks(root, 'deploy/member-role/stackset.yaml', { 'role.yaml': role.content.trimEnd().split('\n') }),
    withBlocks(root, 'deploy/fargate/nightly.yaml', blocks),
    withBlocks(root, 'deploy/batch/nightly.yaml', blocks),
    { path: 'deploy/member-role/terraform/read-policy.json', content: document(reads) },
    { path: 'deploy/member-role/terraform/organization-policy.json', content: document(organization) },
  ];
}

const item = (action: string): string => `- ${action}`;

const document = (policy: object): string => `${JSON.stringify(policy, null, 2)}\n`;

/** Fills what stands between `# begin: NAME` and `# end: NAME` with these lines, indented as the marks are. */
function withBlocks(root: string, path: string, blocks: Readonly<Record<string, readonly string[]>>): GeneratedFile {
  const content = Object.entries(blocks).reduce(
    (text, [name, lines]) =>
      text.replace(
        new RegExp(`^( *)# begin: ${name}(.*)\\n[^]*?^\\1# end: ${name}$`, 'm'),
        (_, indent: string, remark: string) =>
          [
            `${indent}# begin: ${name}${remark}`,
            ...lines.map((line) => (line === '' ? '' : `${indent}${line}`)),
            `${indent}# end: ${name}`,
          ].join('\n'),
      ),
    readFileSync(join(root, path), 'utf8'),
  );
  return { path, content };
}
