import { iamAction } from '../aws/operation.ts';
import type { ResourceKey } from '../model/resources.ts';
import { operationOf } from './row.ts';
import { accountOperations, rows, rowsFor } from './rows.ts';

/** A statement of an IAM policy that allows actions on everything: EC2's reads know no narrower resource. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: '*';
}

/** An IAM policy document. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly [PolicyStatement];
}

/** The exact policy that collecting these kinds needs (all kinds where none are given), sorted. */
export function iamPolicy(kinds?: readonly ResourceKey[]): PolicyDocument {
  return policyOf([...accountOperations, ...rowsFor(kinds).map(operationOf)].map(iamAction));
}

/** A policy that allows these actions, each once, sorted. */
export function policyOf(actions: readonly string[]): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [{ Sid: 'VpcAuditorRead', Effect: 'Allow', Action: [...new Set(actions)].sort(), Resource: '*' }],
  };
}

/** AWS refuses a longer session policy (STS API, AssumeRole, `Policy`). */
const longestSessionPolicy = 2048;

/**
 * The policy that role sessions carry: whatever else the role allows, the session can only read. It must be short, so
 * `Describe` stands for all operations of that name; every other one is named.
 */
export function sessionPolicy(): string {
  const actions = [...accountOperations, ...rows.map(operationOf)].map(iamAction);
  const folded = actions.map((action) => action.replace(/^(ec2|elasticloadbalancing):Describe.*$/, '$1:Describe*'));
  const text = JSON.stringify(policyOf(folded));
  if (text.length > longestSessionPolicy)
    throw new Error(`the session policy has ${text.length} characters, more than STS takes`);
  return text;
}
