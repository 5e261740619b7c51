import type { AuditReport } from '../../src/findings/audit-report.ts';
import { sampleReport } from './sample-report.ts';

/** What an owner of a resource might call it, were the owner hostile. */
export const payloads: readonly string[] = [
  '<script>globalThis.fired = "script"</script>',
  '"><img src=x onerror="globalThis.fired=\'img\'">',
  "' onmouseover='globalThis.fired=1' autofocus onfocus='globalThis.fired=1",
  '</style><script>globalThis.fired="style"</script>',
  '</title></head><body onload="globalThis.fired=1">',
  '--><svg onload="globalThis.fired=1"><!--',
  '<iframe srcdoc="<script>parent.fired=1</script>"></iframe>',
  '<base href="https://203.0.113.7/"><meta http-equiv="refresh" content="0;url=https://203.0.113.7/">',
  '<a href="javascript:globalThis.fired=1">x</a><form action="https://203.0.113.7/"><button>ok</button></form>',
  '{{constructor.constructor "globalThis.fired=1"}} {{{lookup this "x"}}}',
  '=HYPERLINK("https://203.0.113.7/";"x")',
  "@SUM(1+1)*cmd|'/C calc'!A0",
  '\u202Etxt.exe\u202C \u2066isolated\u2069',
  '\u001B[2J\u001B[31mred\u001B]8;;https://203.0.113.7/\u0007link\u001B]8;;\u0007\u009B1A',
  'a\u0000b\u0008c\u007Fd\r\ne\tf',
  'zero\u200Bwidth\u200Djoiner\uFEFFand\u00ADsoft\u2060more\u{E0041}tag',
  'line\u2028separator\u2029here',
  'half \uD800 a pair \uDC00',
  '&lt;b&gt; &amp; &#x202e; `tick` $(touch /x) ; rm -rf "$HOME"',
  'שלום عربى 漢字 🦊 é',
  'x'.repeat(600),
  '__proto__',
  'constructor',
  '',
];

/** Members whose values the schema enumerates or computes: nobody outside can choose them. */
const fixed: ReadonlySet<string> = new Set([
  'schemaVersion',
  'startedAt',
  'collectedAt',
  'fingerprint',
  'severity',
  'effectiveSeverity',
  'outcome',
  'status',
  'failure',
  'ruleAction',
  'direction',
  'listed',
  'kind',
  'effect',
  'mode',
  'tier',
  'exposure',
  'roles',
  'traffic',
  'layer',
  'mistake',
  'family',
  'blockedBy',
  'by',
  'problem',
  'per',
  'packetDirection',
  'need',
  'mechanism',
  'recommended',
  'met',
]);

/** Roles that this program gives and reads again. */
const ownRoles: ReadonlySet<string> = new Set(['admitted', 'not-admitted', 'reached-from-internet']);

/** A report of which every string that can come from outside is hostile; equal strings stay equal. */
export function hostileReport(): AuditReport {
  const seen = new Map<string, string>();
  const hostile = (text: string): string => {
    const known = seen.get(text);
    if (known !== undefined) return known;
    // The number keeps different ids different.
    const made = `${payloads[seen.size % payloads.length] ?? ''}${seen.size}`;
    seen.set(text, made);
    return made;
  };
  const walk = (value: unknown, key: string, parent: string): unknown => {
    if (fixed.has(key)) return value;
    if (Array.isArray(value)) return value.map((item) => walk(item, key, parent));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, walk(member, name, key)]));
    }
    if (typeof value !== 'string') return value;
    if (key === 'state' && (value === 'holds' || value === 'open' || value === 'unknown')) return value;
    if ((parent === 'links' || parent === 'skips') && (key === 'from' || key === 'to')) return value;
    if (key === 'type' || (key === 'role' && ownRoles.has(value))) return value;
    if (key === 'tool' && parent === 'relatedChecks') return value;
    return hostile(value);
  };
  const report = walk(sampleReport(), '', '') as AuditReport;
  const references = [
    'javascript:globalThis.fired=1',
    'data:text/html,<script>globalThis.fired=1</script>',
    'https://example.com/"><script>globalThis.fired=1</script>',
    'https://example.com/\u202Egnp.exe',
    'http://203.0.113.7/',
    '//203.0.113.7/',
  ] as const;
  return {
    ...report,
    checks: report.checks.map((check) => ({ ...check, references })),
    advice: (report.advice ?? []).flatMap((own) => references.map((reference) => ({ ...own, reference }))),
    coverage: {
      ...report.coverage,
      notes: payloads.map((file, at) => ({ file, reason: payloads[(at + 1) % payloads.length] ?? '' })),
      assumedOff: report.coverage.rows
        .slice(0, 2)
        .map(({ accountId, region }) => ({ accountId, region, kinds: [...payloads] })),
    },
    defects: report.results.slice(0, payloads.length).map(({ checkId, resource }, at) => ({
      checkId,
      accountId: resource.accountId,
      region: resource.region,
      message: payloads[at] ?? '',
    })),
    results: report.results.map((result) => ({ ...result, assumedOff: payloads.slice(0, 3) })),
  };
}
