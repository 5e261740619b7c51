import type { AttributeEvidence, ResourceEvidence } from '../model/verdict/evidence.ts';

/** So many resources are named as evidence; a title that counts them counts all. */
const mostNamed = 20;

/** Resources that take part in a verdict, as evidence: sorted, and no more than anybody would read. */
export const takingPart = (resourceType: string, ids: readonly string[], role: string): readonly ResourceEvidence[] =>
  ids
    .toSorted()
    .slice(0, mostNamed)
    .map((resourceId) => ({ type: 'resource', resourceType, resourceId, role }));

/** A member of a resource with its value, as evidence. */
export const attribute = (resourceId: string, name: string, value: string): AttributeEvidence => ({
  type: 'attribute',
  resourceId,
  attribute: name,
  value,
});
