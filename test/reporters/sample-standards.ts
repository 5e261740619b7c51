import type { StandardAssessment } from '../../src/model/verdict/standard-assessment.ts';

/** Two standards: one asked for, with a control of every outcome, and one that was not. */
export const sampleStandards: readonly StandardAssessment[] = [
  {
    id: 'cis-7.0',
    name: 'CIS AWS Foundations 7.0',
    scope: 'Section 5, Networking',
    source: 'https://www.cisecurity.org/benchmark/amazon_web_services',
    requested: true,
    counts: { fail: 1, unknown: 1, 'not-run': 1, manual: 1, 'not-covered': 1, pass: 1, 'not-applicable': 1 },
    controls: [
      {
        id: '5.1',
        title: 'No network ACL admits the internet to administration ports',
        level: 1,
        mode: 'automated',
        outcome: 'fail',
        checks: ['network-acl-open-to-admin-ports'],
        failures: 5,
        suppressed: 2,
        unknowns: 0,
      },
      { ...control('5.2', 'Flow logs are on in all VPCs', 'unknown', ['flow-log-missing']), unknowns: 3 },
      control('5.3', 'Default groups admit nothing', 'pass', ['default-security-group-in-use']),
      control('5.4', 'Routes of peerings are least', 'manual', ['route-blackhole']),
      control('5.5', 'Endpoints are used', 'not-run', ['a-check-that-was-left-out']),
      control('5.6', 'No unused groups', 'not-applicable', ['security-group-unused']),
      { ...control('5.7', 'Instances use IMDSv2', 'not-covered', []), notCovered: 'Instances are not judged here.' },
    ],
  },
  {
    id: 'pci-dss-4.0',
    name: 'PCI DSS 4.0',
    scope: 'Requirement 1',
    source: 'the published mapping',
    requested: false,
    counts: { fail: 1, unknown: 0, 'not-run': 0, manual: 0, 'not-covered': 0, pass: 0, 'not-applicable': 0 },
    controls: [
      {
        ...control('1.3.1', 'Inbound traffic is restricted', 'fail', ['security-group-open-to-internet']),
        failures: 8,
      },
    ],
  },
];

function control(
  id: string,
  title: string,
  outcome: StandardAssessment['controls'][number]['outcome'],
  checks: readonly string[],
): StandardAssessment['controls'][number] {
  return { id, title, outcome, checks, failures: 0, suppressed: 0, unknowns: 0 };
}
