import type { FlowEvidence } from '../../model/verdict/flow-evidence.ts';
import type { WalkStyle } from '../trace/walk.ts';
import { visibleText } from '../visible-text.ts';
import { counted, grouped, instant, percent, seriesOfMost } from '../wording.ts';

/** What was read: files, records, what was set aside. */
export function readingLines({ reading, window, engine, cost }: FlowEvidence, style: WalkStyle): readonly string[] {
  const lost = reading.skipped.filter(({ costsRecords }) => costsRecords);
  const nothing = reading.skipped.length - lost.length;
  const unknown = [...new Set(reading.formats.flatMap(({ unknownFields }) => unknownFields))];
  return [
    `  ${instant(window.since)} to ${instant(window.until)}, ${counted(reading.records, 'record')} (${grouped(reading.accepted)} accepted, ${grouped(reading.rejected)} rejected, ${grouped(reading.nodata)} without data, ${grouped(reading.skipdata)} skipped) from ${counted(reading.files, 'file')}, with ${engine}`,
    ...(cost === undefined
      ? []
      : [`  ${counted(cost.queries, 'query', 'queries')} scanned ${grouped(cost.bytesScanned)} bytes`]),
    ...(nothing === 0 ? [] : [style.dim(`  ${counted(nothing, 'file')} with nothing to read`)]),
    ...lost
      .slice(0, 10)
      .map(({ file, reason, detail }) =>
        style.red(`  not read: ${visibleText(file)}: ${reason}: ${visibleText(detail)}`),
      ),
    ...(lost.length > 10 ? [style.red(`  … and ${grouped(lost.length - 10)} more files not read`)] : []),
    ...((reading.rejectedLines ?? 0) === 0
      ? []
      : [
          style.red(
            `  ${counted(reading.rejectedLines ?? 0, 'line')} fit no record, such as: ${visibleText(reading.rejectedExamples[0] ?? '')}`,
          ),
        ]),
    ...(reading.duplicateRecords === 0
      ? []
      : [style.dim(`  ${counted(reading.duplicateRecords, 'record')} of overlapping flow logs counted once`)]),
    ...(unknown.length === 0
      ? []
      : [style.yellow(`  fields that this version does not know: ${visibleText(unknown.join(', '))}`)]),
  ];
}

/** How much of the window is covered. */
export function coverageLines({ coverage }: FlowEvidence, style: WalkStyle): readonly string[] {
  const without = coverage.interfacesWithout ?? [];
  return [
    `  Covered: ${percent(coverage.ratio)} of the window over ${counted(coverage.interfacesWithRecords + without.length, 'interface')}${coverage.lost === 0 ? '' : `, ${percent(coverage.lost)} of it with lost records`}`,
    ...(without.length === 0 ? [] : [style.yellow(`  Without any record: ${seriesOfMost(without, 5)}`)]),
  ];
}

/** What could not be asked, and which fields would change that. */
export function questionLines({ questions }: FlowEvidence, style: WalkStyle): readonly string[] {
  const open = questions.filter(({ answered }) => !answered);
  const weaker = weakerBy(questions);
  return [
    ...open.map(({ title, missingFields, notes }) =>
      style.yellow(
        `Not answered: ${title} ${missingFields.length === 0 ? notes.join('; ') : `Add to the log format: ${missingFields.map((field) => `\${${field}}`).join(' ')}`}`,
      ),
    ),
    ...weaker.map((line) => style.dim(line)),
  ];
}

/** What the lack of each set of fields costs, once. */
function weakerBy(questions: FlowEvidence['questions']): readonly string[] {
  const losses = new Map<string, Set<string>>();
  for (const { answered, notes } of questions) {
    if (!answered) continue;
    for (const note of notes) {
      const [without = '', loss = ''] = note.split(': ', 2);
      losses.set(without, (losses.get(without) ?? new Set()).add(loss));
    }
  }
  return [...losses].map(([without, lost]) => `Less exact ${without}: ${[...lost].join('; ')}.`);
}
