import { nameOf } from '../../model/tag.ts';
import { parseCidr } from '../../network/sets/cidr.ts';
import type { Check } from '../check.ts';
import { subnet } from '../examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

/** Below this percentage a subnet is called full; load balancers need eight free addresses to scale (ELB guide). */
const freePercent = 10;
/** The first four addresses and the last are AWS's own (VPC guide, subnet sizing). */
const reserved = 5;

const check: Check<'subnets'> = {
  id: 'subnet-addresses-running-out',
  title: 'Subnet has hardly any free addresses',
  severity: 'informational',
  rationale:
    'Launches, load balancers and functions fail when the last address is taken, and the way out of it in a hurry is a ' +
    'subnet that is routed or filtered otherwise.',
  remediation: 'Add a subnet, from a secondary block of the VPC if need be, or clear interfaces that nothing uses.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html'],
  relatedChecks: relatedChecks({ cloudsploit: ['subnetIpAvailability'] }),
  options: [
    {
      name: 'least_free_percent',
      title: 'Percentage of the addresses that should be free',
      default: freePercent,
      least: 1,
      most: 99,
    },
  ],
  judges: 'subnets',
  needs: ['subnets'],
  examples: {
    fails: [{ title: '20 of 251 are free', resources: { subnets: [subnet({ AvailableIpAddressCount: 20 })] } }],
    passes: [{ title: '200 are free', resources: { subnets: [subnet({ AvailableIpAddressCount: 200 })] } }],
  },
  *evaluate({ subnets }, { option }) {
    const least = option('least_free_percent');
    for (const own of subnets) {
      const { subnetId, vpcId, cidrBlock, availableIpAddressCount: free } = own;
      const resource = { type: 'subnet', id: subnetId, vpcId, name: nameOf(own) } as const;
      const cidr = cidrBlock === undefined ? undefined : parseCidr(cidrBlock).value;
      if (cidr === undefined || cidr.family !== 4) {
        yield { outcome: 'not-applicable', resource, reason: 'it has no IPv4 addresses' };
        continue;
      }
      const size = 2 ** (32 - cidr.prefixLength) - reserved;
      if (free === undefined) {
        yield { outcome: 'unknown', resource, missing: [{ fact: `AvailableIpAddressCount of ${subnetId}` }] };
      } else if (free * 100 >= size * least) yield { outcome: 'pass', resource };
      else {
        yield {
          outcome: 'fail',
          resource,
          title: `${free} of ${size} addresses are free`,
          evidence: [
            attribute(
              subnetId,
              'AvailableIpAddressCount',
              least === freePercent ? 'less than a tenth' : `less than ${least} %`,
            ),
          ],
          fix: { summary: 'Add a subnet, or delete interfaces that nothing uses.' },
        };
      }
    }
  },
};

export default check;
