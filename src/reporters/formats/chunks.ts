/** Of this many characters is a chunk, at least: large enough for few writes, small enough to hold many. */
const enough = 65_536;

/** The same text in chunks of a size that is worth writing. */
export function* inChunks(pieces: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < enough) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
