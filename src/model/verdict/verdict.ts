import type { Evidence } from './evidence.ts';
import type { ResourceType } from './resource-reference.ts';
import type { Severity } from './severity.ts';

/** A concrete change that makes a finding go away. */
export interface Fix {
  /** One sentence: what changes. */
  readonly summary: string;
  /** Commands for the AWS CLI, one per line, ids already filled in. */
  readonly cli?: readonly string[];
  /** Terraform that expresses the same. */
  readonly terraform?: string;
}

/** The resource that a verdict is about, as far as a check knows it: the runner adds account, Region and ARN. */
export interface Judged {
  readonly type: ResourceType;
  readonly id: string;
  readonly vpcId?: string | undefined;
  readonly name?: string | undefined;
}

/** The resource is as it should be. */
export interface PassVerdict {
  readonly outcome: 'pass';
  readonly resource: Judged;
  /** Set where it would fail if the configuration did not say that it is meant. */
  readonly allowed?: Allowance;
}

/** An entry of the configuration by which something passes. */
export interface Allowance {
  readonly kind: 'public-service' | 'trusted-account' | 'trusted-organization';
  /** The name of the service, the id of the account or organisation. */
  readonly by: string;
  /** The owner's own words. */
  readonly reason: string;
  /** What would be a finding, in the words of one. */
  readonly title: string;
  readonly evidence: readonly [Evidence, ...Evidence[]];
}

/** The resource is not as it should be. One verdict per rule or gap: each has its own life in a baseline. */
export interface FailVerdict {
  readonly outcome: 'fail';
  readonly resource: Judged;
  /** What is wrong with this one resource, in a few words and without its id. */
  readonly title: string;
  readonly evidence: readonly [Evidence, ...Evidence[]];
  /** Where this instance is worse or better than the check's own severity. */
  readonly severity?: Severity;
  readonly fix?: Fix;
}

/** It cannot be told, and why: what was not collected or is not modelled. */
export interface UnknownVerdict {
  readonly outcome: 'unknown';
  readonly resource: Judged;
  readonly missing: readonly Missing[];
}

/** A fact that a verdict would need, and the permission that reads it. */
export interface Missing {
  /** One sentence: what is not known. */
  readonly fact: string;
  readonly iamAction?: string;
}

/** The check says nothing about this resource. */
export interface NotApplicableVerdict {
  readonly outcome: 'not-applicable';
  readonly resource: Judged;
  readonly reason: string;
}

export type Verdict = PassVerdict | FailVerdict | UnknownVerdict | NotApplicableVerdict;

export type Outcome = Verdict['outcome'];
