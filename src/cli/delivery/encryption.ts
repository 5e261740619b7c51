/** What asks S3 for SSE-KMS, with the key given or with the one that the bucket names (S3 API reference, PutObject). */
export const encryption = (kmsKey: string | undefined): Readonly<Record<string, string>> => ({
  ServerSideEncryption: 'aws:kms',
  ...(kmsKey === undefined ? {} : { SSEKMSKeyId: kmsKey }),
});
