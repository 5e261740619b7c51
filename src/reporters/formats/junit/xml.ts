import { visibleText } from '../../visible-text.ts';

/** Text or a value in XML: with markup escaped and without the characters that XML 1.0 forbids (§2.2, §2.4). */
export const xmlText = (text: string): string =>
  visibleText(text)
    .replaceAll(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replaceAll(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);

/** A start tag with its attributes; those that are undefined are left out. */
export function startTag(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  end: '>' | '/>' = '>',
): string {
  const pairs = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${xmlText(String(value))}"`],
  );
  return `<${name}${pairs.join('')}${end}`;
}

/** An element of several lines of text. */
export const textElement = (
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
  lines: readonly string[],
): string => `${startTag(name, attributes)}${lines.map(xmlText).join('\n')}</${name}>`;
