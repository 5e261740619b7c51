import type { Command } from 'commander';
import { addCheckOptions, type CheckOptions } from '../options.ts';
import { isNarrowed, selectChecks } from '../select-checks.ts';

/** `vpc-auditor iam-policy`: the exact read-only policy, computed from what the collectors call. */
export function registerIamPolicy(root: Command): void {
  addCheckOptions(
    root
      .command('iam-policy')
      .description('print the exact read-only IAM policy that an audit needs')
      .option('--session', 'the policy that narrows every role session instead'),
  )
    .addHelpText(
      'after',
      `
Examples:
  vpc-auditor iam-policy > policy.json
  aws iam create-policy --policy-name vpc-auditor --policy-document "$(vpc-auditor iam-policy)"
  vpc-auditor iam-policy --check 'security-group-*'     only what these checks read`,
    )
    .action(async (options: CheckOptions & { readonly session?: true }) => {
      const { allChecks, iamPolicy, sessionPolicy, needsOf, standardChecks } = await import('../../index.ts');
      if (options.session === true) {
        process.stdout.write(`${JSON.stringify(JSON.parse(sessionPolicy()), null, 2)}\n`);
        return;
      }
      const narrowed = isNarrowed(options);
      const needs = narrowed ? needsOf(selectChecks(await allChecks(), options, standardChecks())) : undefined;
      process.stdout.write(`${JSON.stringify(iamPolicy(needs), null, 2)}\n`);
    });
}
