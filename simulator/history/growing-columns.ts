// simulator/history/growing-columns.ts — Typed arrays for rows whose number is not known; they double when they are full.

type Column = BigUint64Array | Float64Array | Uint32Array | Uint16Array | Uint8Array;

export function doubled<Kind extends Column>(column: Kind): Kind {
  const larger = new (column.constructor as new (length: number) => Kind)(column.length * 2);
  // By bytes, which numbers and bigints have in common.
  new Uint8Array(larger.buffer).set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  return larger;
}

/** A table of columns by name, each twice as long. */
export function grown<Columns extends Readonly<Record<string, Column>>>(columns: Columns): Columns {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, doubled(column)])) as Columns;
}
