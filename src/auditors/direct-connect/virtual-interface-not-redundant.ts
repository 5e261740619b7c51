import type { VirtualInterface } from '../../model/resources/direct-connect.ts';
import { acrossRegions } from '../across-regions.ts';
import type { Check } from '../check.ts';
import type { Item } from '../examples.ts';
import { groupBy } from '../group-by.ts';
import { relatedChecks } from '../related-checks.ts';
import { attribute } from '../taking-part.ts';

const virtualInterface = (virtualInterfaceId: string, connectionId: string): Item => ({
  virtualInterfaceId,
  connectionId,
  virtualInterfaceState: 'available',
  virtualInterfaceType: 'private',
  directConnectGatewayId: 'dxgw-0a1',
});

/** What a private or transit virtual interface ends at. */
const gatewayOf = (own: VirtualInterface): string => own.directConnectGatewayId ?? own.virtualGatewayId ?? '';

const check: Check<'virtualInterfaces'> = {
  id: 'virtual-interface-not-redundant',
  title: 'Direct Connect virtual interface has no second one on another connection',
  severity: 'medium',
  rationale:
    'The gateway is reached over one line. Two connections help only where there is a virtual interface to the gateway on ' +
    'each of them.',
  remediation:
    'Make a virtual interface to the same gateway on another connection, at another location where there is one.',
  references: ['https://docs.aws.amazon.com/directconnect/latest/UserGuide/resiliency_failover.html'],
  relatedChecks: relatedChecks({ prowler: ['directconnect_virtual_interface_redundancy'] }),
  judges: 'virtualInterfaces',
  needs: ['virtualInterfaces'],
  failsOnAbsence: true,
  examples: {
    fails: [
      { title: 'it is the only one', resources: { virtualInterfaces: [virtualInterface('dxvif-0a1', 'dxcon-0a1')] } },
    ],
    passes: [
      {
        title: 'another connection has one too',
        resources: {
          virtualInterfaces: [virtualInterface('dxvif-0a1', 'dxcon-0a1'), virtualInterface('dxvif-0a2', 'dxcon-0a2')],
        },
      },
    ],
  },
  *evaluate({ virtualInterfaces }, { snapshot, accountId }) {
    // A Direct Connect gateway takes virtual interfaces of every Region
    const { resources: everywhere, missing } = acrossRegions(snapshot, accountId, 'virtualInterfaces');
    const working = everywhere.filter(({ virtualInterfaceState }) => virtualInterfaceState === 'available');
    const byGateway = groupBy(working, gatewayOf);
    for (const own of virtualInterfaces) {
      const { virtualInterfaceId: id, virtualInterfaceName: name, virtualInterfaceState: state, connectionId } = own;
      const resource = { type: 'direct-connect-virtual-interface', id, name } as const;
      const gateway = gatewayOf(own);
      const lines = new Set((byGateway.get(gateway) ?? []).map((other) => other.connectionId));
      if (state !== 'available' || gateway === '') {
        const reason = gateway === '' ? 'it ends at no gateway' : `its state is ${state ?? 'unknown'}`;
        yield { outcome: 'not-applicable', resource, reason };
      } else if (lines.size > 1) yield { outcome: 'pass', resource };
      else if (missing.length > 0) yield { outcome: 'unknown', resource, missing };
      else {
        yield {
          outcome: 'fail',
          resource,
          title: `${gateway} is reached over one connection`,
          evidence: [attribute(id, 'connectionId', connectionId ?? 'unknown'), attribute(id, 'gateway', gateway)],
          fix: { summary: 'Make a virtual interface to the gateway on a second connection.' },
        };
      }
    }
  },
};

export default check;
