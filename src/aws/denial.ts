/** What kind of policy refused a call, as AWS words it (IAM User Guide, "Access denied error messages"). */
export type DenyingPolicy =
  | 'service-control-policy'
  | 'resource-control-policy'
  | 'permissions-boundary'
  | 'session-policy'
  | 'identity-based-policy'
  | 'vpc-endpoint-policy'
  | 'resource-based-policy';

/** Who refused a call. */
export interface Denial {
  /** The action that AWS names, such as `ec2:DescribeVpcs`. */
  readonly action?: string;
  readonly policy?: DenyingPolicy;
  /** An explicit deny stands in that policy; otherwise nothing in it allows the action. */
  readonly explicit?: boolean;
}

const policies: readonly (readonly [RegExp, DenyingPolicy])[] = [
  [/service control polic/i, 'service-control-policy'],
  [/resource control polic/i, 'resource-control-policy'],
  [/permissions boundar/i, 'permissions-boundary'],
  [/session polic/i, 'session-policy'],
  [/VPC endpoint polic/i, 'vpc-endpoint-policy'],
  [/identity-based polic/i, 'identity-based-policy'],
  [/resource-based polic/i, 'resource-based-policy'],
];

/** What AWS's message says about who refused; an empty object where it says nothing. */
export function denialIn(message: string): Denial {
  const action = /perform: ([a-z0-9-]+:[A-Za-z0-9]+)/.exec(message)?.[1];
  const policy = policies.find(([pattern]) => pattern.test(message))?.[1];
  const explicit = /explicit deny/i.test(message);
  return {
    ...(action === undefined ? {} : { action }),
    ...(policy === undefined ? {} : { policy }),
    ...(policy === undefined && !explicit ? {} : { explicit }),
  };
}

const spelling: Readonly<Record<DenyingPolicy, string>> = {
  'service-control-policy': 'a service control policy of the organization',
  'resource-control-policy': 'a resource control policy of the organization',
  'permissions-boundary': 'the permissions boundary of the role or user',
  'session-policy': 'the session policy',
  'identity-based-policy': 'a policy of the role or user',
  'vpc-endpoint-policy': 'the policy of the VPC endpoint in use',
  'resource-based-policy': 'a resource-based policy',
};

/** One sentence on what to change. An explicit deny cannot be mended by granting more. */
export function denialSentence(iamAction: string, denial: Denial): string {
  if (denial.policy === undefined) return `${iamAction} is not allowed`;
  if (denial.explicit === true)
    return `${iamAction} is denied by ${spelling[denial.policy]}; granting it elsewhere does not help`;
  return `${iamAction} is not allowed by ${spelling[denial.policy]}`;
}
