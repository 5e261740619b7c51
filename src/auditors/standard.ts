/** A check as a control asks for it: all that it says, or the part of it that is about some ports, family or service. */
export interface ControlCheck {
  readonly check: string;
  /** Only failures that are about one of these ports, or about all. */
  readonly ports?: readonly number[];
  /** Only failures that are about other ports than these. */
  readonly exceptPorts?: readonly number[];
  readonly family?: 'ipv4' | 'ipv6';
  /** Only failures that are about this service of AWS, as it stands in the names of endpoints. */
  readonly endpointService?: string;
  /** Only failures whose evidence names this attribute. */
  readonly attribute?: string;
}

/** A control of a standard: with the checks that answer it, or the reason why none does. */
export interface Control {
  readonly id: string;
  readonly title: string;
  /** The level of a CIS benchmark. */
  readonly level?: number;
  /** `manual` where the standard leaves the judgement to a person, whatever the checks say. */
  readonly mode?: 'automated' | 'manual';
  readonly checks?: readonly ControlCheck[];
  readonly notCovered?: string;
}

/** A standard, as far as it is about networks. */
export interface Standard {
  /** As `--standard` takes it: `cis-7.0`. */
  readonly id: string;
  readonly name: string;
  /** Which of its controls are listed here. */
  readonly scope: string;
  /** Where the standard, or the mapping, is published. */
  readonly source: string;
  readonly controls: readonly Control[];
}
