/** A resource of AWS, or anything else with a type and an id, as a place in SARIF. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
  readonly type: string;
  readonly id: string;
  readonly arn?: string;
}

/**
 * A place that viewers of source code can show. SARIF knows files and GitHub refuses a result without one, so a resource
 * has the path `aws/ACCOUNT/REGION/TYPE/ID`, the same in every run, and is what it is in its logical location.
 */
export function locationOf({ accountId, region, type, id, arn }: Place): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: ['aws', accountId, region, type, id].map(pathSegment).join('/') },
      region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
    },
    logicalLocations: [{ name: id, fullyQualifiedName: arn ?? id, kind: 'resource' }],
  };
}

/** One segment of a relative URI: never empty and no step to another folder, which `..` is even escaped (WHATWG URL). */
function pathSegment(text: string): string {
  const encoded = encodeURIComponent(text.replaceAll(/\p{Cs}/gu, '\uFFFD'));
  return /^\.*$/.test(encoded) ? `_${encoded}` : encoded;
}
