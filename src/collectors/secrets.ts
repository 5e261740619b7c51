import { isRaw, type Raw } from '../model/decode.ts';

/**
 * IKE pre-shared keys and the device configuration that holds them again, BGP keys and the router configuration that
 * holds those, and what a launch template hands its instances to start with.
 */
const secretMembers: ReadonlySet<string> = new Set([
  'PreSharedKey',
  'CustomerGatewayConfiguration',
  'authKey',
  'customerRouterConfig',
  'UserData',
]);

/** The answer without the secrets that it carries, wherever in it they stand. */
export function withoutSecrets(answer: Raw): Raw {
  return Object.fromEntries(
    Object.entries(answer)
      .filter(([member]) => !secretMembers.has(member))
      .map(([member, value]) => [member, cleaned(value)]),
  );
}

function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned);
  return isRaw(value) && !(value instanceof Date) ? withoutSecrets(value) : value;
}
