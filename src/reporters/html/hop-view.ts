import type { ComponentType, PathComponent, PathRule } from '../../model/verdict/path.ts';
import { ruleText } from '../trace/rule-text.ts';
import { trafficWords } from '../traffic-words.ts';
import { counted } from '../wording.ts';

/** A component of a path as one card of a strip. */
export interface HopView {
  /** `network ACL`, and the side on which it is passed. */
  readonly what: string;
  /** The component's id; of an ARN, what follows its kind. Empty where the kind says all. */
  readonly id: string;
  /** How it treats the packets: the name of a mark, and a word where that is not plain admission. */
  readonly effect: PathComponent['effect'];
  readonly effectWord: string;
  readonly rules: readonly HopRuleView[];
  /** `and 3 more rules`. */
  readonly more: string;
  /** What the packet's header becomes. */
  readonly rewrite: string;
}

/** A rule that decides at a component: its own number or id, and what it says. */
export interface HopRuleView {
  readonly id: string;
  readonly words: string;
  /** The other side: a block of addresses, a group, the target of a route. */
  readonly peer: string;
}

/** So many rules are written on a card. */
const shownRules = 3;

const typeWords: { readonly [T in ComponentType]?: string } = {
  vpc: 'VPC',
  'network-acl': 'network ACL',
  'nat-gateway': 'NAT gateway',
  'vpc-peering-connection': 'VPC peering connection',
  'vpn-gateway': 'virtual private gateway',
  'vpn-connection': 'VPN connection',
  'vpc-endpoint': 'VPC endpoint',
  'aws-service': 'AWS service',
  region: 'Region',
};

const effectWords: Readonly<Record<PathComponent['effect'], string>> = {
  admits: '',
  limits: 'admits a part',
  blocks: 'blocks',
  unknown: 'cannot be judged',
};

/** The components of one way, each as a card. */
export const hopViews = (components: readonly PathComponent[]): readonly HopView[] => components.map(hopView);

/** The same of packets that all get through: what else a component would refuse is not said, nor that the internet is the end. */
export const passedHopViews = (components: readonly PathComponent[]): readonly HopView[] =>
  components
    .filter(({ component }) => component.type !== 'internet')
    .map((component) => hopView(component.effect === 'limits' ? { ...component, effect: 'admits' } : component));

function hopView({
  component,
  effect,
  packetDirection,
  rule,
  furtherRules = [],
  outboundHeader,
}: PathComponent): HopView {
  const { type, id } = component;
  const side = packetDirection === undefined ? '' : packetDirection === 'ingress' ? ', in' : ', out';
  const rules = rule === undefined ? [] : [rule, ...furtherRules];
  const left = rules.length - shownRules;
  return {
    what: `${typeWords[type] ?? type.replaceAll('-', ' ')}${side}`,
    id: id === type ? '' : shortId(id),
    effect,
    effectWord: effectWords[effect],
    rules: rules.slice(0, shownRules).map(hopRule),
    more: left > 0 ? `and ${counted(left, 'more rule')}` : '',
    rewrite: [
      ...(outboundHeader?.sourceAddress === undefined ? [] : [`source becomes ${outboundHeader.sourceAddress}`]),
      ...(outboundHeader?.destinationAddress === undefined
        ? []
        : [`destination becomes ${outboundHeader.destinationAddress}`]),
    ].join(', '),
  };
}

/** An ARN is told by what it ends in: `app/web/dcff3ea0b08260b7`. */
const shortId = (id: string): string => (id.startsWith('arn:') ? id.replace(/^arn:([^:]*:){4}[^:/]*[:/]/, '') : id);

function hopRule(rule: PathRule): HopRuleView {
  switch (rule.type) {
    case 'security-group-rule':
      return {
        id: rule.securityGroupRuleId ?? rule.securityGroupId,
        words: `allow ${ruleTraffic(rule)} ${rule.isEgress ? 'to' : 'from'}`,
        peer: rule.peer,
      };
    case 'network-acl-entry':
      return {
        id: `rule ${rule.ruleNumber >= 32_767 ? '*' : rule.ruleNumber}`,
        words: `${rule.ruleAction} ${ruleTraffic(rule)} ${rule.egress ? 'to' : 'from'}`,
        peer: rule.cidrBlock,
      };
    case 'route':
      return {
        id: rule.destination,
        words: rule.state === 'active' ? 'to' : `(${rule.state}) to`,
        peer: rule.target,
      };
    case 'listener': {
      const port = rule.targetPort === undefined ? '' : ` to target port ${rule.targetPort}`;
      return { id: 'listener', words: `${rule.protocol} ${rule.port}${port}`, peer: '' };
    }
    case 'transit-gateway-route':
    case 'transit-gateway-policy-entry':
      return { id: '', words: ruleText(rule), peer: '' };
    default:
      return rule satisfies never;
  }
}

function ruleTraffic(rule: {
  readonly protocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
}): string {
  const { protocol, fromPort, toPort } = rule;
  return trafficWords(protocol, fromPort === undefined ? [] : [{ from: fromPort, to: toPort ?? fromPort }]);
}
