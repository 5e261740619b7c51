import { describe, expect, it } from 'vitest';
import check from '../../../src/auditors/flow-logs/flow-log-partial.ts';
import { flowLog, type Item, networkInterface, subnet } from '../../../src/auditors/examples.ts';
import { judge } from '../judge.ts';

const log = (FlowLogId: string, ResourceId: string, TrafficType: string, members: Item = {}): Item =>
  flowLog({ FlowLogId, ResourceId, TrafficType, ...members });
const failing = (...logs: readonly Item[]): readonly string[] =>
  judge(check, { subnets: [subnet()], networkInterfaces: [networkInterface()], flowLogs: logs }).failures.map(
    ({ resource }) => resource.id,
  );

describe('F20 what a flow log records counts', () => {
  it('takes two halves for the whole', () => {
    expect(failing(log('fl-1', 'vpc-0a1', 'ACCEPT'), log('fl-2', 'vpc-0a1', 'REJECT'))).toEqual([]);
    expect(failing(log('fl-1', 'vpc-0a1', 'ACCEPT'), log('fl-2', 'vpc-0a1', 'ACCEPT'))).toEqual(['fl-1', 'fl-2']);
  });

  it('looks for the other half around the resource, not inside it', () => {
    expect(failing(log('fl-1', 'eni-0a1', 'ACCEPT'), log('fl-2', 'vpc-0a1', 'REJECT'))).toEqual(['fl-2']);
  });

  it('counts no half that does not run', () => {
    expect(
      failing(log('fl-1', 'vpc-0a1', 'ACCEPT'), log('fl-2', 'vpc-0a1', 'ALL', { FlowLogStatus: 'INACTIVE' })),
    ).toEqual(['fl-1']);
  });

  it('knows that logs of transit gateways have no traffic type', () => {
    expect(failing(flowLog({ ResourceId: 'tgw-0a1', TrafficType: undefined }))).toEqual([]);
  });

  it('replaces the log before it deletes it', () => {
    const resources = { flowLogs: [log('fl-1', 'vpc-0a1', 'ACCEPT')] };
    const cli = judge(check, resources).failures[0]?.fix?.cli ?? [];
    expect(cli.map((line) => line.split(' ')[2])).toEqual(['create-flow-logs', 'delete-flow-logs']);
  });
});
