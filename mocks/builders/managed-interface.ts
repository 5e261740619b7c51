import {
  buildNetworkInterface,
  type NetworkInterfaceBuilder,
  type NetworkInterfaceOptions,
  type SubnetPlace,
} from './network-interface.ts';
import type { RegionState } from './state.ts';

/** The services whose interfaces appear in a customer's subnets. */
export type InterfaceCreator = 'efs' | 'lambda' | 'branch' | 'rds' | 'elasticache' | 'redshift' | 'workspaces' | 'eks';

/** What each creator writes into its interfaces; wording as seen in answers, where it was seen. */
const creators: Readonly<Record<InterfaceCreator, NetworkInterfaceOptions>> = {
  efs: {
    interfaceType: 'efs',
    requesterManaged: true,
    description: 'EFS mount target for fs-0123456789abcdef0 (fsmt-0123456789abcdef0)',
    attachedBy: 'amazon-aws',
  },
  lambda: {
    interfaceType: 'lambda',
    requesterManaged: false,
    description: 'AWS Lambda VPC ENI-function-8c7ac78b-e11d-4dea-8a47-ab2bdeba9bf5',
    attachedBy: 'amazon-aws',
  },
  branch: { interfaceType: 'branch', requesterManaged: false, description: 'aws-k8s-branch-eni', status: 'in-use' },
  rds: {
    requesterManaged: true,
    requesterId: 'amazon-rds',
    description: 'RDSNetworkInterface',
    attachedBy: 'amazon-rds',
  },
  elasticache: {
    requesterManaged: true,
    requesterId: 'amazon-elasticache',
    description: 'ElastiCache cache-001',
    attachedBy: 'amazon-elasticache',
  },
  redshift: {
    requesterManaged: true,
    requesterId: 'amazon-redshift',
    description: 'RedshiftNetworkInterface',
    attachedBy: 'amazon-redshift',
  },
  workspaces: {
    requesterManaged: true,
    description: 'AWS created network interface for directory d-0123456789',
    attachedBy: 'amazon-aws',
  },
  eks: {
    requesterManaged: true,
    requesterId: 'amazon-eks',
    description: 'Amazon EKS cluster',
    attachedBy: 'amazon-aws',
  },
};

/** The interface that a service puts into a subnet, with the marks by which it is known. */
export function buildManagedInterface(
  state: RegionState,
  subnet: SubnetPlace,
  creator: InterfaceCreator,
  options: NetworkInterfaceOptions = {},
): NetworkInterfaceBuilder {
  return buildNetworkInterface(state, subnet, { ...creators[creator], ...options });
}
