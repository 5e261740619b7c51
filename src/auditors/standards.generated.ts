// Written by `npm run generate` from the files in standards/; do not edit.
import type { Standard } from './standard.ts';

/** Every standard, in alphabetical order. */
export const standards: readonly Standard[] = [
{
  "id": "cis-3.0",
  "name": "CIS AWS Foundations 3.0",
  "scope": "The network controls of the sections on logging, monitoring and networking",
  "source": "https://www.cisecurity.org/benchmark/amazon_web_services",
  "controls": [
    {
      "id": "3.7",
      "title": "Flow logs are on in all VPCs",
      "level": 2,
      "mode": "automated",
      "checks": [
        {
          "check": "flow-log-missing"
        },
        {
          "check": "flow-log-failing"
        }
      ]
    },
    {
      "id": "4.10",
      "title": "Changes of security groups raise an alarm",
      "level": 2,
      "mode": "automated",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "SecurityGroupChanges"
        }
      ]
    },
    {
      "id": "4.11",
      "title": "Changes of network ACLs raise an alarm",
      "level": 2,
      "mode": "automated",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "NetworkAclChanges"
        }
      ]
    },
    {
      "id": "4.12",
      "title": "Changes of network gateways raise an alarm",
      "level": 1,
      "mode": "automated",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "GatewayChanges"
        }
      ]
    },
    {
      "id": "4.13",
      "title": "Changes of route tables raise an alarm",
      "level": 1,
      "mode": "automated",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "RouteTableChanges"
        }
      ]
    },
    {
      "id": "4.14",
      "title": "Changes of VPCs raise an alarm",
      "level": 1,
      "mode": "automated",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "VpcChanges"
        }
      ]
    },
    {
      "id": "5.1",
      "title": "No network ACL admits the internet to ports of administration",
      "level": 1,
      "mode": "automated",
      "checks": [
        {
          "check": "network-acl-admin-ports-open-to-internet"
        }
      ]
    },
    {
      "id": "5.2",
      "title": "No security group admits 0.0.0.0/0 to ports of administration",
      "level": 1,
      "mode": "automated",
      "checks": [
        {
          "check": "security-group-open-to-internet",
          "ports": [
            22,
            3389
          ],
          "family": "ipv4"
        }
      ]
    },
    {
      "id": "5.3",
      "title": "No security group admits ::/0 to ports of administration",
      "level": 1,
      "mode": "automated",
      "checks": [
        {
          "check": "security-group-open-to-internet",
          "ports": [
            22,
            3389
          ],
          "family": "ipv6"
        }
      ]
    },
    {
      "id": "5.4",
      "title": "The default security group restricts all traffic",
      "level": 2,
      "mode": "automated",
      "checks": [
        {
          "check": "security-group-default-in-use"
        }
      ]
    },
    {
      "id": "5.5",
      "title": "Route tables for peering lead no further than needed",
      "level": 2,
      "mode": "manual",
      "checks": [
        {
          "check": "vpc-peering-routes-too-wide"
        }
      ]
    }
  ]
},
{
  "id": "cis-4.0",
  "name": "CIS AWS Foundations 4.0",
  "scope": "The network controls of the sections on logging, monitoring and networking",
  "source": "https://www.cisecurity.org/benchmark/amazon_web_services",
  "controls": [
    {
      "id": "3.7",
      "title": "Flow logs are on in all VPCs",
      "level": 2,
      "mode": "automated",
      "checks": [
        {
          "check": "flow-log-missing"
        },
        {
          "check": "flow-log-failing"
        }
      ]
    },
    {
      "id": "4.10",
      "title": "Changes of security groups raise an alarm",
      "level": 2,
      "mode": "manual",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "SecurityGroupChanges"
        }
      ]
    },
    {
      "id": "4.11",
      "title": "Changes of network ACLs raise an alarm",
      "level": 2,
      "mode": "manual",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "NetworkAclChanges"
        }
      ]
    },
    {
      "id": "4.12",
      "title": "Changes of network gateways raise an alarm",
      "level": 1,
      "mode": "manual",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "GatewayChanges"
        }
      ]
    },
    {
      "id": "4.13",
      "title": "Changes of route tables raise an alarm",
      "level": 1,
      "mode": "manual",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "RouteTableChanges"
        }
      ]
    },
    {
      "id": "4.14",
      "title": "Changes of VPCs raise an alarm",
      "level": 1,
      "mode": "manual",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "VpcChanges"
        }
      ]
    },
    {
      "id": "5.1.2",
      "title": "CIFS is open to trusted networks only",
      "level": 1,
      "mode": "manual",
      "checks": [
        {
          "check": "security-group-open-to-internet",
          "ports": [
            445
          ]
        }
      ]
    },
    {
      "id": "5.2",
      "title": "No network ACL admits the internet to ports of administration",
      "level": 1,
      "mode": "automated",
      "checks": [
        {
          "check": "network-acl-admin-ports-open-to-internet"
        }
      ]
    },
    {
      "id": "5.3",
      "title": "No security group admits 0.0.0.0/0 to ports of administration",
      "level": 1,
      "mode": "automated",
      "checks": [
        {
          "check": "security-group-open-to-internet",
          "ports": [
            22,
            3389
          ],
          "family": "ipv4"
        }
      ]
    },
    {
      "id": "5.4",
      "title": "No security group admits ::/0 to ports of administration",
      "level": 1,
      "mode": "automated",
      "checks": [
        {
          "check": "security-group-open-to-internet",
          "ports": [
            22,
            3389
          ],
          "family": "ipv6"
        }
      ]
    },
    {
      "id": "5.5",
      "title": "The default security group restricts all traffic",
      "level": 2,
      "mode": "automated",
      "checks": [
        {
          "check": "security-group-default-in-use"
        }
      ]
    },
    {
      "id": "5.6",
      "title": "Route tables for peering lead no further than needed",
      "level": 2,
      "mode": "manual",
      "checks": [
        {
          "check": "vpc-peering-routes-too-wide"
        }
      ]
    }
  ]
},
{
  "id": "cis-5.0",
  "name": "CIS AWS Foundations 5.0",
  "scope": "The network controls of the sections on logging, monitoring and networking",
  "source": "https://www.cisecurity.org/benchmark/amazon_web_services",
  "controls": [
    {
      "id": "3.7",
      "title": "Flow logs are on in all VPCs",
      "level": 2,
      "mode": "automated",
      "checks": [
        {
          "check": "flow-log-missing"
        },
        {
          "check": "flow-log-failing"
        }
      ]
    },
    {
      "id": "4.10",
      "title": "Changes of security groups raise an alarm",
      "level": 2,
      "mode": "manual",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "SecurityGroupChanges"
        }
      ]
    },
    {
      "id": "4.11",
      "title": "Changes of network ACLs raise an alarm",
      "level": 2,
      "mode": "manual",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "NetworkAclChanges"
        }
      ]
    },
    {
      "id": "4.12",
      "title": "Changes of network gateways raise an alarm",
      "level": 1,
      "mode": "manual",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "GatewayChanges"
        }
      ]
    },
    {
      "id": "4.13",
      "title": "Changes of route tables raise an alarm",
      "level": 1,
      "mode": "manual",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "RouteTableChanges"
        }
      ]
    },
    {
      "id": "4.14",
      "title": "Changes of VPCs raise an alarm",
      "level": 1,
      "mode": "manual",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "VpcChanges"
        }
      ]
    },
    {
      "id": "5.1.2",
      "title": "CIFS is open to trusted networks only",
      "level": 1,
      "mode": "automated",
      "checks": [
        {
          "check": "security-group-open-to-internet",
          "ports": [
            445
          ]
        }
      ]
    },
    {
      "id": "5.2",
      "title": "No network ACL admits the internet to ports of administration",
      "level": 1,
      "mode": "automated",
      "checks": [
        {
          "check": "network-acl-admin-ports-open-to-internet"
        }
      ]
    },
    {
      "id": "5.3",
      "title": "No security group admits 0.0.0.0/0 to ports of administration",
      "level": 1,
      "mode": "automated",
      "checks": [
        {
          "check": "security-group-open-to-internet",
          "ports": [
            22,
            3389
          ],
          "family": "ipv4"
        }
      ]
    },
    {
      "id": "5.4",
      "title": "No security group admits ::/0 to ports of administration",
      "level": 1,
      "mode": "automated",
      "checks": [
        {
          "check": "security-group-open-to-internet",
          "ports": [
            22,
            3389
          ],
          "family": "ipv6"
        }
      ]
    },
    {
      "id": "5.5",
      "title": "The default security group restricts all traffic",
      "level": 2,
      "mode": "automated",
      "checks": [
        {
          "check": "security-group-default-in-use"
        }
      ]
    },
    {
      "id": "5.6",
      "title": "Route tables for peering lead no further than needed",
      "level": 2,
      "mode": "manual",
      "checks": [
        {
          "check": "vpc-peering-routes-too-wide"
        }
      ]
    }
  ]
},
{
  "id": "cis-6.0",
  "name": "CIS AWS Foundations 6.0",
  "scope": "The network controls of the sections on logging, monitoring and networking",
  "source": "https://www.cisecurity.org/benchmark/amazon_web_services",
  "controls": [
    {
      "id": "4.7",
      "title": "Flow logs are on in all VPCs",
      "level": 2,
      "mode": "automated",
      "checks": [
        {
          "check": "flow-log-missing"
        },
        {
          "check": "flow-log-failing"
        }
      ]
    },
    {
      "id": "5.10",
      "title": "Changes of security groups raise an alarm",
      "level": 2,
      "mode": "manual",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "SecurityGroupChanges"
        }
      ]
    },
    {
      "id": "5.11",
      "title": "Changes of network ACLs raise an alarm",
      "level": 2,
      "mode": "manual",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "NetworkAclChanges"
        }
      ]
    },
    {
      "id": "5.12",
      "title": "Changes of network gateways raise an alarm",
      "level": 1,
      "mode": "manual",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "GatewayChanges"
        }
      ]
    },
    {
      "id": "5.13",
      "title": "Changes of route tables raise an alarm",
      "level": 1,
      "mode": "manual",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "RouteTableChanges"
        }
      ]
    },
    {
      "id": "5.14",
      "title": "Changes of VPCs raise an alarm",
      "level": 1,
      "mode": "manual",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "VpcChanges"
        }
      ]
    },
    {
      "id": "6.1.2",
      "title": "CIFS is open to trusted networks only",
      "level": 1,
      "mode": "automated",
      "checks": [
        {
          "check": "security-group-open-to-internet",
          "ports": [
            445
          ]
        }
      ]
    },
    {
      "id": "6.2",
      "title": "No network ACL admits the internet to ports of administration",
      "level": 1,
      "mode": "automated",
      "checks": [
        {
          "check": "network-acl-admin-ports-open-to-internet"
        }
      ]
    },
    {
      "id": "6.3",
      "title": "No security group admits 0.0.0.0/0 to ports of administration",
      "level": 1,
      "mode": "automated",
      "checks": [
        {
          "check": "security-group-open-to-internet",
          "ports": [
            22,
            3389
          ],
          "family": "ipv4"
        }
      ]
    },
    {
      "id": "6.4",
      "title": "No security group admits ::/0 to ports of administration",
      "level": 1,
      "mode": "automated",
      "checks": [
        {
          "check": "security-group-open-to-internet",
          "ports": [
            22,
            3389
          ],
          "family": "ipv6"
        }
      ]
    },
    {
      "id": "6.5",
      "title": "The default security group restricts all traffic",
      "level": 2,
      "mode": "automated",
      "checks": [
        {
          "check": "security-group-default-in-use"
        }
      ]
    },
    {
      "id": "6.6",
      "title": "Route tables for peering lead no further than needed",
      "level": 2,
      "mode": "manual",
      "checks": [
        {
          "check": "vpc-peering-routes-too-wide"
        }
      ]
    }
  ]
},
{
  "id": "cis-7.0",
  "name": "CIS AWS Foundations 7.0",
  "scope": "The network controls of the sections on logging, monitoring and networking",
  "source": "https://www.cisecurity.org/benchmark/amazon_web_services",
  "controls": [
    {
      "id": "4.7",
      "title": "Flow logs are on in all VPCs",
      "level": 2,
      "mode": "automated",
      "checks": [
        {
          "check": "flow-log-missing"
        },
        {
          "check": "flow-log-failing"
        }
      ]
    },
    {
      "id": "5.10",
      "title": "Changes of security groups raise an alarm",
      "level": 2,
      "mode": "manual",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "SecurityGroupChanges"
        }
      ]
    },
    {
      "id": "5.11",
      "title": "Changes of network ACLs raise an alarm",
      "level": 2,
      "mode": "manual",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "NetworkAclChanges"
        }
      ]
    },
    {
      "id": "5.12",
      "title": "Changes of network gateways raise an alarm",
      "level": 1,
      "mode": "manual",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "GatewayChanges"
        }
      ]
    },
    {
      "id": "5.13",
      "title": "Changes of route tables raise an alarm",
      "level": 1,
      "mode": "manual",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "RouteTableChanges"
        }
      ]
    },
    {
      "id": "5.14",
      "title": "Changes of VPCs raise an alarm",
      "level": 1,
      "mode": "manual",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes",
          "attribute": "VpcChanges"
        }
      ]
    },
    {
      "id": "6.1.2",
      "title": "CIFS is open to trusted networks only",
      "level": 1,
      "mode": "automated",
      "checks": [
        {
          "check": "security-group-open-to-internet",
          "ports": [
            445
          ]
        }
      ]
    },
    {
      "id": "6.2",
      "title": "No network ACL admits the internet to ports of administration",
      "level": 1,
      "mode": "automated",
      "checks": [
        {
          "check": "network-acl-admin-ports-open-to-internet"
        }
      ]
    },
    {
      "id": "6.3",
      "title": "No security group admits 0.0.0.0/0 to ports of administration",
      "level": 1,
      "mode": "automated",
      "checks": [
        {
          "check": "security-group-open-to-internet",
          "ports": [
            22,
            3389
          ],
          "family": "ipv4"
        }
      ]
    },
    {
      "id": "6.4",
      "title": "No security group admits ::/0 to ports of administration",
      "level": 1,
      "mode": "automated",
      "checks": [
        {
          "check": "security-group-open-to-internet",
          "ports": [
            22,
            3389
          ],
          "family": "ipv6"
        }
      ]
    },
    {
      "id": "6.5",
      "title": "The default security group restricts all traffic",
      "level": 2,
      "mode": "automated",
      "checks": [
        {
          "check": "security-group-default-in-use"
        }
      ]
    },
    {
      "id": "6.6",
      "title": "Route tables for peering lead no further than needed",
      "level": 2,
      "mode": "manual",
      "checks": [
        {
          "check": "vpc-peering-routes-too-wide"
        }
      ]
    },
    {
      "id": "6.8",
      "title": "VPC endpoints are used for services of AWS",
      "level": 2,
      "mode": "manual",
      "checks": [
        {
          "check": "vpc-endpoint-gateway-missing"
        },
        {
          "check": "vpc-endpoint-interface-missing"
        }
      ]
    }
  ]
},
{
  "id": "fsbp",
  "name": "AWS FSBP",
  "scope": "The controls EC2.*, NetworkFirewall.* and AutoScaling.5 that are about networks",
  "source": "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html",
  "controls": [
    {
      "id": "EC2.2",
      "title": "The default security group allows no traffic",
      "checks": [
        {
          "check": "security-group-default-in-use"
        }
      ]
    },
    {
      "id": "EC2.6",
      "title": "VPCs have flow logs",
      "checks": [
        {
          "check": "flow-log-missing"
        },
        {
          "check": "flow-log-failing"
        }
      ]
    },
    {
      "id": "EC2.9",
      "title": "Instances have no public IPv4 address",
      "checks": [
        {
          "check": "instance-public-ip"
        }
      ]
    },
    {
      "id": "EC2.10",
      "title": "VPCs have an endpoint for the EC2 API",
      "checks": [
        {
          "check": "vpc-endpoint-interface-missing",
          "endpointService": "ec2"
        }
      ]
    },
    {
      "id": "EC2.12",
      "title": "No Elastic IP address is unused",
      "checks": [
        {
          "check": "elastic-ip-unassociated"
        }
      ]
    },
    {
      "id": "EC2.13",
      "title": "Port 22 is not open to the internet",
      "checks": [
        {
          "check": "security-group-open-to-internet",
          "ports": [
            22
          ]
        }
      ]
    },
    {
      "id": "EC2.14",
      "title": "Port 3389 is not open to the internet",
      "checks": [
        {
          "check": "security-group-open-to-internet",
          "ports": [
            3389
          ]
        }
      ]
    },
    {
      "id": "EC2.15",
      "title": "Subnets give out no public addresses by themselves",
      "checks": [
        {
          "check": "subnet-public-ip-on-launch"
        }
      ]
    },
    {
      "id": "EC2.16",
      "title": "No network ACL is unused",
      "checks": [
        {
          "check": "network-acl-unused"
        }
      ]
    },
    {
      "id": "EC2.17",
      "title": "Instances have one network interface",
      "checks": [
        {
          "check": "instance-joins-subnets"
        }
      ]
    },
    {
      "id": "EC2.18",
      "title": "Only authorised ports are open to the internet",
      "checks": [
        {
          "check": "security-group-open-to-internet",
          "exceptPorts": [
            80,
            443
          ]
        }
      ]
    },
    {
      "id": "EC2.19",
      "title": "Ports of high risk are not open to the internet",
      "checks": [
        {
          "check": "security-group-open-to-internet",
          "ports": [
            20,
            21,
            22,
            23,
            25,
            110,
            135,
            143,
            445,
            1433,
            1434,
            3000,
            3306,
            3389,
            4333,
            5000,
            5432,
            5500,
            5601,
            8080,
            8088,
            8888,
            9200,
            9300
          ]
        }
      ]
    },
    {
      "id": "EC2.20",
      "title": "Both tunnels of a VPN connection are up",
      "checks": [
        {
          "check": "vpn-connection-tunnel-down"
        }
      ]
    },
    {
      "id": "EC2.21",
      "title": "Network ACLs do not admit the internet to ports 22 and 3389",
      "checks": [
        {
          "check": "network-acl-admin-ports-open-to-internet",
          "ports": [
            22,
            3389
          ]
        }
      ]
    },
    {
      "id": "EC2.23",
      "title": "Transit gateways do not accept attachments by themselves",
      "checks": [
        {
          "check": "transit-gateway-accepts-by-itself"
        }
      ]
    },
    {
      "id": "EC2.25",
      "title": "Launch templates give no public address",
      "checks": [
        {
          "check": "launch-template-public-ip"
        }
      ]
    },
    {
      "id": "EC2.51",
      "title": "Client VPN endpoints log connections",
      "checks": [
        {
          "check": "client-vpn-connection-log-off"
        }
      ]
    },
    {
      "id": "EC2.53",
      "title": "Ports of administration are not open to 0.0.0.0/0",
      "checks": [
        {
          "check": "security-group-open-to-internet",
          "ports": [
            22,
            3389
          ],
          "family": "ipv4"
        }
      ]
    },
    {
      "id": "EC2.54",
      "title": "Ports of administration are not open to ::/0",
      "checks": [
        {
          "check": "security-group-open-to-internet",
          "ports": [
            22,
            3389
          ],
          "family": "ipv6"
        }
      ]
    },
    {
      "id": "EC2.55",
      "title": "VPCs have an endpoint for the API of the container registry",
      "checks": [
        {
          "check": "vpc-endpoint-interface-missing",
          "endpointService": "ecr.api"
        }
      ]
    },
    {
      "id": "EC2.56",
      "title": "VPCs have an endpoint for the images of the container registry",
      "checks": [
        {
          "check": "vpc-endpoint-interface-missing",
          "endpointService": "ecr.dkr"
        }
      ]
    },
    {
      "id": "EC2.57",
      "title": "VPCs have an endpoint for Systems Manager",
      "checks": [
        {
          "check": "vpc-endpoint-interface-missing",
          "endpointService": "ssm"
        }
      ]
    },
    {
      "id": "EC2.58",
      "title": "VPCs have an endpoint for contacts of Incident Manager",
      "notCovered": "Whether anybody uses Incident Manager cannot be seen in the network."
    },
    {
      "id": "EC2.60",
      "title": "VPCs have an endpoint for Incident Manager",
      "notCovered": "Whether anybody uses Incident Manager cannot be seen in the network."
    },
    {
      "id": "EC2.171",
      "title": "VPN connections log both tunnels",
      "checks": [
        {
          "check": "vpn-connection-logging-off"
        }
      ]
    },
    {
      "id": "EC2.172",
      "title": "VPC Block Public Access blocks internet gateways",
      "checks": [
        {
          "check": "vpc-block-public-access-off"
        }
      ]
    },
    {
      "id": "EC2.180",
      "title": "Network interfaces check source and destination",
      "checks": [
        {
          "check": "network-interface-source-dest-check-off"
        }
      ]
    },
    {
      "id": "EC2.183",
      "title": "VPN connections use IKEv2",
      "checks": [
        {
          "check": "vpn-connection-ikev1-allowed"
        }
      ]
    },
    {
      "id": "AutoScaling.5",
      "title": "Launch configurations give no public address",
      "notCovered": "Launch configurations are not collected; launch templates, which replace them, are EC2.25."
    },
    {
      "id": "NetworkFirewall.1",
      "title": "Firewalls stand in several zones",
      "checks": [
        {
          "check": "network-firewall-single-zone"
        }
      ]
    },
    {
      "id": "NetworkFirewall.2",
      "title": "Firewalls log",
      "checks": [
        {
          "check": "network-firewall-logging-off"
        }
      ]
    },
    {
      "id": "NetworkFirewall.3",
      "title": "Policies have a rule group",
      "checks": [
        {
          "check": "firewall-policy-without-rule-groups"
        }
      ]
    },
    {
      "id": "NetworkFirewall.4",
      "title": "Policies drop or forward full packets",
      "checks": [
        {
          "check": "firewall-policy-passes-by-default",
          "attribute": "StatelessDefaultActions"
        }
      ]
    },
    {
      "id": "NetworkFirewall.5",
      "title": "Policies drop or forward fragments",
      "checks": [
        {
          "check": "firewall-policy-passes-by-default",
          "attribute": "StatelessFragmentDefaultActions"
        }
      ]
    },
    {
      "id": "NetworkFirewall.6",
      "title": "Stateless rule groups are not empty",
      "checks": [
        {
          "check": "firewall-rule-group-empty"
        }
      ]
    },
    {
      "id": "NetworkFirewall.9",
      "title": "Firewalls are protected from deletion",
      "checks": [
        {
          "check": "network-firewall-unprotected",
          "attribute": "DeleteProtection"
        }
      ]
    },
    {
      "id": "NetworkFirewall.10",
      "title": "Firewalls are protected from a change of subnets",
      "checks": [
        {
          "check": "network-firewall-unprotected",
          "attribute": "SubnetChangeProtection"
        }
      ]
    }
  ]
},
{
  "id": "nist-800-53-r5",
  "name": "NIST 800-53 r5",
  "scope": "The controls to which Security Hub relates its network controls; a control asks for more than these checks",
  "source": "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html",
  "controls": [
    {
      "id": "AC-3",
      "title": "Access enforcement",
      "checks": [
        {
          "check": "instance-public-ip"
        },
        {
          "check": "subnet-public-ip-on-launch"
        },
        {
          "check": "vpc-endpoint-interface-missing"
        }
      ]
    },
    {
      "id": "AC-3(7)",
      "title": "Role-based access control",
      "checks": [
        {
          "check": "instance-public-ip"
        },
        {
          "check": "subnet-public-ip-on-launch"
        },
        {
          "check": "vpc-endpoint-interface-missing"
        }
      ]
    },
    {
      "id": "AC-4",
      "title": "Information flow enforcement",
      "checks": [
        {
          "check": "instance-public-ip"
        },
        {
          "check": "security-group-default-in-use"
        },
        {
          "check": "security-group-open-to-internet"
        },
        {
          "check": "subnet-public-ip-on-launch"
        },
        {
          "check": "vpc-endpoint-interface-missing"
        }
      ]
    },
    {
      "id": "AC-4(21)",
      "title": "Physical or logical separation of information flows",
      "checks": [
        {
          "check": "firewall-rule-group-empty"
        },
        {
          "check": "instance-joins-subnets"
        },
        {
          "check": "instance-public-ip"
        },
        {
          "check": "launch-template-public-ip"
        },
        {
          "check": "network-acl-admin-ports-open-to-internet"
        },
        {
          "check": "security-group-default-in-use"
        },
        {
          "check": "security-group-open-to-internet"
        },
        {
          "check": "subnet-public-ip-on-launch"
        },
        {
          "check": "transit-gateway-accepts-by-itself"
        },
        {
          "check": "vpc-endpoint-interface-missing"
        }
      ]
    },
    {
      "id": "AC-4(26)",
      "title": "Audit filtering actions",
      "checks": [
        {
          "check": "flow-log-failing"
        },
        {
          "check": "flow-log-missing"
        }
      ]
    },
    {
      "id": "AC-6",
      "title": "Least privilege",
      "checks": [
        {
          "check": "instance-public-ip"
        },
        {
          "check": "subnet-public-ip-on-launch"
        },
        {
          "check": "vpc-endpoint-interface-missing"
        }
      ]
    },
    {
      "id": "AC-21",
      "title": "Information sharing",
      "checks": [
        {
          "check": "instance-public-ip"
        },
        {
          "check": "subnet-public-ip-on-launch"
        },
        {
          "check": "vpc-endpoint-interface-missing"
        }
      ]
    },
    {
      "id": "AU-2",
      "title": "Event logging",
      "checks": [
        {
          "check": "flow-log-failing"
        },
        {
          "check": "flow-log-missing"
        }
      ]
    },
    {
      "id": "AU-3",
      "title": "Content of audit records",
      "checks": [
        {
          "check": "flow-log-failing"
        },
        {
          "check": "flow-log-missing"
        }
      ]
    },
    {
      "id": "AU-6(1)",
      "title": "Automated process integration",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes"
        }
      ]
    },
    {
      "id": "AU-6(3)",
      "title": "Correlate audit record repositories",
      "checks": [
        {
          "check": "flow-log-failing"
        },
        {
          "check": "flow-log-missing"
        }
      ]
    },
    {
      "id": "AU-6(4)",
      "title": "Central review and analysis",
      "checks": [
        {
          "check": "flow-log-failing"
        },
        {
          "check": "flow-log-missing"
        }
      ]
    },
    {
      "id": "AU-12",
      "title": "Audit record generation",
      "checks": [
        {
          "check": "flow-log-failing"
        },
        {
          "check": "flow-log-missing"
        }
      ]
    },
    {
      "id": "CA-7",
      "title": "Continuous monitoring",
      "checks": [
        {
          "check": "flow-log-failing"
        },
        {
          "check": "flow-log-missing"
        }
      ]
    },
    {
      "id": "CA-9(1)",
      "title": "Compliance checks",
      "checks": [
        {
          "check": "firewall-policy-passes-by-default"
        },
        {
          "check": "firewall-policy-without-rule-groups"
        },
        {
          "check": "network-acl-admin-ports-open-to-internet"
        },
        {
          "check": "network-firewall-unprotected"
        },
        {
          "check": "security-group-open-to-internet"
        },
        {
          "check": "transit-gateway-accepts-by-itself"
        }
      ]
    },
    {
      "id": "CM-2",
      "title": "Baseline configuration",
      "checks": [
        {
          "check": "firewall-policy-passes-by-default"
        },
        {
          "check": "firewall-policy-without-rule-groups"
        },
        {
          "check": "network-acl-admin-ports-open-to-internet"
        },
        {
          "check": "network-firewall-unprotected"
        },
        {
          "check": "security-group-open-to-internet"
        },
        {
          "check": "transit-gateway-accepts-by-itself"
        }
      ]
    },
    {
      "id": "CM-2(2)",
      "title": "Automation support for accuracy and currency",
      "checks": [
        {
          "check": "network-acl-admin-ports-open-to-internet"
        },
        {
          "check": "network-firewall-unprotected"
        },
        {
          "check": "security-group-open-to-internet"
        }
      ]
    },
    {
      "id": "CM-7",
      "title": "Least functionality",
      "checks": [
        {
          "check": "network-acl-admin-ports-open-to-internet"
        },
        {
          "check": "security-group-open-to-internet"
        }
      ]
    },
    {
      "id": "CM-8(1)",
      "title": "Updates during installation and removal",
      "checks": [
        {
          "check": "elastic-ip-unassociated"
        },
        {
          "check": "network-acl-unused"
        }
      ]
    },
    {
      "id": "CP-6(2)",
      "title": "Recovery time and recovery point objectives",
      "checks": [
        {
          "check": "network-firewall-single-zone"
        },
        {
          "check": "vpn-connection-tunnel-down"
        }
      ]
    },
    {
      "id": "CP-10",
      "title": "System recovery and reconstitution",
      "checks": [
        {
          "check": "network-firewall-single-zone"
        },
        {
          "check": "vpn-connection-tunnel-down"
        }
      ]
    },
    {
      "id": "SC-5(2)",
      "title": "Capacity, bandwidth, and redundancy",
      "checks": [
        {
          "check": "network-firewall-single-zone"
        },
        {
          "check": "network-firewall-unprotected"
        },
        {
          "check": "vpn-connection-tunnel-down"
        }
      ]
    },
    {
      "id": "SC-7",
      "title": "Boundary protection",
      "checks": [
        {
          "check": "firewall-rule-group-empty"
        },
        {
          "check": "instance-public-ip"
        },
        {
          "check": "launch-template-public-ip"
        },
        {
          "check": "network-acl-admin-ports-open-to-internet"
        },
        {
          "check": "security-group-default-in-use"
        },
        {
          "check": "security-group-open-to-internet"
        },
        {
          "check": "subnet-public-ip-on-launch"
        },
        {
          "check": "vpc-endpoint-interface-missing"
        }
      ]
    },
    {
      "id": "SC-7(3)",
      "title": "Access points",
      "checks": [
        {
          "check": "instance-public-ip"
        },
        {
          "check": "subnet-public-ip-on-launch"
        },
        {
          "check": "vpc-endpoint-interface-missing"
        }
      ]
    },
    {
      "id": "SC-7(4)",
      "title": "External telecommunications services",
      "checks": [
        {
          "check": "instance-public-ip"
        },
        {
          "check": "security-group-default-in-use"
        },
        {
          "check": "security-group-open-to-internet"
        },
        {
          "check": "subnet-public-ip-on-launch"
        },
        {
          "check": "vpc-endpoint-interface-missing"
        }
      ]
    },
    {
      "id": "SC-7(5)",
      "title": "Deny by default, allow by exception",
      "checks": [
        {
          "check": "firewall-rule-group-empty"
        },
        {
          "check": "network-acl-admin-ports-open-to-internet"
        },
        {
          "check": "security-group-default-in-use"
        },
        {
          "check": "security-group-open-to-internet"
        }
      ]
    },
    {
      "id": "SC-7(9)",
      "title": "Restrict threatening outgoing communications traffic",
      "checks": [
        {
          "check": "instance-public-ip"
        },
        {
          "check": "subnet-public-ip-on-launch"
        }
      ]
    },
    {
      "id": "SC-7(11)",
      "title": "Restrict incoming communications traffic",
      "checks": [
        {
          "check": "firewall-rule-group-empty"
        },
        {
          "check": "instance-public-ip"
        },
        {
          "check": "launch-template-public-ip"
        },
        {
          "check": "security-group-default-in-use"
        },
        {
          "check": "security-group-open-to-internet"
        },
        {
          "check": "subnet-public-ip-on-launch"
        },
        {
          "check": "vpc-endpoint-interface-missing"
        }
      ]
    },
    {
      "id": "SC-7(16)",
      "title": "Prevent discovery of system components",
      "checks": [
        {
          "check": "firewall-rule-group-empty"
        },
        {
          "check": "instance-public-ip"
        },
        {
          "check": "launch-template-public-ip"
        },
        {
          "check": "security-group-default-in-use"
        },
        {
          "check": "security-group-open-to-internet"
        },
        {
          "check": "subnet-public-ip-on-launch"
        },
        {
          "check": "vpc-endpoint-interface-missing"
        }
      ]
    },
    {
      "id": "SC-7(20)",
      "title": "Dynamic isolation and segregation",
      "checks": [
        {
          "check": "instance-public-ip"
        },
        {
          "check": "subnet-public-ip-on-launch"
        },
        {
          "check": "vpc-endpoint-interface-missing"
        }
      ]
    },
    {
      "id": "SC-7(21)",
      "title": "Isolation of system components",
      "checks": [
        {
          "check": "firewall-rule-group-empty"
        },
        {
          "check": "instance-public-ip"
        },
        {
          "check": "launch-template-public-ip"
        },
        {
          "check": "network-acl-admin-ports-open-to-internet"
        },
        {
          "check": "security-group-default-in-use"
        },
        {
          "check": "security-group-open-to-internet"
        },
        {
          "check": "subnet-public-ip-on-launch"
        },
        {
          "check": "vpc-endpoint-interface-missing"
        }
      ]
    },
    {
      "id": "SC-36",
      "title": "Distributed processing and storage",
      "checks": [
        {
          "check": "network-firewall-single-zone"
        },
        {
          "check": "vpn-connection-tunnel-down"
        }
      ]
    },
    {
      "id": "SI-4(12)",
      "title": "Automated organization-generated alerts",
      "checks": [
        {
          "check": "metric-alarm-missing-for-network-changes"
        }
      ]
    },
    {
      "id": "SI-7(8)",
      "title": "Auditing capability for significant events",
      "checks": [
        {
          "check": "flow-log-failing"
        },
        {
          "check": "flow-log-missing"
        }
      ]
    },
    {
      "id": "SI-13(5)",
      "title": "Failover capability",
      "checks": [
        {
          "check": "network-firewall-single-zone"
        },
        {
          "check": "vpn-connection-tunnel-down"
        }
      ]
    }
  ]
},
{
  "id": "pci-dss-4.0",
  "name": "PCI DSS 4.0",
  "scope": "The requirements to which the field relates network checks; a requirement asks for more than these checks",
  "source": "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html",
  "controls": [
    {
      "id": "1.2.5",
      "title": "Services, protocols and ports that are allowed are known and approved",
      "checks": [
        {
          "check": "security-group-open-to-internet"
        }
      ]
    },
    {
      "id": "1.2.7",
      "title": "Configurations of network security controls are reviewed",
      "checks": [
        {
          "check": "network-acl-unused"
        }
      ]
    },
    {
      "id": "1.2.8",
      "title": "Configurations of network security controls are kept consistent",
      "checks": [
        {
          "check": "security-group-open-to-internet"
        },
        {
          "check": "network-acl-admin-ports-open-to-internet",
          "ports": [
            22,
            3389
          ]
        },
        {
          "check": "network-acl-unused"
        },
        {
          "check": "transit-gateway-accepts-by-itself"
        },
        {
          "check": "firewall-policy-without-rule-groups"
        },
        {
          "check": "firewall-policy-passes-by-default"
        }
      ]
    },
    {
      "id": "1.3.1",
      "title": "Inbound traffic to the cardholder data environment is restricted",
      "checks": [
        {
          "check": "security-group-open-to-internet"
        },
        {
          "check": "network-acl-admin-ports-open-to-internet",
          "ports": [
            22,
            3389
          ]
        },
        {
          "check": "transit-gateway-accepts-by-itself"
        }
      ]
    },
    {
      "id": "1.3.2",
      "title": "Outbound traffic from the cardholder data environment is restricted",
      "checks": [
        {
          "check": "security-group-egress-unrestricted"
        },
        {
          "check": "vpc-endpoint-interface-missing"
        }
      ]
    },
    {
      "id": "1.4.1",
      "title": "Controls stand between trusted and untrusted networks",
      "checks": [
        {
          "check": "vpc-endpoint-interface-missing"
        },
        {
          "check": "vpn-connection-tunnel-down"
        }
      ]
    },
    {
      "id": "1.4.2",
      "title": "Inbound traffic from untrusted networks is restricted",
      "checks": [
        {
          "check": "security-group-open-to-internet"
        },
        {
          "check": "network-acl-admin-ports-open-to-internet",
          "ports": [
            22,
            3389
          ]
        }
      ]
    },
    {
      "id": "1.4.3",
      "title": "Spoofed addresses are kept out of trusted networks",
      "checks": [
        {
          "check": "network-interface-source-dest-check-off"
        },
        {
          "check": "firewall-policy-without-rule-groups"
        },
        {
          "check": "firewall-policy-passes-by-default"
        }
      ]
    },
    {
      "id": "1.4.4",
      "title": "What stores cardholder data cannot be reached from untrusted networks",
      "checks": [
        {
          "check": "subnet-public-ip-on-launch"
        },
        {
          "check": "instance-public-ip"
        },
        {
          "check": "launch-template-public-ip"
        }
      ]
    },
    {
      "id": "1.4.5",
      "title": "Internal addresses are not disclosed",
      "checks": [
        {
          "check": "launch-template-public-ip"
        }
      ]
    },
    {
      "id": "1.5.1",
      "title": "Devices that connect to untrusted networks and the environment are controlled",
      "checks": [
        {
          "check": "security-group-open-to-internet"
        },
        {
          "check": "network-acl-admin-ports-open-to-internet",
          "ports": [
            22,
            3389
          ]
        },
        {
          "check": "client-vpn-connection-log-off"
        }
      ]
    },
    {
      "id": "2.2.5",
      "title": "Insecure services are justified and secured",
      "checks": [
        {
          "check": "security-group-open-to-internet",
          "ports": [
            20,
            21,
            23,
            110,
            143,
            445
          ]
        }
      ]
    },
    {
      "id": "5.3.4",
      "title": "Logs of protective measures are kept",
      "checks": [
        {
          "check": "flow-log-missing"
        },
        {
          "check": "flow-log-failing"
        }
      ]
    },
    {
      "id": "10.2.1",
      "title": "Audit logs are on for all components",
      "checks": [
        {
          "check": "flow-log-missing"
        },
        {
          "check": "flow-log-failing"
        },
        {
          "check": "client-vpn-connection-log-off"
        },
        {
          "check": "network-firewall-logging-off"
        }
      ]
    },
    {
      "id": "10.2.2",
      "title": "Audit logs hold the details of each event",
      "checks": [
        {
          "check": "flow-log-missing"
        },
        {
          "check": "flow-log-failing"
        },
        {
          "check": "flow-log-partial"
        }
      ]
    },
    {
      "id": "10.4.2",
      "title": "Logs of other components are reviewed",
      "checks": [
        {
          "check": "vpn-connection-logging-off"
        }
      ]
    },
    {
      "id": "10.6.3",
      "title": "Time settings are protected",
      "checks": [
        {
          "check": "flow-log-missing"
        },
        {
          "check": "flow-log-failing"
        }
      ]
    },
    {
      "id": "A1.1.3",
      "title": "Customers of a shared provider reach their own environment only",
      "checks": [
        {
          "check": "security-group-open-to-internet"
        },
        {
          "check": "network-acl-admin-ports-open-to-internet",
          "ports": [
            22,
            3389
          ]
        }
      ]
    },
    {
      "id": "A1.2.1",
      "title": "Customers of a shared provider have logs of their own",
      "checks": [
        {
          "check": "flow-log-missing"
        },
        {
          "check": "flow-log-failing"
        }
      ]
    }
  ]
},
];
