/** A value of Terraform's language; `raw` is an expression, such as a reference. */
export type HclValue = string | number | boolean | readonly HclValue[] | { readonly raw: string };

/** A Terraform resource block, with every string escaped: `${` and `%{` in a value are text, not templates. */
export function terraformResource(
  type: string,
  name: string,
  args: Readonly<Record<string, HclValue | undefined>>,
): string {
  const set = Object.entries(args).filter((entry): entry is [string, HclValue] => entry[1] !== undefined);
  const widest = Math.max(0, ...set.map(([key]) => key.length));
  const lines = set.map(([key, value]) => `  ${key.padEnd(widest)} = ${hcl(value)}`);
  return [`resource "${type}" "${identifier(name)}" {`, ...lines, '}'].join('\n');
}

function hcl(value: HclValue): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return 'raw' in value ? value.raw : `[${value.map(hcl).join(', ')}]`;
}

const quoted = (text: string): string =>
  JSON.stringify(text)
    .replaceAll(/([$%])\{/g, '$1$1{')
    .replaceAll(
      /[\u007f-\u009f\u2028\u2029]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );

/** A name made of an id: letters, digits, `_`. */
const identifier = (text: string): string => {
  const safe = text.replaceAll(/[^A-Za-z0-9_]/g, '_');
  return /^[A-Za-z_]/.test(safe) ? safe : `_${safe}`;
};
