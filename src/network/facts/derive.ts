/** A fact about a snapshot, worked out the first time it is asked for and kept as long as the snapshot itself. */
export type Derived<In extends object, Out> = (from: In) => Out;

/** Keeps the answer of a pure computation by its argument's identity; purity makes the keeping invisible. */
export function derive<In extends object, Out>(compute: (from: In) => Out): Derived<In, Out> {
  const memo = new WeakMap<In, { readonly value: Out }>();
  return (from) => {
    let entry = memo.get(from);
    if (entry === undefined) {
      entry = { value: compute(from) };
      memo.set(from, entry);
    }
    return entry.value;
  };
}
