import { iamAction } from '../aws/operation.ts';
import { organizationOperations } from '../aws/organization.ts';
import type { ResourceKey } from '../model/resources.ts';
import { operationOf } from './row.ts';
import { accountOperations, rows, rowsFor } from './rows.ts';

/** A statement of an IAM policy that allows actions on everything: EC2's reads know no narrower resource. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  /** `*`, or the ARNs of the roles that may be assumed. */
  readonly Resource: string;
}

/** An IAM policy document. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly [PolicyStatement, ...PolicyStatement[]];
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

/**
 * What the account that leads to the members needs besides its own readings: to list the organization and to assume the
 * role of that name in any account.
 */
export function organizationPolicy(roleName: string, kinds?: readonly ResourceKey[]): PolicyDocument {
  const [reads] = iamPolicy(kinds).Statement;
  return {
    Version: '2012-10-17',
    Statement: [
      reads,
      { Sid: 'VpcAuditorList', Effect: 'Allow', Action: organizationOperations.map(iamAction), Resource: '*' },
      {
        Sid: 'VpcAuditorEnter',
        Effect: 'Allow',
        Action: ['sts:AssumeRole'],
        Resource: `arn:aws:iam::*:role/${roleName}`,
      },
    ],
  };
}

/** AWS refuses a longer session policy (STS API, AssumeRole, `Policy`). */
const longestSessionPolicy = 2048;

/**
 * The policy that role sessions carry: whatever else the role allows, the session can only read. It must be short, so
 * `Describe` stands for all operations of that name; every other one is named.
 */
export function sessionPolicy(): string {
  return sessionPolicyOf([...accountOperations, ...rows.map(operationOf)].map(iamAction));
}

/** The policy of a session that leads to the members: it can list them and assume their roles as well. */
export function hopPolicy(): string {
  const operations = [...accountOperations, ...organizationOperations, ...rows.map(operationOf)];
  return sessionPolicyOf([...operations.map(iamAction), 'sts:AssumeRole']);
}

function sessionPolicyOf(actions: readonly string[]): string {
  const folded = actions.map((action) =>
    action.replace(/^(ec2|elasticloadbalancing|network-firewall|directconnect|logs):Describe.*$/, '$1:Describe*'),
  );
  const text = JSON.stringify(policyOf(folded));
  if (text.length > longestSessionPolicy)
    throw new Error(`the session policy has ${text.length} characters, more than STS takes`);
  return text;
}
