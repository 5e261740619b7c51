import type { ExposedClass } from '../../model/verdict/exposure.ts';
import { visibleText } from '../visible-text.ts';
import { headersText } from './headers-text.ts';
import { ruleText } from './rule-text.ts';
import type { WalkStyle } from './walk.ts';

/** What is exposed, class by class, with the rules that let it through; hostile text cannot steer the terminal. */
export function exposureText(
  classes: readonly ExposedClass[],
  title: string,
  style: WalkStyle,
  outbound = false,
): string {
  const reached = classes.filter(({ admittedTraffic }) => admittedTraffic.length > 0);
  const interfaces = new Set(
    reached.flatMap(({ addresses }) => addresses.map(({ networkInterfaceId }) => networkInterfaceId)),
  );
  return [
    style.bold(`${title}: ${interfaces.size} interface(s) in ${reached.length} class(es)`),
    ...classes.flatMap((one) => ['', ...classLines(one, style, outbound ? 'source' : 'destination')]),
  ].join('\n');
}

const shown = 8;

function classLines(one: ExposedClass, style: WalkStyle, own: 'source' | 'destination'): readonly string[] {
  const names = one.addresses.map(
    ({ networkInterfaceId, instanceId, privateAddress, publicAddress }) =>
      `${instanceId ?? networkInterfaceId} ${publicAddress ?? privateAddress}`,
  );
  const more = names.length > shown ? ` and ${names.length - shown} more` : '';
  return [
    visibleText(`${names.slice(0, shown).join(', ')}${more}`),
    style.dim(`  ${one.accountId} ${one.region} ${one.vpcId} ${one.subnetId} ${one.securityGroupIds.join(' ')}`),
    ...one.admittedTraffic.map((headers) => `  ${style.red('✗')} ${visibleText(headersText(headers, own))}`),
    ...one.deliveredTraffic.map(
      (headers) => `  ${style.yellow('◐')} arrives, no reply gets back: ${visibleText(headersText(headers, own))}`,
    ),
    ...one.possibleTraffic.map(
      (headers) => `  ${style.yellow('?')} may get through: ${visibleText(headersText(headers, own))}`,
    ),
    ...one.targets.map(
      ({ networkInterfaceId, instanceId }) => `    ends up at ${visibleText(instanceId ?? networkInterfaceId)}`,
    ),
    ...one.rules.map((rule) => style.dim(`    by ${visibleText(componentOf(rule))} ${visibleText(ruleText(rule))}`)),
    ...one.missing.map(
      ({ fact, iamAction }) =>
        `    not known: ${visibleText(fact)}${iamAction === undefined ? '' : `; allow ${iamAction}`}`,
    ),
    style.dim(`    vpc-auditor trace --from ${one.example.from} --to ${one.example.to}`),
  ];
}

function componentOf(rule: ExposedClass['rules'][number]): string {
  switch (rule.type) {
    case 'security-group-rule':
      return rule.securityGroupId;
    case 'network-acl-entry':
      return rule.networkAclId;
    case 'route':
      return rule.routeTableId;
    case 'transit-gateway-route':
      return rule.transitGatewayRouteTableId;
    case 'transit-gateway-policy-entry':
      return rule.transitGatewayPolicyTableId;
    case 'listener':
      return rule.listenerArn;
    default:
      return rule satisfies never;
  }
}
