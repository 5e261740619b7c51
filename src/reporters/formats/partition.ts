/** The partition that an ARN names, such as `aws` or `aws-us-gov`; nothing where the text is no ARN. */
export const partitionOf = (arn: string): string | undefined => /^arn:(aws[a-z-]*):/.exec(arn)?.[1];
