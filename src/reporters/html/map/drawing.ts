/** A line of text in a box. */
export interface DrawnLine {
  readonly x: number;
  readonly y: number;
  /** `name` is set bold, `id` in the letters of code, `note` small. */
  readonly style: 'name' | 'id' | 'note';
  readonly text: string;
}

/** A box with text, and the mark of how exposed it is. */
export interface DrawnBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** What kind of thing it is, and of how it is drawn. */
  readonly kind: string;
  /** Everything about it in words: its tooltip, and what a screen reader says. */
  readonly title: string;
  readonly lines: readonly DrawnLine[];
  /** The outline of a mark at its edge, as path data; empty where it has none. */
  readonly mark: string;
}

/** A line between two boxes. */
export interface DrawnLink {
  /** Path data. */
  readonly d: string;
  /** How what passes there is drawn: by its width and dashes, and only besides by its colour. */
  readonly kind: string;
  /** Path data of a bar across the line where something stops what would pass; empty where nothing does. */
  readonly bar: string;
}

/** A drawing in units of its own; everything in it lies within its width and height. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly headings: readonly DrawnLine[];
  /** Areas behind the boxes. */
  readonly zones: readonly DrawnBox[];
  readonly links: readonly DrawnLink[];
  readonly boxes: readonly DrawnBox[];
}

/** A length as it is written: no more than a tenth of a unit matters. */
export const rounded = (length: number): number => Math.round(length * 10) / 10;

/** A line that leaves to the right and arrives from the left. */
export function curve(x1: number, y1: number, x2: number, y2: number): string {
  const middle = rounded((x1 + x2) / 2);
  return `M${rounded(x1)} ${rounded(y1)}C${middle} ${rounded(y1)} ${middle} ${rounded(y2)} ${rounded(x2)} ${rounded(y2)}`;
}

/** A bar across a line at a point of it. */
export const barAt = (x: number, y: number): string => `M${rounded(x)} ${rounded(y - 6)}v12`;

/** Outlines of the marks of exposure, each of another shape, around a point. */
export function exposureMark(exposure: string, x: number, y: number): string {
  switch (exposure) {
    case 'exposed':
      return `M${x} ${y - 6}l6 6l-6 6l-6 -6z`;
    case 'limited':
      return `M${x} ${y - 5}l6 10h-12z`;
    case 'behind-load-balancer':
      return `M${x - 5} ${y - 5}h10v10h-10zm2 2v6h6v-6z`;
    case 'unknown':
      return `M${x - 5} ${y - 1}h2v2h-2zm4 0h2v2h-2zm4 0h2v2h-2z`;
    default:
      return '';
  }
}
