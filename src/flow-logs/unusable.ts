/** The flow logs cannot be used as asked: one sentence that says what, where and what to do. Exit code 64. */
export class FlowLogsUnusable extends Error {
  override readonly name = 'FlowLogsUnusable';
}
