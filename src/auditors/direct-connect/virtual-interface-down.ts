import type { Check } from '../check.ts';
import type { Item } from '../examples.ts';
import { attribute } from '../taking-part.ts';

const virtualInterface = (virtualInterfaceState: string, bgpStatus: string): Item => ({
  virtualInterfaceId: 'dxvif-0a1',
  connectionId: 'dxcon-0a1',
  virtualInterfaceState,
  bgpPeers: [{ addressFamily: 'ipv4', bgpStatus }],
});

const check: Check<'virtualInterfaces'> = {
  id: 'virtual-interface-down',
  title: 'Direct Connect virtual interface is down',
  severity: 'medium',
  rationale:
    'No routes are exchanged over the interface, so its traffic takes another way or none. With one of two peers down ' +
    'nothing is felt yet, and the next fault cuts the network off.',
  remediation:
    'Compare VLAN, addresses, autonomous system numbers and key at both ends, and see that nothing blocks TCP 179.',
  references: ['https://docs.aws.amazon.com/directconnect/latest/UserGuide/ts-bgp-session.html'],
  relatedChecks: [],
  judges: 'virtualInterfaces',
  needs: ['virtualInterfaces'],
  examples: {
    fails: [
      { title: 'the BGP session is down', resources: { virtualInterfaces: [virtualInterface('available', 'down')] } },
      { title: 'the interface is down', resources: { virtualInterfaces: [virtualInterface('down', 'down')] } },
    ],
    passes: [{ title: 'the session is up', resources: { virtualInterfaces: [virtualInterface('available', 'up')] } }],
  },
  *evaluate({ virtualInterfaces }) {
    for (const own of virtualInterfaces) {
      const { virtualInterfaceId: id, virtualInterfaceName: name, virtualInterfaceState: state, bgpPeers } = own;
      const resource = { type: 'direct-connect-virtual-interface', id, name } as const;
      const down = bgpPeers.filter(({ bgpStatus }) => bgpStatus === 'down');
      if (state !== 'available' && state !== 'down') {
        yield { outcome: 'not-applicable', resource, reason: `its state is ${state ?? 'unknown'}` };
      } else if (state === 'available' && down.length === 0) yield { outcome: 'pass', resource };
      else {
        const families = [...new Set(down.map(({ addressFamily }) => addressFamily ?? 'unknown'))].sort();
        yield {
          outcome: 'fail',
          resource,
          title: state === 'down' ? 'it is down' : `its BGP session is down (${families.join(', ')})`,
          evidence: [
            attribute(id, 'virtualInterfaceState', state),
            ...families.map((family) => attribute(id, 'bgpStatus', `${family} down`)),
          ],
          fix: { summary: 'Bring the BGP session up again.' },
        };
      }
    }
  },
};

export default check;
