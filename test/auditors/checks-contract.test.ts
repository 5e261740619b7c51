import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Arbitrary, assert, infiniteStream, nat, property } from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkFiles } from '../../scripts/generate/check-files.ts';
import { checkPages, orphanPages } from '../../scripts/generate/check-pages.ts';
import { configurationSchema } from '../../scripts/generate/configuration-schema.ts';
import { fieldQuestions } from '../../scripts/generate/field-questions.ts';
import { registry } from '../../scripts/generate/registry.ts';
import { readStandards, standardsModule } from '../../scripts/generate/standards.ts';
import { type AnyCheck, type Example, type ExampleResources, readsOf } from '../../src/auditors/check.ts';
import { exampleRegion } from '../../src/auditors/example-region.ts';
import { judgedType } from '../../src/auditors/judged-type.ts';
import { checkIds, loadChecks } from '../../src/auditors/registry.ts';
import { resourceKeys } from '../../src/model/resources.ts';
import { denied, judge, judgeRegion, withGap } from './judge.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const files = checkFiles(root);
const examplesOf = (check: AnyCheck): readonly Example[] => [...check.examples.fails, ...check.examples.passes];
const read = (path: string): string => readFileSync(`${root}/${path}`, 'utf8');

describe('the catalogue', () => {
  it('has one check a file, each id once, in a registry and pages that are current', async () => {
    expect(files.length).toBeGreaterThan(0);
    expect(checkIds).toEqual(files.map(({ id }) => id));
    expect(new Set(checkIds).size).toBe(checkIds.length);
    const checks = await loadChecks();
    const placed = files.map(({ folder }, index) => ({ folder, check: checks[index] as AnyCheck }));
    const wanted = [
      registry(files),
      standardsModule(root),
      configurationSchema(checks),
      ...checkPages(placed, { questions: fieldQuestions(root), standards: readStandards(root) }),
    ];
    for (const { path, content } of wanted) expect(read(path) === content, `${path} is stale`).toBe(true);
    expect(orphanPages(root, wanted)).toEqual([]);
  });

  it('refuses an id that names no check', async () => {
    await expect(loadChecks(['no-such-check'])).rejects.toThrow('no-such-check');
  });
});

