import type { FlowEvidence } from '../../model/verdict/flow-evidence.ts';
import type { WalkStyle } from '../trace/walk.ts';
import { visibleText } from '../visible-text.ts';
import { counted, grouped, percent } from '../wording.ts';

/** What flow logs add to an audit, in a few lines for the closing summary. */
export function flowsSummary(evidence: FlowEvidence, style: WalkStyle): string {
  const { detections, rejected, exercised, unmatchedRules, reading, coverage, source } = evidence;
  const severe = detections.filter(({ severity }) => severity === 'critical' || severity === 'high');
  const blamed = rejected.filter(({ part, source: from }) => part !== 'late-or-changed' && from !== 'internet');
  const unused = unmatchedRules.filter(({ judged }) => judged === 'unused').length;
  const lost = reading.skipped.filter(({ costsRecords }) => costsRecords).length;
  return [
    `${style.bold('Flow logs')} of ${visibleText(source)}: ${counted(reading.records, 'record')}, ${percent(coverage.ratio)} of the window covered${lost === 0 ? '' : style.red(`, ${counted(lost, 'file')} not read`)}`,
    `  ${counted(detections.length, 'detection')}${severe.length === 0 ? '' : `, ${style.red(`${grouped(severe.length)} of them high or critical`)}`}; ${counted(blamed.length, 'kind')} of conversations of ours rejected; ${counted(exercised.length, 'service')} reached from the internet; ${counted(unused, 'rule')} without a match`,
    ...severe
      .slice(0, 3)
      .map(({ title, networkInterfaceId, source: from, destination }) =>
        visibleText(
          `  ${title}: ${[networkInterfaceId ?? from, destination].filter((part) => part !== undefined).join(' → ')}`,
        ),
      ),
  ].join('\n');
}
