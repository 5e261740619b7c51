import type { Check } from '../check.ts';
import { firewall } from '../firewall-examples.ts';
import { attribute } from '../taking-part.ts';

const encryption = (Type: string): Readonly<Record<string, unknown>> => ({ EncryptionConfiguration: { Type } });

const check: Check<'firewalls'> = {
  id: 'network-firewall-key-not-own',
  title: 'Network Firewall is encrypted with a key of AWS',
  severity: 'informational',
  rationale:
    'The configuration at rest is encrypted either way. A key of your own shows in CloudTrail who used it and can be taken ' +
    'back; some rules of trade ask for that.',
  remediation: 'Where a rule asks for it, give the firewall, its policy and rule groups a customer managed key.',
  references: ['https://docs.aws.amazon.com/network-firewall/latest/developerguide/kms-encryption-at-rest.html'],
  relatedChecks: [],
  judges: 'firewalls',
  needs: ['firewalls'],
  examples: {
    fails: [
      { title: 'the key is AWS’s', resources: { firewalls: [firewall(encryption('AWS_OWNED_KMS_KEY'))] } },
      { title: 'no key was chosen', resources: { firewalls: [firewall()] } },
    ],
    passes: [{ title: 'the key is the customer’s', resources: { firewalls: [firewall(encryption('CUSTOMER_KMS'))] } }],
  },
  *evaluate({ firewalls }) {
    for (const { firewallArn: id, vpcId, firewallName: name, encryptionType = 'AWS_OWNED_KMS_KEY' } of firewalls) {
      const resource = { type: 'network-firewall', id, vpcId, name } as const;
      if (encryptionType === 'CUSTOMER_KMS') yield { outcome: 'pass', resource };
      else {
        yield {
          outcome: 'fail',
          resource,
          title: 'it is encrypted with a key of AWS',
          evidence: [attribute(id, 'EncryptionConfiguration.Type', encryptionType)],
          fix: { summary: 'Set a customer managed key in the encryption configuration of the firewall.' },
        };
      }
    }
  },
};

export default check;
