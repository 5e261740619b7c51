import { isRaw, type Raw } from '../model/decode.ts';

/** IKE pre-shared keys, and the device configuration that holds them again. */
const secretMembers: ReadonlySet<string> = new Set(['PreSharedKey', 'CustomerGatewayConfiguration']);

/** The answer without the secrets that DescribeVpnConnections carries, wherever in it they stand. */
export function withoutVpnSecrets(answer: Raw): Raw {
  return Object.fromEntries(
    Object.entries(answer)
      .filter(([member]) => !secretMembers.has(member))
      .map(([member, value]) => [member, cleaned(value)]),
  );
}

function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned);
  return isRaw(value) && !(value instanceof Date) ? withoutVpnSecrets(value) : value;
}
