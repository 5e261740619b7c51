/** The kinds that complete the rules of security groups: their own ids, and the addresses of prefix lists. */
export type RuleKind = 'securityGroupRules' | PrefixListKind;

/** The kinds from which the addresses of a prefix list are read, a customer's or AWS's. */
export type PrefixListKind = 'managedPrefixLists' | 'managedPrefixListEntries' | 'prefixLists';

/** The same as a list, for `uses`. */
export const prefixListKinds: readonly PrefixListKind[] = [
  'managedPrefixLists',
  'managedPrefixListEntries',
  'prefixLists',
];

/** The same as a list, for `uses`. */
export const ruleKinds: readonly RuleKind[] = ['securityGroupRules', ...prefixListKinds];
