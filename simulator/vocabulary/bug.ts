// simulator/vocabulary/bug.ts — What the registry says of each known bug of rankings.

/** The ways in which a bug is recognized, each with what must be so. */
export const EXPLANATIONS = {
  'variant fold':
    'The recorded events are folded once more by the rules with this one bug in them. The result is what was found.',
  'found lists': 'The found lists are the right ones but for this: other weights, another length, another key.',
  'read order':
    'What the bug leaves behind depends on the order in which partitions were read. The offsets that the group committed allow an order that gives the found lists.',
  'borrowed counts': 'The wrong counts are all of one kind, and other articles had them.',
  'lost events': 'Counts are older ones of the same article, and something that loses events was broken on purpose.',
  'day end':
    'The missing events were read last of the day, or right after midnight some counts are zero and others are not.',
  retention: 'Everything that was found is right, and a list expires at the wrong time.',
  publication: 'Everything is right at the end. Clients were given something else before.',
  uncommitted: 'The ranking is right, and the group never committed all that it read.',
  behind: 'By the committed offsets, the wrong articles have records that the group had not read yet.',
} as const;
export type Explanation = keyof typeof EXPLANATIONS;

export interface Bug {
  /** What a consumer with the bug does. */
  readonly does: string;
  /** How users would notice it. */
  readonly shows: string;
  readonly foundBy: readonly Explanation[];
  /** A scenario that comes with `sim` and shows it; `set` is what must be changed of it. */
  readonly shownBy: { readonly scenario: string; readonly set?: readonly string[] };
  /** How one heals it in one's own code. */
  readonly heal: string;
}
