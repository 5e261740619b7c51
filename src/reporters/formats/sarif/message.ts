import { visibleText } from '../../visible-text.ts';

/**
 * Text as a plain SARIF message that shows it and nothing else: no placeholder (braces are doubled, SARIF 2.1.0 §3.11.5)
 * and no embedded link (a bracket and a parenthesis never meet, §3.11.6), so that a name cannot smuggle one in.
 */
export function message(text: string): { readonly text: string } {
  const shown = visibleText(text).replaceAll('{', '{{').replaceAll('}', '}}').replaceAll('](', '] (');
  return { text: shown };
}
