import type { Result } from '../../../findings/audit-report.ts';
import { capitalised } from '../../wording.ts';
import { firstSeenAt } from '../observed-at.ts';
import { legsOf, pathOf, stepText } from '../result-path.ts';
import { groundsOfMost, headline, placeText, resourceText, sentence } from '../result-text.ts';
import { sarifLimits } from './limits.ts';
import { locationOf } from './location.ts';
import { message } from './message.ts';
import { levels, ruleIdOf } from './rules.ts';

/** So many grounds stand in the message; all of them lie in the properties. */
const shownGrounds = 10;

/**
 * A failure or an unknown verdict as a SARIF result (2.1.0 §3.27). What is unknown is `open`, which by §3.27.10 has no
 * level. GitHub tells results apart by `primaryLocationLineHash` alone, so that is the fingerprint.
 */
export function sarifResult(result: Result, ruleIndex: number): object {
  const { outcome, severity, effectiveSeverity, resource, fingerprint, sinceBaseline } = result;
  const firstSeen = firstSeenAt(result);
  const { accountId, region, vpcId, name } = resource;
  const codeFlows = codeFlowsOf(result);
  return {
    ruleId: ruleIdOf(result),
    ruleIndex,
    ...(outcome === 'unknown' ? { kind: 'open', level: 'none' } : { kind: 'fail', level: levels[effectiveSeverity] }),
    message: message(sentences(result)),
    locations: [locationOf(resource)],
    partialFingerprints: { primaryLocationLineHash: fingerprint, 'vpcAuditor/v1': fingerprint },
    ...(codeFlows.length === 0 ? {} : { codeFlows }),
    ...(firstSeen === undefined ? {} : { provenance: { firstDetectionTimeUtc: new Date(firstSeen).toISOString() } }),
    properties: {
      accountId,
      region,
      vpcId,
      name,
      severity,
      effectiveSeverity,
      sinceBaseline,
      evidence: result.evidence,
      missing: result.missing,
    },
  };
}

function sentences(result: Result): string {
  const first = `${capitalised(headline(result))}: ${resourceText(result)} in ${placeText(result.resource)}.`;
  const grounds = groundsOfMost(result, shownGrounds).map(sentence);
  return [first, ...grounds, ...(result.fix === undefined ? [] : [sentence(`Fix: ${result.fix.summary}`)])].join(' ');
}

/** The path as code flows, a leg each: every component in the order in which the packet meets it (SARIF 2.1.0 §3.36). */
function codeFlowsOf(result: Result): readonly object[] {
  const path = pathOf(result);
  if (path === undefined) return [];
  const { accountId, region } = result.resource;
  const most = Math.floor(sarifLimits.threadFlowLocations / 2);
  return legsOf(path).map(([direction, components]) => ({
    message: message(
      `${direction === 'forward' ? 'The way there' : 'The way back'}${components.length > most ? `, the first ${most} of ${components.length} steps` : ''}`,
    ),
    threadFlows: [
      {
        id: direction,
        locations: components.slice(0, most).map((step) => ({
          location: { ...locationOf({ accountId, region, ...step.component }), message: message(stepText(step)) },
          importance: step.effect === 'admits' ? 'important' : 'essential',
        })),
      },
    ],
  }));
}
