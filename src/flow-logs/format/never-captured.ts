/** What flow logs never record, so that its absence proves nothing (VPC user guide, flow log limitations). */
export const neverCaptured: readonly string[] = [
  'queries to the Amazon DNS server (those to DNS servers of your own are recorded)',
  'Windows licence activation',
  'instance metadata (169.254.169.254)',
  'the Amazon Time Sync Service (169.254.169.123)',
  'DHCP',
  'the source side of mirrored traffic',
  'the reserved address of the default VPC router',
  'traffic between an endpoint interface and a Network Load Balancer interface',
  'ARP',
  'regional NAT gateways that lived for a few minutes only',
];
