import type { Texts } from './texts.ts';
import { isVerbatim } from './words.ts';

/** Members with a sentence of AWS or of this program. */
const sentences: ReadonlySet<string> = new Set([
  'message',
  'reason',
  'StatusMessage',
  'FailureMessage',
  // CloudWatch's syntax around the names of API operations
  'filterPattern',
]);

/** Members with a document within the document: JSON as text. */
const documents: ReadonlySet<string> = new Set(['PolicyDocument', 'Policy']);

/**
 * A document of a snapshot with pseudonyms. What is not known to be AWS's own word is taken for somebody's: a member
 * that is new tells nothing.
 */
export function redactAnswer(value: unknown, texts: Texts, member = ''): unknown {
  if (typeof value === 'string') return redactText(value, texts, member);
  if (Array.isArray(value)) return value.map((item) => redactAnswer(item, texts, member));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      isAttribute(value, name) ? inner : redactAnswer(inner, texts, name),
    ]),
  );
}

function redactText(text: string, texts: Texts, member: string): string {
  if (text === '' || isVerbatim(member)) return text;
  if (sentences.has(member)) return texts.sentence(text);
  if (documents.has(member)) {
    try {
      return JSON.stringify(redactAnswer(JSON.parse(text), texts));
    } catch {
      // No document after all: a text like any other
    }
  }
  return texts.own(text);
}

/** The key of an attribute or tag whose name is AWS's own: `{"Key": "deletion_protection.enabled", "Value": "true"}`. */
function isAttribute(item: object, name: string): boolean {
  if (name !== 'Key' || !('Key' in item)) return false;
  const key = item.Key;
  return (
    typeof key === 'string' &&
    /^(Name|aws:[a-z:-]+|[a-z_]+(\.[a-z0-9_]+)+|domain-name(-servers)?|ntp-servers|netbios-.*)$/.test(key)
  );
}
