import type { CheckFile, GeneratedFile } from '../generate/check-files.ts';

const word = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** The folder and id that the command line names, or why it names none. */
export function parseCheckPath(
  words: readonly string[],
): { readonly value: CheckFile; readonly reason?: never } | { readonly reason: string; readonly value?: never } {
  const [path, ...rest] = words;
  const [folder, id, ...more] = (path ?? '').split('/');
  if (rest.length > 0 || more.length > 0 || folder === undefined || id === undefined) {
    return { reason: 'usage: npm run new-check <folder>/<aws-noun>-<failing-state>' };
  }
  if (!word.test(folder) || !word.test(id) || !id.includes('-')) {
    return { reason: `${folder}/${id}: both parts are lower-case words with hyphens, the id at least two` };
  }
  return { value: { folder, id } };
}

/** The check and its test, as they are before anybody has thought. */
export function newCheckFiles({ folder, id }: CheckFile): readonly GeneratedFile[] {
  return [
    { path: `src/auditors/${folder}/${id}.ts`, content: checkText },
    { path: `test/auditors/${folder}/${id}.test.ts`, content: testText(folder, id) },
  ].map((file) => ({ ...file, content: file.content.replaceAll('<id>', id) }));
}

const checkText = `import type { Check } from '../check.ts';

const check: Check<'securityGroups'> = {
  id: '<id>',
  title: '',
  severity: 'medium',
  rationale: '',
  remediation: '',
  references: [''],
  relatedChecks: [],
  judges: 'securityGroups',
  needs: ['securityGroups'],
  examples: {
    fails: [{ title: '', resources: { securityGroups: [] } }],
    passes: [{ title: '', resources: { securityGroups: [] } }],
  },
  *evaluate({ securityGroups }) {
    for (const group of securityGroups) {
      yield { outcome: 'pass', resource: { type: 'security-group', id: group.groupId, vpcId: group.vpcId } };
    }
  },
};

export default check;
`;

const testText = (folder: string, id: string): string => `import { describe, expect, it } from 'vitest';
import check from '../../../src/auditors/${folder}/${id}.ts';
import { judge } from '../judge.ts';

describe('<id>', () => {
  it('judges the hard case', () => {
    expect(judge(check, {}).failures).toEqual([]);
  });
});
`;
