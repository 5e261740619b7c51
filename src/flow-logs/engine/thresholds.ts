/** A threshold that can be tuned: its default, its unit, where the default comes from. */
export interface Threshold {
  readonly value: number;
  readonly unit: string;
  readonly meaning: string;
}

/** The name of a threshold. */
export type ThresholdName =
  | 'vertical-scan-ports'
  | 'horizontal-scan-hosts'
  | 'scan-window'
  | 'slow-scan-pairs'
  | 'slow-scan-silence'
  | 'beacon-gaps'
  | 'beacon-period'
  | 'beacon-score'
  | 'beacon-prevalence'
  | 'volume-deviations'
  | 'volume-bytes'
  | 'volume-history'
  | 'gap-windows'
  | 'covered-share'
  | 'new-peer-period';

/** Every threshold of the detections, with its default. */
export const defaultThresholds: Readonly<Record<ThresholdName, Threshold>> = {
  'vertical-scan-ports': {
    value: 15,
    unit: 'ports',
    meaning: 'distinct ports of one host by one source in a scan window',
  },
  'horizontal-scan-hosts': {
    value: 25,
    unit: 'hosts',
    meaning: 'distinct hosts on one port by one source in a scan window',
  },
  'scan-window': { value: 300, unit: 's', meaning: 'the length of a scan window' },
  'slow-scan-pairs': {
    value: 25,
    unit: 'pairs',
    meaning: 'distinct hosts and ports of one internal source in one burst',
  },
  'slow-scan-silence': { value: 900, unit: 's', meaning: 'the silence that ends a burst' },
  'beacon-gaps': { value: 24, unit: 'gaps', meaning: 'connections in a row that a beacon takes at least' },
  'beacon-period': { value: 30, unit: 's', meaning: 'the shortest time between the connections of a beacon' },
  'beacon-score': { value: 0.8, unit: '', meaning: 'the regularity from which connections are a beacon, 0 to 1' },
  'beacon-prevalence': {
    value: 0.5,
    unit: '',
    meaning: 'the share of interfaces from which a destination is everybody’s',
  },
  'volume-deviations': {
    value: 6,
    unit: 'deviations',
    meaning: 'scaled median absolute deviations above the own median',
  },
  'volume-bytes': { value: 100_000_000, unit: 'bytes', meaning: 'hours with less than this are never unusual' },
  'volume-history': { value: 24, unit: 'h', meaning: 'hours with traffic that an own baseline takes at least' },
  'gap-windows': { value: 2, unit: 'windows', meaning: 'ten-minute windows without any record that make a gap' },
  'covered-share': {
    value: 0.9,
    unit: '',
    meaning: 'the share of the window that logs must cover before silence counts',
  },
  'new-peer-period': {
    value: 86_400,
    unit: 's',
    meaning: 'the end of the window in which an external peer counts as new',
  },
};

/** A value for every threshold. */
export type Thresholds = Readonly<Record<ThresholdName, number>>;

/** The defaults with some of them changed. */
export const thresholdsWith = (changes: Partial<Thresholds> = {}): Thresholds => ({
  ...(Object.fromEntries(
    Object.entries(defaultThresholds).map(([name, { value }]) => [name, value]),
  ) as unknown as Thresholds),
  ...changes,
});

/** Is it the name of a threshold? */
export const isThresholdName = (name: string): name is ThresholdName => Object.hasOwn(defaultThresholds, name);
