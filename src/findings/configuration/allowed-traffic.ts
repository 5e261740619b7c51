import type { AllowedTraffic } from '../../model/configuration/configuration.ts';
import { portRange } from '../yaml/fields.ts';
import { quoted } from '../../model/quoted.ts';
import { YamlRefused } from '../yaml/yaml-tree.ts';

/** `443`, `443/tcp`, `8000-8100/udp`, `icmp`, `icmpv6`. */
export function allowedTraffic(text: string, line: number): AllowedTraffic {
  if (text === 'icmp' || text === 'icmpv6') return { protocol: text };
  const [ports = '', protocol = 'tcp', ...rest] = text.split('/');
  if (rest.length > 0 || (protocol !== 'tcp' && protocol !== 'udp')) {
    throw new YamlRefused(line, `ports must be such as 443, 8000-8100/udp or icmp, not ${quoted(text)}`);
  }
  return { protocol, ports: portRange(ports, line) };
}

/** The same as it is written. */
export const trafficText = (traffic: AllowedTraffic): string => {
  if (!('ports' in traffic)) return traffic.protocol;
  const { from, to } = traffic.ports;
  return `${from === to ? from : `${from}-${to}`}/${traffic.protocol}`;
};
