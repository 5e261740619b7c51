import { nameOf } from '../../model/tag.ts';
import type { Check } from '../check.ts';
import { flowLog } from '../examples.ts';
import { replacedFlowLog } from '../flow-log-fix.ts';
import { attribute } from '../taking-part.ts';

/** Without these nothing can be told of a flow; the default format has them all (VPC guide, flow log records). */
const essential = [
  'interface-id',
  'srcaddr',
  'dstaddr',
  'srcport',
  'dstport',
  'protocol',
  'packets',
  'bytes',
  'start',
  'end',
  'action',
  'log-status',
] as const;

/** What tells who opened a connection, and who is behind a NAT gateway, load balancer or container network. */
const telling = ['tcp-flags', 'pkt-srcaddr', 'pkt-dstaddr', 'flow-direction'] as const;

const formatOf = (...fields: readonly string[]): string => fields.map((field) => `\${${field}}`).join(' ');
const complete = formatOf(...essential, ...telling);

const check: Check<'flowLogs'> = {
  id: 'flow-log-fields-missing',
  title: 'Flow log leaves out fields that an analysis needs',
  severity: 'informational',
  rationale:
    'The default format tells two addresses and ports, and not who called whom, nor which host was behind a NAT gateway or ' +
    'load balancer. The format of a flow log cannot be changed later, and records of the past stay as they were written.',
  remediation:
    'Make a flow log with the default fields and tcp-flags, pkt-srcaddr, pkt-dstaddr and flow-direction beside them, then ' +
    'delete this one.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html'],
  relatedChecks: [],
  judges: 'flowLogs',
  needs: ['flowLogs'],
  examples: {
    fails: [
      {
        title: 'the default format',
        resources: { flowLogs: [flowLog({ LogFormat: formatOf('version', 'account-id', ...essential) })] },
      },
      {
        title: 'a format of one’s own without the ports',
        resources: {
          flowLogs: [flowLog({ LogFormat: formatOf('interface-id', 'srcaddr', 'dstaddr', 'action', ...telling) })],
        },
      },
    ],
    passes: [{ title: 'everything that tells something', resources: { flowLogs: [flowLog({ LogFormat: complete })] } }],
  },
  *evaluate({ flowLogs }, { region }) {
    for (const log of flowLogs) {
      const { flowLogId, flowLogStatus, resourceId = '', logFormat } = log;
      const resource = { type: 'flow-log', id: flowLogId, name: nameOf(log) } as const;
      if (flowLogStatus !== 'ACTIVE' || !/^(vpc|subnet|eni)-/.test(resourceId)) {
        const reason = flowLogStatus === 'ACTIVE' ? 'a transit gateway has fields of its own' : 'it does not run';
        yield { outcome: 'not-applicable', resource, reason };
        continue;
      }
      if (logFormat === undefined) {
        yield { outcome: 'unknown', resource, missing: [{ fact: `LogFormat of ${flowLogId}` }] };
        continue;
      }
      const fields = new Set([...logFormat.matchAll(/\$\{([a-z0-9-]+)\}/g)].map(([, field]) => field));
      const lost = essential.filter((field) => !fields.has(field));
      const silent = telling.filter((field) => !fields.has(field));
      if (lost.length + silent.length === 0) {
        yield { outcome: 'pass', resource };
        continue;
      }
      yield {
        outcome: 'fail',
        resource,
        title: `its records lack ${[...lost, ...silent].join(', ')}`,
        severity: lost.length > 0 ? 'low' : 'informational',
        evidence: [attribute(flowLogId, 'LogFormat', `without ${[...lost, ...silent].join(', ')}`)],
        fix: {
          ...replacedFlowLog(region, resourceId, log, {
            ...log,
            logFormat: withFields(logFormat, [...lost, ...silent]),
          }),
          summary: 'Make a flow log with these fields too, then delete this one.',
        },
      };
    }
  },
};

const withFields = (format: string, more: readonly string[]): string => `${format} ${formatOf(...more)}`;

export default check;
