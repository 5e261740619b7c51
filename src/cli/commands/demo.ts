import type { Command } from 'commander';
import { addReportOptions } from './audit.ts';
import type { AuditOptions } from '../audit-run.ts';
import { addTerminalOptions } from '../options.ts';
import { openTerminal } from '../terminal.ts';

/** `vpc-auditor demo`: the whole tool on the sample organisation, through the real SDK, with no AWS account. */
export function registerDemo(root: Command): void {
  const command = root.command('demo').description('everything above on a sample organisation, with no AWS account');
  addTerminalOptions(addReportOptions(command))
    .addHelpText(
      'after',
      `
Starts a mock AWS endpoint on 127.0.0.1, collects a sample organisation from it through the real AWS SDK, audits it and
writes the report. One of its accounts refuses the role on purpose, and one is closed: see how the report tells it. The exit code is 0
whatever the findings are, so that the demo never looks broken.`,
    )
    .action(async (options: Omit<AuditOptions, keyof typeof unattended | 'roleName'>) => {
      const { startSampleOrganisation } = await import('../../../mocks/sample-organisation.ts');
      const { runAudit } = await import('../audit-run.ts');
      const sample = await startSampleOrganisation();
      const terminal = openTerminal(options);
      try {
        terminal.note(
          `A mock AWS with ${sample.accounts} accounts answers on ${sample.url}; collecting through the real SDK.`,
        );
        for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
        Object.assign(process.env, sample.environment);
        const { roleName, externalId, url: endpointUrl } = sample;
        await runAudit({ ...unattended, ...options, roleName, externalId, endpointUrl });
        process.exitCode = 0;
        terminal.say('That is how an audit would end; the demo itself ends with 0.');
      } finally {
        await sample.close();
      }
    });
}

/** What a live audit asks for and the demo knows. */
const unattended = {
  profile: [],
  roleArn: [],
  org: true,
  regions: [],
  ou: [],
  accounts: [],
  excludeAccounts: [],
  check: [],
  skipCheck: [],
  standard: [],
  concurrency: 32,
  callTimeout: 60,
  maxAttempts: 4,
  suppressions: false,
  notify: [],
  config: false,
} as const;
