import type { AuditReport } from '../findings/audit-report.ts';
import { atLeast, severities, type Severity } from '../model/verdict/severity.ts';
import { type ExposedService, type ExposedThing, exposedThings } from './exposed-things.ts';
import { counted, grouped as thousands, series, seriesOfMost } from './wording.ts';

/** The services of one severity, each once however many interfaces offer it. */
interface OfSeverity {
  readonly severity: Severity;
  readonly names: readonly string[];
  readonly interfaces: number;
}

/** So many services are named. */
const named = 5;

/**
 * What the internet reaches, in one or two sentences: the services that a check objects to, the worst first, by how many
 * interfaces offer them. Says how sure it is where something was not read.
 */
export function reachSentence(report: AuditReport): string {
  const things = exposedThings(report);
  const doubtful = report.exposures.some(({ possibleTraffic }) => possibleTraffic.length > 0);
  if (things.length === 0) return unreachedSentence(report, doubtful);
  const interfaces = interfacesOf(things);
  const bad = severities.flatMap((severity) => ofSeverity(things, severity));
  const [worst, ...milder] = bad;
  const reached = `The internet reaches ${counted(interfaces, 'interface')}`;
  if (worst === undefined) return `${reached}, with nothing that a check objects to.`;
  if (!atLeast(worst.severity, 'medium'))
    return `${reached}, with nothing graver than ${seriesOfMost(worst.names, named)} (${worst.severity}).`;
  const where = worst.interfaces === interfaces ? '' : ` on ${thousands(worst.interfaces)} of them`;
  const rest = milder
    .filter(({ severity }) => atLeast(severity, 'medium'))
    .map(({ names, severity }) => counted(names.length, `${severity} one`));
  const also = rest.length === 0 ? '' : `, and ${series(rest)}`;
  const services = counted(worst.names.length, `${worst.severity} service`);
  return `${reached}: ${services}${where} (${seriesOfMost(worst.names, named)})${also}.`;
}

function unreachedSentence({ coverage }: AuditReport, doubtful: boolean): string {
  const complete = coverage.calls === coverage.collected;
  const what = complete ? 'The internet reaches nothing here' : 'The internet reaches nothing of what could be read';
  return doubtful ? `${what} for certain; for some interfaces it cannot be told.` : `${what}.`;
}

const interfacesOf = (things: readonly ExposedThing[]): number =>
  new Set(things.flatMap(({ exposed }) => exposed.addresses.map(({ networkInterfaceId }) => networkInterfaceId))).size;

function ofSeverity(things: readonly ExposedThing[], severity: Severity): readonly OfSeverity[] {
  const isSo = (service: ExposedService): boolean => service.severity === severity;
  const own = things.filter(({ services }) => services.some(isSo));
  const names = [...new Set(own.flatMap(({ services }) => services.filter(isSo).map(({ name }) => name)))];
  return names.length === 0 ? [] : [{ severity, names, interfaces: interfacesOf(own) }];
}
