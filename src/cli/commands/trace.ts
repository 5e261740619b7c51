import { type Command, Option } from 'commander';
import { addAccountOptions, addTerminalOptions, wholeNumber } from '../options.ts';
import type { TraceOptions } from '../trace-run.ts';

/** `vpc-auditor trace`: one path, hop by hop, both ways. */
export function registerTrace(root: Command): void {
  const command = root
    .command('trace')
    .description('can X reach Y: one path, hop by hop, both ways')
    .optionsGroup('The question:')
    .option('--from <place>', 'where packets come from')
    .option('--to <place>', 'where they go')
    .option(
      '--protocol <name>',
      'tcp, udp, icmp, icmpv6, a protocol number, or all (default: tcp with --port, else all)',
    )
    .option(
      '--port <n>',
      'the destination port; without it the answer is everything that gets through',
      wholeNumber(0, 65_535),
    )
    .option('--source-port <n>', 'the source port (default: every ephemeral one)', wholeNumber(0, 65_535))
    .option('--icmp-type <n>', 'the ICMP type', wholeNumber(0, 255))
    .option('--icmp-code <n>', 'the ICMP code', wholeNumber(0, 255))
    .option('--queries <file>', 'many questions, one JSON object a line, answered in the same order; - for stdin')
    .option('--flow-log-line <record>', 'the question of a line of a flow log, instead of --from and --to')
    .option('--log-format <fields>', "the flow log's LogFormat, where the line is not of the default format")
    .optionsGroup('The answer:')
    .addOption(new Option('--format <form>', 'text, or JSON').choices(['text', 'json']).default('text'))
    .addOption(
      new Option('--expect <verdict>', 'exit with 1 unless this is the verdict').choices([
        'reachable',
        'not-reachable',
      ]),
    )
    .optionsGroup('The evidence:')
    .option('--snapshot <dir>', 'a snapshot, or a folder of "aws ec2 describe-*" output, instead of AWS');
  addTerminalOptions(addAccountOptions(command))
    .addHelpText(
      'after',
      `
Places: internet, an address or CIDR (vpc-…/ADDRESS where addresses overlap), eni-…, i-…, subnet-…, vpc-…, an ARN, a load
balancer's name, DNS name or ARN, an endpoint (vpce-…), a service (com.amazonaws.…) or prefix list (pl-…) as destination.
A gateway, connection or attachment (igw-, eigw-, nat-, vgw-, vpn-, pcx-, tgw-, tgw-attach-): as --to, packets have
arrived when it takes them; as --from, they are whatever may come in by it.

Examples:
  vpc-auditor trace --snapshot snapshot --from internet --to i-0abc --port 22
  vpc-auditor trace --snapshot snapshot --from i-0abc --to 10.2.0.10 --port 5432
  vpc-auditor trace --snapshot snapshot --from i-0abc --to com.amazonaws.eu-west-1.s3 --port 443
  vpc-auditor trace --snapshot snapshot --from internet --to i-0abc              everything that gets through
  vpc-auditor trace --snapshot snapshot --queries questions.jsonl --format json
  vpc-auditor trace --snapshot snapshot --flow-log-line '2 111122223333 eni-0abc 10.0.0.5 10.0.1.5 49152 443 6 …'
  vpc-auditor trace --snapshot snapshot --from internet --to i-0abc --port 22 --expect not-reachable

Exit codes: 0 answered (or as expected), 1 not as expected, 2 unknown, 64 the question makes no sense.`,
    )
    .action(async (options: TraceOptions) => {
      const { runTrace } = await import('../trace-run.ts');
      await runTrace(options);
    });
}
