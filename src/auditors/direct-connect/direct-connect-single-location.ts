import { acrossRegions } from '../across-regions.ts';
import type { Check } from '../check.ts';
import type { Item } from '../examples.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const line = (connectionId: string, location: string, connectionState = 'available'): Item => ({
  connectionId,
  connectionState,
  location,
});

const check: Check<'directConnectConnections'> = {
  id: 'direct-connect-single-location',
  title: 'Direct Connect connection has no second one at another location',
  severity: 'medium',
  rationale:
    'When the location or the line fails, everything between the networks fails with it, and what people then set up in ' +
    'haste is seldom as well guarded as what it replaces.',
  remediation:
    'Order a second connection at another Direct Connect location, or keep a VPN that takes over and is tested.',
  references: [
    'https://docs.aws.amazon.com/directconnect/latest/UserGuide/high_resiliency.html',
    'https://docs.aws.amazon.com/directconnect/latest/UserGuide/resiliency_toolkit.html',
  ],
  relatedChecks: relatedChecks({ prowler: ['directconnect_connection_redundancy'] }),
  judges: 'directConnectConnections',
  needs: ['directConnectConnections'],
  failsOnAbsence: true,
  examples: {
    fails: [
      { title: 'there is one line', resources: { directConnectConnections: [line('dxcon-0a1', 'EqDB1')] } },
      {
        title: 'the line at the other location is down',
        resources: { directConnectConnections: [line('dxcon-0a1', 'EqDB1'), line('dxcon-0a2', 'EqLD5', 'down')] },
      },
    ],
    passes: [
      {
        title: 'lines at two locations',
        resources: { directConnectConnections: [line('dxcon-0a1', 'EqDB1'), line('dxcon-0a2', 'EqLD5')] },
      },
    ],
  },
  *evaluate({ directConnectConnections }, { snapshot, accountId }) {
    // Another Region of the account may hold the second line: through a Direct Connect gateway it serves this one too
    const { resources: everywhere, missing } = acrossRegions(snapshot, accountId, 'directConnectConnections');
    const locations = new Set(
      everywhere.filter(({ connectionState }) => connectionState === 'available').map(({ location }) => location),
    );
    for (const {
      connectionId: id,
      connectionName: name,
      connectionState: state,
      location,
    } of directConnectConnections) {
      const resource = { type: 'direct-connect-connection', id, name } as const;
      if (state !== 'available') {
        yield { outcome: 'not-applicable', resource, reason: `its state is ${state ?? 'unknown'}` };
      } else if (location === undefined)
        yield { outcome: 'unknown', resource, missing: [{ fact: `the location of ${id}` }] };
      else if (locations.size > 1) yield { outcome: 'pass', resource };
      else if (missing.length > 0) yield { outcome: 'unknown', resource, missing };
      else {
        yield {
          outcome: 'fail',
          resource,
          title: `every line that works ends at ${location}`,
          evidence: [attribute(id, 'location', location)],
          fix: { summary: 'Order a connection at a second location.' },
        };
      }
    }
  },
};

export default check;
