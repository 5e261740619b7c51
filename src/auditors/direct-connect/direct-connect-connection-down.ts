import type { Check } from '../check.ts';
import type { Item } from '../examples.ts';
import { attribute } from '../taking-part.ts';

const line = (connectionState: string): Item => ({
  connectionId: 'dxcon-0a1',
  connectionName: 'line',
  connectionState,
  location: 'EqDB1',
});

const check: Check<'directConnectConnections'> = {
  id: 'direct-connect-connection-down',
  title: 'Direct Connect connection is down',
  severity: 'medium',
  rationale:
    'The line carries nothing. Traffic to the other side takes another line, a VPN over the internet, or is lost, and with ' +
    'each line that is down the next fault has less to fall back on.',
  remediation:
    'Look at the light levels and errors of the port with whoever runs the line, and test the failover when it is back.',
  references: ['https://docs.aws.amazon.com/directconnect/latest/UserGuide/Troubleshooting.html'],
  relatedChecks: [],
  judges: 'directConnectConnections',
  needs: ['directConnectConnections'],
  examples: {
    fails: [{ title: 'the line is down', resources: { directConnectConnections: [line('down')] } }],
    passes: [{ title: 'the line is available', resources: { directConnectConnections: [line('available')] } }],
  },
  *evaluate({ directConnectConnections }) {
    for (const { connectionId: id, connectionName: name, connectionState: state } of directConnectConnections) {
      const resource = { type: 'direct-connect-connection', id, name } as const;
      if (state === 'available') yield { outcome: 'pass', resource };
      else if (state !== 'down') {
        yield { outcome: 'not-applicable', resource, reason: `its state is ${state ?? 'unknown'}` };
      } else {
        yield {
          outcome: 'fail',
          resource,
          title: 'the line is down',
          evidence: [attribute(id, 'connectionState', state)],
          fix: { summary: 'Have the line repaired.' },
        };
      }
    }
  },
};

export default check;
