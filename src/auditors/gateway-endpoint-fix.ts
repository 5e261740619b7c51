import type { VpcEndpoint } from '../model/resources/vpc-endpoint.ts';
import type { Fix } from '../model/verdict/verdict.ts';
import { awsCli } from './aws-cli.ts';
import { terraformResource } from './terraform.ts';

/** Where a gateway endpoint is missing. */
export interface GatewayGap {
  readonly vpcId: string | undefined;
  readonly routeTableId: string;
  readonly serviceName: string;
}

/** Brings a route to the service into the table: from the endpoint that the VPC has, else from a new one. */
export function gatewayEndpointFix(region: string, gap: GatewayGap, existing: VpcEndpoint | undefined): Fix {
  const { vpcId = '', routeTableId, serviceName } = gap;
  if (existing !== undefined) {
    const { vpcEndpointId } = existing;
    return {
      summary: 'Associate the gateway endpoint of the VPC with the route table.',
      cli: [
        awsCli(region, 'ec2', 'modify-vpc-endpoint', {
          'vpc-endpoint-id': vpcEndpointId,
          'add-route-table-ids': [routeTableId],
        }),
      ],
      terraform: terraformResource('aws_vpc_endpoint_route_table_association', routeTableId, {
        route_table_id: routeTableId,
        vpc_endpoint_id: vpcEndpointId,
      }),
    };
  }
  return {
    summary: 'Make a gateway endpoint and associate it with the route table.',
    cli: [
      awsCli(region, 'ec2', 'create-vpc-endpoint', {
        'vpc-id': vpcId,
        'service-name': serviceName,
        'vpc-endpoint-type': 'Gateway',
        'route-table-ids': [routeTableId],
      }),
    ],
    terraform: terraformResource('aws_vpc_endpoint', serviceName, {
      vpc_id: vpcId,
      service_name: serviceName,
      vpc_endpoint_type: 'Gateway',
      route_table_ids: [routeTableId],
    }),
  };
}
