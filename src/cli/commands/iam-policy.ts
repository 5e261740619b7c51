import type { Command } from 'commander';
import { addCheckOptions, type CheckOptions } from '../options.ts';
import { isNarrowed, selectChecks } from '../select-checks.ts';

interface PolicyOptions extends CheckOptions {
  readonly session?: true;
  readonly flowLogs?: string;
  readonly org?: true;
  readonly roleName: string;
}

/** `vpc-auditor iam-policy`: the exact read-only policy, computed from what the collectors call. */
export function registerIamPolicy(root: Command): void {
  addCheckOptions(
    root
      .command('iam-policy')
      .description('print the exact read-only IAM policy that an audit needs')
      .option('--org', 'for the account that leads to the members: to list the organization and assume their roles too')
      .option('--role-name <name>', 'with --org, the role that the members have', 'vpc-auditor')
      .option('--flow-logs <source>', 'only what reading these flow logs needs besides, as the source of `flows`')
      .option('--session', 'the policy that narrows every role session instead'),
  )
    .addHelpText(
      'after',
      `
Examples:
  vpc-auditor iam-policy > policy.json
  aws iam create-policy --policy-name vpc-auditor --policy-document "$(vpc-auditor iam-policy)"
  vpc-auditor iam-policy --check 'security-group-*'     only what these checks read
  vpc-auditor iam-policy --flow-logs s3://my-flow-logs  what reading flow logs there needs besides`,
    )
    .action(async (options: PolicyOptions) => {
      const { allChecks, iamPolicy, organizationPolicy, sessionPolicy, needsOf, standardChecks } = await import(
        '../../index.ts'
      );
      if (options.flowLogs !== undefined) {
        const { flowLogStatements, parseSource } = await import('../../index.ts');
        const policy = { Version: '2012-10-17', Statement: flowLogStatements(parseSource(options.flowLogs)) };
        process.stdout.write(`${JSON.stringify(policy, null, 2)}\n`);
        return;
      }
      if (options.session === true) {
        process.stdout.write(`${JSON.stringify(JSON.parse(sessionPolicy()), null, 2)}\n`);
        return;
      }
      const narrowed = isNarrowed(options);
      const needs = narrowed ? needsOf(selectChecks(await allChecks(), options, standardChecks())) : undefined;
      const policy = options.org === true ? organizationPolicy(options.roleName, needs) : iamPolicy(needs);
      process.stdout.write(`${JSON.stringify(policy, null, 2)}\n`);
    });
}
