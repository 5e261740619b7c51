/** A token bucket: how many requests at once, and how many a second after that. */
export interface Bucket {
  readonly capacity: number;
  readonly refillPerSecond: number;
}

/** EC2's published buckets for reading (EC2 API guide, ec2-api-throttling), each per account, Region and action. */
const reading: Bucket = { capacity: 100, refillPerSecond: 20 };
const unpaginated: Bucket = { capacity: 50, refillPerSecond: 10 };

const special: Readonly<Record<string, Bucket>> = {
  DescribeStaleSecurityGroups: { capacity: 20, refillPerSecond: 5 },
  DescribeSecurityGroupReferences: { capacity: 20, refillPerSecond: 5 },
  DescribeByoipCidrs: { capacity: 1, refillPerSecond: 0.5 },
  DescribeMovingAddresses: { capacity: 1, refillPerSecond: 1 },
  DescribeInstanceTopology: { capacity: 1, refillPerSecond: 1 },
  DescribeDeclarativePoliciesReports: { capacity: 5, refillPerSecond: 5 },
  GetDeclarativePoliciesReportSummary: { capacity: 5, refillPerSecond: 5 },
};

const dearWithoutPages: ReadonlySet<string> = new Set([
  'DescribeInstances',
  'DescribeInstanceStatus',
  'DescribeNetworkInterfaces',
  'DescribeSecurityGroups',
  'DescribeSnapshots',
  'DescribeSpotInstanceRequests',
  'DescribeVolumes',
]);

/** The bucket that a request draws on. */
export function bucketOf(operation: string, isUnpaginated: boolean): Bucket {
  return special[operation] ?? (isUnpaginated && dearWithoutPages.has(operation) ? unpaginated : reading);
}

/** Counts requests against their buckets; the clock is given, so that tests need not wait. */
export interface Throttle {
  /** Takes a token; `false` where the bucket is empty. */
  readonly take: (place: string, operation: string, isUnpaginated: boolean) => boolean;
}

/** A throttle with all buckets full. `now` is in milliseconds. */
export function createThrottle(now: () => number): Throttle {
  const levels = new Map<string, { tokens: number; at: number }>();
  return {
    take: (place, operation, isUnpaginated) => {
      const bucket = bucketOf(operation, isUnpaginated);
      const key = `${place} ${operation} ${bucket.capacity}`;
      const level = levels.get(key) ?? { tokens: bucket.capacity, at: now() };
      const refilled = level.tokens + ((now() - level.at) / 1000) * bucket.refillPerSecond;
      const tokens = Math.min(refilled, bucket.capacity);
      const granted = tokens >= 1;
      levels.set(key, { tokens: granted ? tokens - 1 : tokens, at: now() });
      return granted;
    },
  };
}
