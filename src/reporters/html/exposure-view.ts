import type { AuditReport } from '../../findings/audit-report.ts';
import type { ExposedAddress, ExposedClass } from '../../model/verdict/exposure.ts';
import { type ExposedService, type ExposedThing, exposedThings } from '../exposed-things.ts';
import { headersText } from '../trace/headers-text.ts';
import { capitalised, counted, grouped as thousands, seriesOfMost } from '../wording.ts';
import { type CodeView, codeOf, freshWords } from './finding-view.ts';
import { type HopView, passedHopViews } from './hop-view.ts';

/** A service that is reached, with its finding where one speaks of it. */
export interface ServiceView {
  /** A severity, or `pass` for the mark of what no check objects to. */
  readonly mark: string;
  readonly words: string;
  /** `critical`, `suppressed`, or `no check objects`. */
  readonly verdict: string;
  readonly anchor: string | undefined;
  readonly fresh: string;
}

/** Addresses that are reached alike. */
export interface ThingView {
  readonly anchor: string;
  readonly mark: string;
  readonly services: readonly ServiceView[];
  readonly moreServices: string;
  readonly servicesLine: string;
  readonly addresses: readonly { readonly id: string; readonly address: string; readonly private: string }[];
  readonly moreAddresses: string;
  readonly accountId: string;
  readonly region: string;
  readonly vpcId: string;
  readonly subnetId: string;
  readonly securityGroups: readonly string[];
  readonly targets: readonly string[];
  /** The way there and back; nothing where the report does not hold it. */
  readonly path:
    | { readonly words: string; readonly there: readonly HopView[]; readonly back: readonly HopView[] }
    | undefined;
  readonly fixes: readonly { readonly of: string; readonly summary: string; readonly code: readonly CodeView[] }[];
  readonly moreFixes: string;
  readonly command: string;
  readonly isOpen: boolean;
}

/** What may be reached, or is reached one way only. */
export interface DoubtView {
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  readonly words: string;
  readonly facts: readonly string[];
}

/** Everything that the internet really reaches. */
export interface ExposureView {
  readonly words: string;
  readonly count: string;
  readonly things: readonly ThingView[];
  readonly omitted: string;
  readonly doubts: readonly DoubtView[];
  readonly doubtsOmitted: string;
}

const shownThings = 30;
const openThings = 2;
const shownServices = 8;
const shownAddresses = 6;
const shownFixes = 3;
const shownDoubts = 12;

/** The exposure for the page. */
export function exposureView(report: AuditReport): ExposureView {
  const things = exposedThings(report);
  const doubts = report.exposures.flatMap(doubtView);
  return {
    words: exposureWords(report, things, doubts.length),
    count: thousands(interfacesOf(things).size),
    things: things.slice(0, shownThings).map(thingView),
    omitted:
      things.length > shownThings
        ? `${counted(things.length - shownThings, 'more kind')} of interfaces, in report.json.`
        : '',
    doubts: doubts.slice(0, shownDoubts),
    doubtsOmitted: doubts.length > shownDoubts ? `${counted(doubts.length - shownDoubts, 'more')} in report.json.` : '',
  };
}

/** Where on the page the way to what each finding speaks of is drawn, by fingerprint. */
export function wayAnchors(report: AuditReport): ReadonlyMap<string, string> {
  const anchors = new Map<string, string>();
  for (const [at, { services }] of exposedThings(report).slice(0, shownThings).entries())
    for (const { family } of services)
      for (const { fingerprint } of family === undefined ? [] : [family.lead, ...family.others])
        if (!anchors.has(fingerprint)) anchors.set(fingerprint, thingAnchor(at));
  return anchors;
}

const thingAnchor = (at: number): string => `x-${at + 1}`;

const interfacesOf = (things: readonly ExposedThing[]): ReadonlySet<string> =>
  new Set(things.flatMap(({ exposed }) => exposed.addresses.map(({ networkInterfaceId }) => networkInterfaceId)));

function exposureWords(report: AuditReport, things: readonly ExposedThing[], doubts: number): string {
  if (things.length === 0) {
    const rest = doubts === 0 ? '' : ' For some it cannot be told.';
    return report.coverage.calls === report.coverage.collected
      ? `The internet reaches nothing here.${rest}`
      : `The internet reaches nothing of what could be read.${rest}`;
  }
  const interfaces = counted(interfacesOf(things).size, 'interface');
  const harmless = things.filter(({ severity }) => severity === undefined).length;
  const aside =
    harmless === 0
      ? ''
      : harmless === things.length
        ? ' No check objects to any of it.'
        : ` To ${thousands(harmless)} of the ${thousands(things.length)} kinds below no check objects.`;
  return `The internet reaches ${interfaces}, and is answered. Interfaces that every filter, route and gateway treats alike are shown once, with the way of one client there and back.${aside}`;
}

