import type { ResourceKey } from './resources.ts';

/** What decides whether an operation can be asked about a resource. */
interface Parent {
  readonly state?: string | undefined;
  readonly status?: string | undefined;
  readonly serviceState?: string | undefined;
  readonly protocol?: string | undefined;
  readonly arn?: string | undefined;
}

const isGone = (state: string | undefined): boolean => /^delet(ed|ing)$|^delete-/i.test(state ?? '');
const isThere = ({ state, status, serviceState }: Parent): boolean => ![state, status, serviceState].some(isGone);

/** The kinds that are asked only of some members of the kind they are asked per. */
const conditions: { readonly [K in ResourceKey]?: (parent: Parent) => boolean } = {
  // Only application load balancers have rules; of a gateway load balancer's listener they cannot even be asked.
  listenerRules: ({ protocol }) => protocol === 'HTTP' || protocol === 'HTTPS',
  // Deleted resources linger in lists for hours, and asking for their parts is an error.
  managedPrefixListEntries: isThere,
  vpcEndpointServicePermissions: isThere,
  transitGatewayRouteTableAssociations: isThere,
  transitGatewayRouteTablePropagations: isThere,
  transitGatewayRoutes: isThere,
  transitGatewayPrefixListReferences: isThere,
  transitGatewayPolicyTableAssociations: isThere,
  transitGatewayPolicyTableEntries: isThere,
  clientVpnAuthorizationRules: isThere,
  clientVpnTargetNetworks: isThere,
  // A stateful group cannot be empty, and its rules are many.
  ruleGroups: ({ arn }) => arn?.includes(':stateless-rulegroup/') === true,
};

/**
 * Is a kind that is read per resource asked of this one (a noun of the kind it is read per)? Where it is not, there is
 * nothing to know, and nothing is missing.
 */
export function isAskedOf(key: ResourceKey, parent: object): boolean {
  return conditions[key]?.(parent) ?? true;
}
