import type { Firewall } from '../../model/resources/network-firewall.ts';
import type { FailVerdict } from '../../model/verdict/verdict.ts';
import { awsCli } from '../aws-cli.ts';
import type { Check } from '../check.ts';
import { firewall } from '../firewall-examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

/** The protections that a firewall of a VPC can have, each with the command that switches it on. */
const protections: readonly {
  readonly member: 'deleteProtection' | 'subnetChangeProtection';
  readonly attribute: string;
  readonly words: string;
  readonly command: string;
  readonly option: string;
}[] = [
  {
    member: 'deleteProtection',
    attribute: 'DeleteProtection',
    words: 'it can be deleted in one call',
    command: 'update-firewall-delete-protection',
    option: 'delete-protection',
  },
  {
    member: 'subnetChangeProtection',
    attribute: 'SubnetChangeProtection',
    words: 'its subnets can be taken away in one call',
    command: 'update-subnet-change-protection',
    option: 'subnet-change-protection',
  },
];

const check: Check<'firewalls'> = {
  id: 'network-firewall-unprotected',
  title: 'Network Firewall is not protected from being taken away',
  severity: 'medium',
  rationale:
    'One call, by mistake or on purpose, removes the firewall or its endpoint in a zone. Until somebody notices, traffic is ' +
    'either lost or led past where the firewall was.',
  remediation:
    'Switch both protections on; who has to change the firewall switches them off first, and is seen doing it.',
  references: [
    'https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewall-settings.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/networkfirewall-controls.html#networkfirewall-9',
  ],
  relatedChecks: relatedChecks({
    securityhub: ['NetworkFirewall.9', 'NetworkFirewall.10'],
    config: ['netfw-deletion-protection-enabled', 'netfw-subnet-change-protection-enabled'],
    prowler: ['networkfirewall_deletion_protection'],
  }),
  judges: 'firewalls',
  needs: ['firewalls'],
  examples: {
    fails: [
      { title: 'it may be deleted', resources: { firewalls: [firewall({ DeleteProtection: false })] } },
      { title: 'its subnets may be changed', resources: { firewalls: [firewall({ SubnetChangeProtection: false })] } },
    ],
    passes: [{ title: 'both protections are on', resources: { firewalls: [firewall()] } }],
  },
  *evaluate({ firewalls }, { region }) {
    for (const own of firewalls) {
      const resource = {
        type: 'network-firewall',
        id: own.firewallArn,
        vpcId: own.vpcId,
        name: own.firewallName,
      } as const;
      const failures = failuresOf(own, region);
      yield* failures.map((failure) => ({ ...failure, resource }));
      if (failures.length === 0) yield { outcome: 'pass', resource };
    }
  },
};

function failuresOf(own: Firewall, region: string): readonly Omit<FailVerdict, 'resource'>[] {
  // A firewall of a transit gateway has no subnets to protect
  const applying = protections.filter(({ member }) => own.vpcId !== undefined || member === 'deleteProtection');
  return applying
    .filter(({ member }) => own[member] !== true)
    .map(({ attribute: name, words, command, option }) => ({
      outcome: 'fail',
      title: words,
      evidence: [attribute(own.firewallArn, name, 'false')],
      fix: {
        summary: 'Switch the protection on.',
        cli: [awsCli(region, 'network-firewall', command, { 'firewall-arn': own.firewallArn, [option]: true })],
      },
    }));
}

export default check;