const nameOf = ({ instanceId, networkInterfaceId }: ExposedAddress): string => instanceId ?? networkInterfaceId;

function thingView({ exposed, services, severity }: ExposedThing, at: number): ThingView {
  const { addresses, accountId, region, vpcId, subnetId, securityGroupIds, path, example } = exposed;
  const fixes = fixesOf(services);
  return {
    anchor: thingAnchor(at),
    mark: severity ?? 'pass',
    services: services.slice(0, shownServices).map(serviceView),
    moreServices:
      services.length > shownServices ? `and ${counted(services.length - shownServices, 'more service')}` : '',
    servicesLine: capitalised(
      seriesOfMost(
        services.map(({ words }) => words),
        4,
      ),
    ),
    addresses: addresses.slice(0, shownAddresses).map((address) => ({
      id: nameOf(address),
      address: address.publicAddress ?? address.privateAddress,
      private: address.publicAddress === undefined ? '' : address.privateAddress,
    })),
    moreAddresses: addresses.length > shownAddresses ? `and ${thousands(addresses.length - shownAddresses)} more` : '',
    accountId,
    region,
    vpcId,
    subnetId,
    securityGroups: securityGroupIds.slice(0, 8),
    targets: targetsOf(exposed),
    path:
      path === undefined
        ? undefined
        : {
            words: `A client at ${path.from} to ${path.to}`,
            there: passedHopViews(path.forwardPathComponents),
            back: passedHopViews(path.returnPathComponents),
          },
    fixes: fixes.slice(0, shownFixes),
    moreFixes:
      fixes.length > shownFixes
        ? `${counted(fixes.length - shownFixes, 'more fix', 'more fixes')} at the findings`
        : '',
    command: `vpc-auditor trace --from ${example.from} --to ${example.to}`,
    isOpen: at < openThings && severity !== undefined,
  };
}

function serviceView({ words, severity, isAccepted, family }: ExposedService): ServiceView {
  const more =
    family === undefined || family.others.length === 0
      ? ''
      : ` and ${counted(family.others.length, 'more service')} by the same rule`;
  return {
    mark: severity ?? 'pass',
    words: `${capitalised(words)}${more}`,
    verdict: severity ?? (isAccepted ? 'suppressed' : 'no check objects'),
    anchor: family === undefined ? undefined : `f-${family.lead.fingerprint}`,
    fresh: family === undefined ? '' : freshWords(family.lead),
  };
}

const targetsOf = ({ targets }: ExposedClass): readonly string[] => [
  ...targets.slice(0, shownAddresses).map(({ instanceId, networkInterfaceId }) => instanceId ?? networkInterfaceId),
  ...(targets.length > shownAddresses ? [`and ${thousands(targets.length - shownAddresses)} more`] : []),
];

/** The fixes of the findings, each once. */
function fixesOf(services: readonly ExposedService[]): ThingView['fixes'] {
  const known = new Set<string>();
  return services.flatMap(({ words, family, isAccepted }) => {
    const fix = isAccepted ? undefined : family?.lead.fix;
    if (fix === undefined) return [];
    const key = JSON.stringify(fix);
    if (known.has(key)) return [];
    known.add(key);
    return [{ of: words, summary: fix.summary, code: codeOf(fix) }];
  });
}

/** A class to which it cannot be told what gets, or of which nobody gets an answer. */
function doubtView(exposed: ExposedClass): readonly DoubtView[] {
  const { addresses, admittedTraffic, possibleTraffic, deliveredTraffic, missing, accountId, region } = exposed;
  const [traffic] = possibleTraffic.length > 0 ? possibleTraffic : deliveredTraffic;
  if (traffic === undefined || (possibleTraffic.length === 0 && admittedTraffic.length > 0)) return [];
  const { sourceAddresses: _, sourcePortRanges: __, ...what } = traffic;
  const more = possibleTraffic.length > 1 ? ' and more' : '';
  return [
    {
      id: seriesOfMost(addresses.map(nameOf), 3),
      accountId,
      region,
      words: `${possibleTraffic.length > 0 ? 'May be reached' : 'Reached, without an answer'}: ${headersText({ ...what, sourceAddresses: ['the internet'] }, 'destination')}${more}`,
      facts: [
        ...new Set(
          missing.map(({ fact, iamAction }) => (iamAction === undefined ? fact : `${fact}: it needs ${iamAction}`)),
        ),
      ].slice(0, 3),
    },
  ];
}
