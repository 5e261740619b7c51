import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import type { Baseline, Gap, KnownFinding, OpenQuestion } from '../../../src/findings/baseline/baseline.ts';
import type { AccountId, RegionName } from '../../../src/model/id.ts';
import { severities } from '../../../src/model/verdict/severity.ts';

const checks = [
  { id: 'network-acl-open', reads: ['ec2.DescribeNetworkAcls', 'ec2.DescribeSubnets'] },
  { id: 'security-group-open', reads: ['ec2.DescribeSecurityGroups'] },
  { id: 'vpc-endpoint-missing', reads: ['ec2.DescribeSubnets', 'ec2.DescribeVpcEndpoints'] },
] as const;
const places = [
  { accountId: '111122223333', region: 'eu-west-1' },
  { accountId: '111122223333', region: 'us-east-1' },
  { accountId: '444455556666', region: 'eu-west-1' },
] as const;
const operations = [...new Set(checks.flatMap(({ reads }) => reads))];
const ids = ['one', 'two'] as const;

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Every finding there can be here: two resources for every check and place. */
const universe = checks.flatMap((check) =>
  places.flatMap((place) =>
    ids.map((id) => ({
      checkId: check.id,
      fingerprint: hash(`${check.id} ${place.accountId} ${place.region} ${id}`),
      resource: {
        type: 'vpc' as const,
        id,
        arn: `arn:aws:ec2:${place.region}:${place.accountId}:vpc/${id}`,
        accountId: place.accountId as AccountId,
        region: place.region as RegionName,
      },
    })),
  ),
);

const instant = fc
  .date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2026-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

const finding = (known: (typeof universe)[number]): fc.Arbitrary<KnownFinding> =>
  fc
    .record(
      {
        effectiveSeverity: fc.constantFrom(...severities),
        evidenceHash: fc.constantFrom(hash('this'), hash('that')),
        firstSeen: instant,
        suppressed: fc.constant(true as const),
      },
      { requiredKeys: ['effectiveSeverity', 'evidenceHash'] },
    )
    .map((rest) => ({ ...known, title: 'something is open', ...rest }));

const gaps: fc.Arbitrary<readonly Gap[]> = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...places), fc.constantFrom(...operations)), {
    selector: ([place, operation]) => JSON.stringify([place, operation]),
    maxLength: 3,
  })
  .chain((where) =>
    fc.tuple(
      ...where.map(([place, operation]) =>
        fc
          .constantFrom<Gap['state']>('unread', 'partly', 'assumed-off')
          .map((state) => ({ ...place, operation, state })),
      ),
    ),
  );

const open: fc.Arbitrary<readonly OpenQuestion[]> = fc.array(
  fc
    .tuple(fc.constantFrom(...checks), fc.constantFrom(...places), fc.option(fc.constantFrom(...ids)))
    .map(([{ id }, place, resource]) => ({
      checkId: id,
      ...place,
      ...(resource === null ? {} : { resource: `vpc/${resource}` }),
    })),
  { maxLength: 2 },
);

const found: fc.Arbitrary<readonly KnownFinding[]> = fc
  .subarray(universe)
  .chain((some) => fc.tuple(...some.map(finding)));

const tool = { name: 'vpc-auditor', version: '0.1.0' };

/** An audit that saw everything. */
export const wholeAudit: fc.Arbitrary<Baseline> = fc.tuple(found, instant).map(([findings, collectedAt]) => ({
  schemaVersion: '1',
  tool,
  collectedAt,
  checks,
  places,
  gaps: [],
  open: [],
  findings,
}));

/** An audit that ran some checks in some places and was refused things there. */
export const anyAudit: fc.Arbitrary<Baseline> = fc
  .record({
    findings: found,
    checks: fc.subarray([...checks], { minLength: 1 }),
    places: fc.subarray([...places], { minLength: 1 }),
    gaps,
    open,
    collectedAt: instant,
  })
  .map(({ findings, ...scope }) => {
    const isSeen = ({ checkId, resource }: KnownFinding): boolean =>
      scope.checks.some(({ id }) => id === checkId) &&
      scope.places.some(({ accountId, region }) => accountId === resource.accountId && region === resource.region);
    const inPlace = ({ accountId, region }: { accountId: string; region: string }): boolean =>
      scope.places.some((place) => place.accountId === accountId && place.region === region);
    return {
      schemaVersion: '1',
      tool,
      ...scope,
      gaps: scope.gaps.filter(inPlace),
      open: scope.open.filter(inPlace),
      findings: findings.filter(isSeen),
    };
  });

/** Could this audit have told whether the finding is there? Said again, in other words than the program's. */
export function couldTell(audit: Baseline, { checkId, resource }: KnownFinding): boolean {
  const here = (place: { readonly accountId: string; readonly region: string }): boolean =>
    place.accountId === resource.accountId && place.region === resource.region;
  const check = audit.checks.find(({ id }) => id === checkId);
  if (check === undefined || !audit.places.some(here)) return false;
  if (audit.gaps.some((gap) => here(gap) && check.reads.includes(gap.operation))) return false;
  return !audit.open.some(
    (question) =>
      question.checkId === checkId &&
      here(question) &&
      (question.resource ?? `vpc/${resource.id}`) === `vpc/${resource.id}`,
  );
}

/** Could the one audit have told; or were both wholly without the same operations there? */
export function comparable(absent: Baseline, present: Baseline, finding: KnownFinding): boolean {
  const there = new Set(present.gaps.filter(({ state }) => state !== 'partly').map((gap) => JSON.stringify(gap)));
  const gaps = absent.gaps.filter((gap) => !there.has(JSON.stringify(gap)));
  return couldTell({ ...absent, gaps }, finding);
}
