import { Command } from 'commander';
import { tool } from '../model/tool.ts';
import { registerAudit } from './commands/audit.ts';
import { registerBaseline } from './commands/baseline.ts';
import { registerChecks } from './commands/checks.ts';
import { registerCollect } from './commands/collect.ts';
import { registerDemo } from './commands/demo.ts';
import { registerDiff } from './commands/diff.ts';
import { registerExposure } from './commands/exposure.ts';
import { registerFlows } from './commands/flows.ts';
import { registerIamPolicy } from './commands/iam-policy.ts';
import { registerMerge } from './commands/merge.ts';
import { registerPreflight } from './commands/preflight.ts';
import { registerRedact } from './commands/redact.ts';
import { registerReport } from './commands/report.ts';
import { registerSuppress } from './commands/suppress.ts';
import { registerTrace } from './commands/trace.ts';

const closing = `
Start here:
  vpc-auditor demo                             the whole tool on a sample organisation, no AWS account needed
  vpc-auditor preflight                        who am I, which Regions, which permissions are missing
  vpc-auditor audit                            collect, check and report every enabled Region
  vpc-auditor audit --snapshot DIR             audit a snapshot, or any folder of "aws ec2 describe-*" output

Exit codes:
  0 clean   1 findings   2 audit incomplete   3 both   64 usage   70 defect   77 no credentials

Only calls that read are made, and nothing is sent anywhere but to AWS, unless you ask for it (--notify, --upload).`;

/** The command line; nothing heavy is loaded before a command needs it. */
export function program(): Command {
  const root = new Command('vpc-auditor')
    .description('Audits the network security of live AWS accounts, read-only.')
    .version(tool.version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .showSuggestionAfterError(true)
    .showHelpAfterError('(see --help)')
    .configureHelp({ sortSubcommands: false })
    .addHelpText('after', closing)
    .exitOverride();
  for (const register of [
    registerAudit,
    registerCollect,
    registerMerge,
    registerTrace,
    registerExposure,
    registerFlows,
    registerReport,
    registerRedact,
    registerDiff,
    registerBaseline,
    registerSuppress,
    registerChecks,
    registerIamPolicy,
    registerPreflight,
    registerDemo,
  ]) {
    register(root);
  }
  return root;
}
