import type { Connection } from '../aws/connect.ts';
import type { Account } from '../aws/identify.ts';
import type { RegionName } from '../model/id.ts';
import type { SnapshotWriter } from '../model/snapshot/write.ts';
import type { Earlier } from './earlier.ts';
import type { RegionProgress } from './progress.ts';
import type { Row } from './row.ts';
import type { Stop } from './stop.ts';

/** One account and Region to be collected. */
export interface RegionTask {
  readonly connection: Connection;
  readonly account: Account;
  readonly region: RegionName;
  readonly rows: readonly Row[];
  readonly writer: SnapshotWriter;
  readonly progress: RegionProgress;
  readonly stop: Stop;
  /** What an earlier run of the same collection has read already. */
  readonly earlier: Earlier;
}
