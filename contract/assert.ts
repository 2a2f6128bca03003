// contract/assert.ts — Turns what cannot be missing into a value, and a bug into an error where it happens.

/** @throws RangeError when there is no element at the index, which is a bug */
export function elementAt<Element>(array: ArrayLike<Element>, index: number): Element {
  const element = array[index];
  if (element === undefined) throw new RangeError(`expected an element at ${index} of ${array.length}, found none`);
  return element;
}

/** @throws RangeError when the map has no such key, which is a bug */
export function entryOf<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = map.get(key);
  if (value === undefined) throw new RangeError(`expected an entry for ${String(key)}, found none`);
  return value;
}
