import { Composer, CST, isMap, isScalar, isSeq, Lexer, LineCounter, type Node, Parser, type YAMLMap } from 'yaml';
import { quoted } from '../../model/quoted.ts';

/** A value of a YAML file with the line it stands on, counted from 1. All scalars are texts: `on` stays "on". */
export type YamlValue = YamlText | YamlList | YamlMap;

export interface YamlText {
  readonly kind: 'text';
  readonly text: string;
  readonly line: number;
}

export interface YamlList {
  readonly kind: 'list';
  readonly items: readonly YamlValue[];
  readonly line: number;
}

export interface YamlMap {
  readonly kind: 'map';
  readonly members: readonly { readonly key: string; readonly value: YamlValue; readonly line: number }[];
  readonly line: number;
}

/** A text that is no YAML, or more of YAML than a list of plain entries needs. */
export class YamlRefused extends Error {
  override readonly name = 'YamlRefused';
  /** The line at fault, counted from 1. */
  readonly line: number;

  constructor(line: number, reason: string) {
    super(reason);
    this.line = line;
  }
}

/** What a file may come to before it is not read at all. The parser's work grows with the tokens. */
const limits = { characters: 1 << 20, tokens: 150_000, depth: 12, indent: 60, indicatorsInLine: 12 } as const;

/**
 * Reads one YAML document as texts, lists and maps (the failsafe schema of YAML 1.2, section 10.1). Anchors, aliases,
 * tags, directives and deep nesting are refused before anything is built of them, so that no file can make the reader
 * work for long. Throws YamlRefused. `undefined` where the document is empty.
 */
export function readYaml(text: string): YamlValue | undefined {
  if (text.length > limits.characters) throw new YamlRefused(1, 'the file is larger than 1 MiB');
  refuseExcess(text);
  const lines = new LineCounter();
  const tokens = new Parser(lines.addNewLine).parse(text);
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const options = { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent', strict: true } as const;
  const [document, second] = [...new Composer(options).compose(tokens)];
  if (document === undefined) return undefined;
  const [error] = document.errors;
  if (error !== undefined) throw new YamlRefused(lineAt(error.pos[0]), plainReason(error.message));
  if (second !== undefined) throw new YamlRefused(lineAt(second.range[0]), 'a second document begins here');
  return document.contents === null ? undefined : valueOf(document.contents, lineAt);
}

const plainReason = (message: string): string => {
  const [first = ''] = message.split('\n');
  return `this is not YAML (${quoted(first.replace(/ at line .*$/, '')).slice(1, -1)})`;
};

/** Reads the text as tokens alone, which takes no stack and no memory, and refuses what is never needed. */
function refuseExcess(text: string): void {
  const state = { line: 1, depth: 0, indicators: 0, tokens: 0 };
  const refuse = (reason: string): never => {
    throw new YamlRefused(state.line, reason);
  };
  for (const token of new Lexer().lex(text)) {
    if (++state.tokens > limits.tokens) refuse('there is more in this file than can be meant');
    switch (CST.tokenType(token)) {
      case 'anchor':
      case 'alias':
        refuse('anchors and aliases are not used here; write the value out');
        break;
      case 'tag':
      case 'directive-line':
        refuse('tags and directives are not used here');
        break;
      case 'flow-seq-start':
      case 'flow-map-start':
        if (++state.depth > limits.depth) refuse('this is nested too deeply');
        break;
      case 'flow-seq-end':
      case 'flow-map-end':
        state.depth -= 1;
        break;
      case 'seq-item-ind':
      case 'explicit-key-ind':
      case 'map-value-ind':
        if (++state.indicators > limits.indicatorsInLine && state.depth === 0) refuse('this is nested too deeply');
        break;
      case 'space':
        if (state.indicators === 0 && token.length > limits.indent && state.depth === 0) {
          refuse(`this is indented by more than ${limits.indent} columns`);
        }
        break;
      default:
        break;
    }
    const breaks = token.split('\n').length - 1;
    state.line += breaks;
    if (breaks > 0) state.indicators = 0;
  }
}

function valueOf(node: Node, lineAt: (offset: number) => number): YamlValue {
  const line = lineAt(node.range?.[0] ?? 0);
  if (isScalar(node)) return { kind: 'text', text: typeof node.value === 'string' ? node.value : '', line };
  if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => valueOf(item as Node, lineAt)), line };
  if (isMap(node)) return mapOf(node, line, lineAt);
  throw new YamlRefused(line, 'anchors and aliases are not used here; write the value out');
}

function mapOf(map: YAMLMap, line: number, lineAt: (offset: number) => number): YamlMap {
  const seen = new Set<string>();
  const members = map.items.map(({ key, value }) => {
    const at = isNodeWithRange(key) ? lineAt(key.range[0]) : line;
    if (!isScalar(key) || typeof key.value !== 'string') throw new YamlRefused(at, 'a key must be a plain word');
    if (seen.has(key.value)) throw new YamlRefused(at, `the key ${quoted(key.value)} stands here a second time`);
    seen.add(key.value);
    const empty: YamlText = { kind: 'text', text: '', line: at };
    return { key: key.value, value: value === null ? empty : valueOf(value as Node, lineAt), line: at };
  });
  return { kind: 'map', members, line };
}

const isNodeWithRange = (node: unknown): node is { readonly range: readonly [number, number, number] } =>
  typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
