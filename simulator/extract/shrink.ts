// simulator/extract/shrink.ts — Reduces a list to few items for which something still holds, by leaving out ever smaller parts.
// Method: delta debugging (Zeller and Hildebrandt, 2002), by leaving out alone.

/** Finding the dozen items that matter among a few thousand takes some hundred tries. */
const MAX_TRIES = 3000;

/** @param holds is true for all items. @returns items none of which can be left out alone, unless tries have run out */
export function shrunk<Item>(items: readonly Item[], holds: (items: readonly Item[]) => boolean): readonly Item[] {
  let kept = items;
  let tries = 0;
  for (let size = Math.ceil(kept.length / 2); size >= 1; ) {
    let isShorter = false;
    for (let from = 0; from < kept.length && tries < MAX_TRIES; ) {
      const less = [...kept.slice(0, from), ...kept.slice(from + size)];
      tries += 1;
      if (less.length < kept.length && holds(less)) {
        kept = less;
        isShorter = true;
      } else from += size;
    }
    if (tries >= MAX_TRIES || (size === 1 && !isShorter)) return kept;
    if (size > 1) size = Math.ceil(size / 2);
  }
  return kept;
}
