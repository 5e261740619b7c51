/**
 * What GitHub code scanning takes (GitHub docs, "SARIF support for code scanning" and "SARIF results exceed one or more
 * limits"): of more than 25,000 results it refuses the file, and of what it takes it keeps 5,000 by an order of its own.
 */
export const sarifLimits = {
  results: 5000,
  tagsPerRule: 20,
  /** Characters of a short or full description. */
  description: 1024,
  /** Characters of a rule's name. */
  name: 255,
  /** Locations kept of all code flows of a result. */
  threadFlowLocations: 1000,
} as const;
