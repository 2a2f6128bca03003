// simulator/extract/shrink.ts — As few items as something still holds for: parts are left out, ever smaller ones, as long as it does.
// Method: delta debugging (Zeller and Hildebrandt, 2002), by leaving out alone.

/** Of a few thousand items a dozen that matter take some hundred tries. */
const MAX_TRIES = 3000;

/** @param holds is true for all items; none of what is returned can be left out alone, unless tries have run out */
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
