import type { Snapshot } from '../model/snapshot/snapshot.ts';
import { derive, type Derived } from '../network/facts/derive.ts';
import { securityGroupById } from '../network/facts/resources-by-id.ts';

/** The groups that a rule of another group names, in whatever account that group is. */
export const referencedGroups: Derived<Snapshot, ReadonlySet<string>> = derive((snapshot) => {
  const referenced = new Set<string>();
  for (const { resource } of securityGroupById(snapshot).values()) {
    for (const { userIdGroupPairs } of [...resource.ipPermissions, ...resource.ipPermissionsEgress]) {
      for (const { groupId } of userIdGroupPairs) {
        if (groupId !== undefined && groupId !== resource.groupId) referenced.add(groupId);
      }
    }
  }
  return referenced;
});