describe.each(files)('$id', ({ id }) => {
  let check: AnyCheck;
  beforeAll(async () => {
    [check] = (await loadChecks([id])) as [AnyCheck];
  });

  it('says what it is', () => {
    expect(check.id).toBe(id);
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    expect(check.title).toMatch(/^[A-Z].*[^.]$/);
    expect(check.rationale.length).toBeGreaterThan(40);
    expect(check.remediation.length).toBeGreaterThan(40);
    expect(check.rationale).not.toBe(check.remediation);
    expect(check.references.length).toBeGreaterThan(0);
    for (const reference of check.references) expect(reference).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    const related = check.relatedChecks.map(({ tool, id: other }) => `${tool} ${other}`);
    expect(new Set(related).size).toBe(related.length);
    expect(check.needs).toContain(check.judges);
    for (const { name, title, default: usual, least, most } of check.options ?? []) {
      expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect([least <= usual, usual <= most], name).toEqual([true, true]);
    }
    expect(new Set(readsOf(check)).size).toBe(readsOf(check).length);
  });

  it('fails each of its failing examples once, with evidence and about what it judges', () => {
    for (const { title, resources, configuration } of check.examples.fails) {
      const { failures, unknowns } = judge(check, resources, configuration);
      expect(failures.length, title).toBe(1);
      expect(unknowns, title).toEqual([]);
      expect(failures[0]?.evidence.length, title).toBeGreaterThan(0);
      expect(failures[0]?.title, title).toMatch(/^\S.*[^.\s]$/);
      expect(failures[0]?.resource.type, title).toBe(judgedType(check.judges));
    }
  });

  it('gives each failure a change that mends it, in commands or words of its own', () => {
    for (const { title, resources, configuration } of check.examples.fails) {
      const fix = judge(check, resources, configuration).failures[0]?.fix;
      expect(fix?.summary, title).toMatch(/^[A-Z].*\.$/);
      for (const line of fix?.cli ?? []) expect(line, title).toMatch(/^aws \S+ \S+ --region eu-west-1 [^\n]+$/);
    }
  });

  it('fails none of its passing examples', () => {
    for (const { title, resources, configuration } of check.examples.passes) {
      const { all, failures, unknowns } = judge(check, resources, configuration);
      expect([failures, unknowns], title).toEqual([[], []]);
      expect(all.length, title).toBeGreaterThan(0);
    }
  });

  it('says nothing of an empty Region, and does not break on half a Region', () => {
    expect(judge(check, {}).failures).toEqual([]);
    for (const { resources, configuration } of examplesOf(check)) {
      for (const kind of resourceKeys) {
        if (resources[kind] === undefined) continue;
        judge(check, { ...resources, [kind]: [] }, configuration);
        judge(check, { [kind]: resources[kind] }, configuration);
      }
    }
  });

  it('says unknown, and passes nothing, where a need is denied', () => {
    for (const { resources, configuration } of examplesOf(check)) {
      for (const need of check.needs) {
        const { all, unknowns } = judgeRegion(check, denied(exampleRegion(resources), need), configuration);
        expect(all.length, need).toBe(unknowns.length);
        expect(
          unknowns.map(({ resource }) => resource.type),
          need,
        ).toEqual(['region']);
      }
    }
  });

  it('passes nothing in want of what it uses that would fail with it', () => {
    for (const { title, resources, configuration } of check.examples.fails) {
      for (const use of check.uses ?? []) {
        const without = judgeRegion(check, denied(exampleRegion(resources), use), configuration);
        const [failing] = judge(check, resources, configuration).failures;
        const verdicts = without.all.filter(({ resource }) => resource.id === failing?.resource.id);
        expect(
          verdicts.map(({ verdict }) => verdict.outcome),
          `${title} without ${use}`,
        ).not.toEqual(['pass']);
        expect(verdicts.length, `${title} without ${use}`).toBeGreaterThan(0);
      }
    }
  });

  it('passes nothing on a list of its context with a gap', () => {
    for (const { resources, configuration } of examplesOf(check)) {
      for (const need of check.needs.filter((kind) => kind !== check.judges)) {
        const { passes, notApplicable } = judgeRegion(
          check,
          withGap(exampleRegion(resources), need, 'unread'),
          configuration,
        );
        expect([...passes, ...notApplicable], need).toEqual([]);
      }
    }
  });

  it('reads nothing that it does not declare', () => {
    const undeclared = resourceKeys.filter((kind) => !readsOf(check).includes(kind));
    for (const { title, resources, configuration } of examplesOf(check)) {
      const narrowed = undeclared.reduce(denied, exampleRegion(resources));
      expect(judgeRegion(check, narrowed, configuration).all, title).toEqual(
        judge(check, resources, configuration).all,
      );
    }
  });

  it('says the same whatever order AWS answered in', () => {
    for (const { resources, configuration } of examplesOf(check)) {
      const told = JSON.stringify(judge(check, resources, configuration).all);
      assert(
        property(shuffled(resources), (mixed) => {
          expect(JSON.stringify(judge(check, mixed, configuration).all)).toBe(told);
        }),
        { numRuns: 20 },
      );
    }
  });
});

/** The same resources with every list at every depth in another order. */
function shuffled(resources: ExampleResources): Arbitrary<ExampleResources> {
  return infiniteStream(nat()).map((numbers) => mixed(resources, numbers) as ExampleResources);
}

function mixed(value: unknown, numbers: Iterator<number>): unknown {
  if (Array.isArray(value)) {
    return value
      .map((item) => ({ item: mixed(item, numbers), key: Number(numbers.next().value) }))
      .sort((a, b) => a.key - b.key)
      .map(({ item }) => item);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mixed(item, numbers)]));
}
