import { describe, expect, it } from 'vitest';
import check from '../../../src/auditors/flow-logs/flow-log-failing.ts';
import { flowLog, type Item } from '../../../src/auditors/examples.ts';
import { judge } from '../judge.ts';

const judged = (members: Item) => judge(check, { flowLogs: [flowLog(members)] });

describe('F20 delivery counts', () => {
  it('fails with the reason that AWS gives', () => {
    const [failure] = judged({ DeliverLogsStatus: 'FAILED', DeliverLogsErrorMessage: 'Rate limited' }).failures;
    expect(failure?.evidence).toContainEqual({
      type: 'attribute',
      resourceId: 'fl-0a1',
      attribute: 'DeliverLogsErrorMessage',
      value: 'Rate limited',
    });
  });

  it('fails a log that has stopped, whatever it delivered before', () => {
    expect(judged({ FlowLogStatus: 'INACTIVE' }).failures[0]?.evidence[0]).toMatchObject({
      attribute: 'FlowLogStatus',
    });
  });

  it('is not judged before the first attempt', () => {
    expect(judged({ DeliverLogsStatus: undefined }).notApplicable).toHaveLength(1);
  });
});
