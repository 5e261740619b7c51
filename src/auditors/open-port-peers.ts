import type { RelatedCheck } from '../model/verdict/check-description.ts';
import { relatedChecks } from './related-checks.ts';

/** Other tools have a check per port; this is the list of those that one check with a table of services answers. */
export const openPortPeers: readonly RelatedCheck[] = relatedChecks({
  securityhub: ['EC2.13', 'EC2.14', 'EC2.18', 'EC2.19', 'EC2.53', 'EC2.54'],
  config: [
    'restricted-ssh',
    'restricted-common-ports',
    'vpc-sg-open-only-to-authorized-ports',
    'vpc-sg-port-restriction-check',
  ],
  prowler: [
    'all_ports',
    'any_port',
    'high_risk_tcp_ports',
    'tcp_port_22',
    'tcp_port_3389',
    'tcp_port_cassandra_7199_9160_8888',
    'tcp_port_elasticsearch_kibana_9200_9300_5601',
    'tcp_port_ftp_20_21',
    'tcp_port_kafka_9092',
    'tcp_port_memcached_11211',
    'tcp_port_mongodb_27017_27018',
    'tcp_port_mysql_3306',
    'tcp_port_oracle_1521_2483',
    'tcp_port_postgres_5432',
    'tcp_port_redis_6379',
    'tcp_port_sql_server_1433_1434',
    'tcp_port_telnet_23',
  ].map((ports) => `ec2_securitygroup_allow_ingress_from_internet_to_${ports}`),
  cloudsploit: (
    'AllPortsProtocols CIFS CassandraClient CassandraInternode CassandraMonitoring CassandraThrift CustomPorts DNS ' +
    'Docker Elasticsearch FTP HTTP HTTPS InternalWeb Kibana LDAP LDAPS Memcached MongoDB MySQL NetBIOS Oracle ' +
    'OracleAutoDataWarehouse PostgreSQL RDP RPC Redis SMBoTCP SMTP SNMP SQLServer SSH Salt Telnet VNCClient VNCServer'
  )
    .split(' ')
    .map((service) => `open${service}`),
  scoutsuite: ['opens-known-port-to-all', 'opens-all-ports-to-all', 'opens-port-to-all', 'opens-icmp-to-all'].map(
    (rule) => `ec2-security-group-${rule}`,
  ),
  steampipe: [
    'vpc_security_group_restrict_ingress_ssh_all',
    'vpc_security_group_restrict_ingress_rdp_all',
    'vpc_security_group_restrict_ingress_tcp_udp_all',
    'vpc_security_group_restrict_ingress_common_ports_all',
    'vpc_security_group_restricted_common_ports',
    'vpc_security_group_allows_ingress_authorized_ports',
  ],
});
