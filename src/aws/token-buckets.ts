import type { AwsService, Operation } from './operation.ts';

/** A token bucket: so many requests at once, then so many a second. */
export interface TokenBucket {
  /** What shares the bucket, within one account and Region. */
  readonly name: string;
  readonly capacity: number;
  readonly refillPerSecond: number;
}

/** EC2 gives each action a bucket of its own (EC2 Developer Guide, "Request throttling for the Amazon EC2 API"). */
const ec2Buckets: Readonly<Record<string, readonly [capacity: number, refillPerSecond: number]>> = {
  DescribeStaleSecurityGroups: [20, 5],
  DescribeSecurityGroupReferences: [20, 5],
  DescribeByoipCidrs: [1, 0.5],
  DescribeMovingAddresses: [1, 1],
  DescribeInstanceTopology: [1, 1],
  DescribeDeclarativePoliciesReports: [5, 5],
  GetDeclarativePoliciesReportSummary: [5, 5],
  DescribeVerifiedAccessInstanceLoggingConfigurations: [10, 2],
};
const ec2Default = [100, 20] as const;

/**
 * Elastic Load Balancing gives all reads of one API version one bucket (Elastic Load Balancing User Guide, "Request
 * throttling for the Elastic Load Balancing API"). CloudWatch
 * publishes 9 requests a second for DescribeAlarms, CloudWatch Logs 5 for DescribeMetricFilters and 10 for
 * DescribeLogGroups, Route 53 Resolver 5 (their quota pages). The others publish no bucket: these are cautious.
 */
const serviceBuckets: Readonly<
  Record<Exclude<AwsService, 'ec2'>, readonly [capacity: number, refillPerSecond: number]>
> = {
  elb: [40, 10],
  elbv2: [40, 10],
  'network-firewall': [10, 5],
  directconnect: [10, 5],
  route53resolver: [5, 5],
  cloudwatch: [9, 9],
  logs: [5, 5],
  sts: [50, 20],
  organizations: [8, 5],
};

/** The bucket that an operation draws on. */
export function tokenBucketOf({ service, operation }: Operation): TokenBucket {
  if (service === 'ec2') {
    const [capacity, refillPerSecond] = ec2Buckets[operation] ?? ec2Default;
    return { name: `ec2:${operation}`, capacity, refillPerSecond };
  }
  const [capacity, refillPerSecond] = serviceBuckets[service];
  return { name: service, capacity, refillPerSecond };
}
