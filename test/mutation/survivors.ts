// test/mutation/survivors.ts — Mutants of the judge that no test kills, by what makes them harmless.

export interface Survivor {
  /** From the project's root. */
  readonly file: string;
  /** As Stryker calls it: StringLiteral, ConditionalExpression, … */
  readonly mutator: string;
  readonly line: number;
  /** The whole lines that were changed. */
  readonly source: string;
  /** What stood there, and what stands there instead. */
  readonly original: string;
  readonly replacement: string;
}

export interface Reason {
  readonly why: string;
  readonly holds: (survivor: Survivor) => boolean;
}

const within =
  (file: string, ...texts: readonly string[]) =>
  (survivor: Survivor) =>
    survivor.file === `simulator/judge/${file}.ts` && texts.some((text) => survivor.source.includes(text));

/** The first that holds is taken. */
export const REASONS: readonly Reason[] = [
  {
    why: 'what the types demand for a place in an array, or a value, that is always there',
    holds: ({ mutator, original, source }) =>
      mutator === 'OptionalChaining' ||
      (mutator === 'LogicalOperator' && / \?\? (?:0|''|-1|\[\]|NaN|\w+)$/.test(original)) ||
      (mutator === 'ArrayDeclaration' && original === '[]' && / = \[\]/.test(source)) ||
      (mutator === 'StringLiteral' && / \?\? ''/.test(source)),
  },
  {
    why: 'a text for people, of which only the facts in it are tested',
    holds: ({ mutator, original }) => mutator === 'StringLiteral' && / |`/.test(original),
  },
  {
    why: 'a shortcut: without it the same comes out, later',
    holds: (survivor) =>
      within('cuts', 'canReach', 'this.#reached.get(name)')(survivor) ||
      within('overdue', 'endedMs === undefined', 'known.size === 0')(survivor),
  },
  {
    why: 'equal is impossible: no two articles compare as equal, and what is equal was dealt with before',
    holds: (survivor) =>
      survivor.mutator === 'EqualityOperator' &&
      (within('lists', 'compareListed(')(survivor) || within('delivery', 'found < truth[counter].low')(survivor)),
  },
  {
    why: 'a rank of score 0 comes after every row, so it pushes none out; and whether a possible rank is empty is never asked',
    holds: within('lists', 'certain.push(', 'mayBeWithdrawn && high > 0', 'others.push(', 'const shown = new Set('),
  },
  {
    why: 'the fold of the exact rules does not look at it',
    holds: within('cuts', 'dueMs: timeMs', 'isRepeat: false'),
  },
  {
    why: 'one step more, past the ends of both lists, where nobody is where nobody should be',
    holds: within('cuts', 'i < length'),
  },
];
