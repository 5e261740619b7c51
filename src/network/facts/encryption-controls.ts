import type { VpcEncryptionControl } from '../../model/resources/vpc-encryption-control.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { derive, type Derived } from './derive.ts';
import { compareText, everywhere } from './inventory.ts';

const controls = everywhere('vpcEncryptionControls');

/** The encryption control in mode `enforce` of each VPC that has one (VPC guide, VPC encryption controls). */
export const enforcedEncryptionOfVpc: Derived<Snapshot, ReadonlyMap<string, VpcEncryptionControl>> = derive(
  (snapshot) =>
    new Map(
      controls(snapshot)
        .map(({ resource }) => resource)
        .filter(({ mode, state }) => mode === 'enforce' && state !== 'deleted')
        .sort((a, b) => compareText(a.vpcEncryptionControlId, b.vpcEncryptionControlId))
        .flatMap((control) => (control.vpcId === undefined ? [] : [[control.vpcId, control] as const])),
    ),
);
