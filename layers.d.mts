/** The layers of the program: each folder of src/ with the folders it may import. */
export const layers: Readonly<Record<string, readonly string[]>>;
