/**
 * An element. Text goes in as text and never as markup, so nothing that a resource is called can become part of the page.
 * @param {string} tag
 * @param {Record<string, string | boolean | number | undefined>} attributes a false or absent one is left off
 * @param {...(Node | string | false | undefined)} children
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  element.append(...children.filter((child) => child !== false && child !== undefined && child !== ''));
  return element;
}

/** An id or another word of a machine. */
export const code = (text) => el('code', {}, text);

/** `12,345`. */
export const thousands = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** `1 finding`, `12 findings`. */
export const counted = (count, noun) => `${thousands(count)} ${noun}${count === 1 ? '' : 's'}`;

/** With a capital first letter. */
export const capitalised = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
