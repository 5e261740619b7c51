import { createHash } from 'node:crypto';
import type { BlockListReport } from '../../model/verdict/configuration-report.ts';
import { canonicalCidr } from '../canonical-cidr.ts';
import { quoted } from '../../model/quoted.ts';

/** A block list that cannot be used. The message is one sentence: which file, which line, what to mend. */
export class BlockListUnreadable extends Error {
  override readonly name = 'BlockListUnreadable';
  readonly code = 'BLOCK_LIST_UNREADABLE';
}

/** A block list with the file in which it stands. */
export interface BlockList {
  readonly file: string;
  /** Addresses and CIDRs, each once. */
  readonly blocks: readonly string[];
}

/** The list as a report names it. */
export const blockListReport = ({ file, blocks }: BlockList): BlockListReport => ({
  file,
  digest: createHash('sha256').update(JSON.stringify(blocks)).digest('hex'),
  blocks: blocks.length,
});

/** Far more than any list of networks has; what lists single hosts in such numbers is no work for network ACLs. */
const mostLines = 500_000;

/**
 * The addresses and CIDRs of a block list, one a line, of either family; `#` and `;` begin comments. Each block stands
 * once, as it was written. Throws BlockListUnreadable for a line that is neither, and for a list of nothing.
 */
export function readBlockList(text: string, file: string): readonly string[] {
  const lines = (text.startsWith('\uFEFF') ? text.slice(1) : text).split(/\r\n|[\r\n]/);
  if (lines.length > mostLines) {
    throw new BlockListUnreadable(`${file} has ${lines.length} lines, and at most ${mostLines} are read.`);
  }
  const blocks = new Map<string, string>();
  for (const [index, line] of lines.entries()) {
    const word = line.replace(/[#;].*$/, '').trim();
    if (word === '') continue;
    const canonical = canonicalCidr(word);
    if (canonical === word) {
      throw new BlockListUnreadable(
        `${file}, line ${index + 1}: ${quoted(word)} is neither an address nor a CIDR such as 198.51.100.0/24.`,
      );
    }
    if (!blocks.has(canonical)) blocks.set(canonical, word);
  }
  if (blocks.size === 0) throw new BlockListUnreadable(`${file} lists no address.`);
  return [...blocks.values()];
}
