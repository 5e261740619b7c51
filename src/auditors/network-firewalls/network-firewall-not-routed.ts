import type { Check } from '../check.ts';
import { route, routeTable } from '../examples.ts';
import { firewall } from '../firewall-examples.ts';
import { takingPart } from '../taking-part.ts';

const through = (endpoint: string): Readonly<Record<string, unknown>> =>
  routeTable([route('0.0.0.0/0', { GatewayId: endpoint })], { RouteTableId: `rtb-${endpoint}` });

const check: Check<'firewalls' | 'routeTables'> = {
  id: 'network-firewall-not-routed',
  title: 'No route leads to an endpoint of the Network Firewall',
  severity: 'medium',
  rationale:
    'A firewall inspects only what routes bring to its endpoints. An endpoint that no route leads to inspects nothing, ' +
    'however good its rules are, and costs as much as one that works.',
  remediation:
    'Lead the traffic of each zone to the endpoint in it, in both directions: by the route tables of the subnets, and by ' +
    'that of the internet gateway for what comes back.',
  references: ['https://docs.aws.amazon.com/network-firewall/latest/developerguide/vpc-config-route-tables.html'],
  relatedChecks: [],
  judges: 'firewalls',
  needs: ['firewalls', 'routeTables'],
  failsOnAbsence: true,
  examples: {
    fails: [
      {
        title: 'one of two endpoints is routed to',
        resources: { firewalls: [firewall()], routeTables: [through('vpce-0fa')] },
      },
    ],
    passes: [
      {
        title: 'both endpoints are',
        resources: { firewalls: [firewall()], routeTables: [through('vpce-0fa'), through('vpce-0fb')] },
      },
    ],
  },
  *evaluate({ firewalls, routeTables }) {
    const routed = new Set<string>(
      routeTables.flatMap(({ routes }) =>
        routes.flatMap(({ target, state }) => (state === 'active' && target.id !== undefined ? [target.id] : [])),
      ),
    );
    for (const { firewallArn: id, vpcId, firewallName: name, endpoints } of firewalls) {
      const resource = { type: 'network-firewall', id, vpcId, name } as const;
      const standing = endpoints.flatMap(({ endpointId, availabilityZone }) =>
        endpointId === undefined ? [] : [{ endpointId, availabilityZone }],
      );
      const idle = standing.filter(({ endpointId }) => !routed.has(endpointId));
      if (vpcId === undefined) {
        yield { outcome: 'not-applicable', resource, reason: 'a transit gateway leads traffic to it' };
      } else if (standing.length === 0) {
        yield { outcome: 'not-applicable', resource, reason: 'it has no endpoint yet' };
      } else if (idle.length === 0) yield { outcome: 'pass', resource };
      else {
        const zones = idle.map(({ availabilityZone }) => availabilityZone).sort();
        const [first, ...rest] = takingPart(
          'vpc-endpoint',
          idle.map(({ endpointId }) => endpointId),
          'not-routed',
        );
        if (first === undefined) continue;
        yield {
          outcome: 'fail',
          resource,
          title: `no route leads to its endpoint in ${zones.join(' or ')}`,
          evidence: [first, ...rest],
          fix: { summary: 'Add routes to the endpoint, or take its subnet out of the firewall.' },
        };
      }
    }
  },
};

export default check;
