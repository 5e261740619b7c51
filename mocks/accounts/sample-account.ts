import type { ExplanationCode } from '../../src/model/verdict/explanation-code.ts';
import type { World } from '../world.ts';

/** A finding that an audit of the sample must yield: no more and no fewer of them, so that a check cannot slip. */
export interface ExpectedFinding {
  readonly checkId: string;
  readonly accountId: string;
  readonly region: string;
  readonly resourceId: string;
}

/** A path that a trace of the sample must find or not find. */
export interface ExpectedTrace {
  /** `internet`, an address, or an id. */
  readonly from: string;
  readonly to: string;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly port?: number;
  readonly verdict: 'reachable' | 'not-reachable' | 'unknown';
  /**
   * How the rules that decide begin, in the order of the path and back: `acl 110 ingress`, `sg tcp 443 0.0.0.0/0`,
   * `10.1.0.0/16 tgw-attach`. On a blocked path, those that refuse.
   */
  readonly decidedBy?: readonly string[];
  /** For `not-reachable`, the code of a blocker that must be among the explanations, and the component that it names. */
  readonly explanationCode?: ExplanationCode;
  readonly componentId?: string;
  /** Why, in a few words. */
  readonly because: string;
}

/** What a lint of the fixtures lets pass in this sample, and why. */
export interface LintExceptions {
  /** Values of enumerations that AWS does not document, and members that are missing on purpose. */
  readonly unknownValues?: true;
  /** Ids that refer to nothing in the sample: of other accounts, or deleted. */
  readonly dangling?: readonly string[];
}

/** A sample account, or several that belong together, with what an audit must say of it. */
export interface SampleAccount {
  readonly name: string;
  /** One paragraph: what is built, and what is wrong with it. */
  readonly description: string;
  readonly world: World;
  readonly expectedFindings: readonly ExpectedFinding[];
  readonly expectedTraces: readonly ExpectedTrace[];
  readonly exceptions: LintExceptions;
}

/** The findings of one check at one place: `findings('111122223333', 'eu-west-1', 'route-blackhole', table)`. */
export function findings(
  accountId: string,
  region: string,
  checkId: string,
  ...resources: readonly { readonly id: string }[]
): readonly ExpectedFinding[] {
  return resources.map(({ id }) => ({ checkId, accountId, region, resourceId: id }));
}
