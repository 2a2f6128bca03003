// test/mutation/survivors.ts — Mutants of the judge that no test kills, by what makes them harmless.

import { basename } from 'node:path';

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
    basename(survivor.file) === `${file}.ts` && texts.some((text) => survivor.source.includes(text));

/** The first that holds is taken. */
export const REASONS: readonly Reason[] = [
  {
    why: 'what the types demand for a place in an array, or a value, that is always there',
    holds: (survivor) =>
      survivor.mutator === 'OptionalChaining' ||
      (survivor.mutator === 'ArrayDeclaration' && / (?:=|\?\?) \[\]/.test(survivor.source)) ||
      (survivor.mutator === 'StringLiteral' && / \?\? ''/.test(survivor.source)) ||
      (survivor.mutator === 'UnaryOperator' && / \?\? -1/.test(survivor.source)) ||
      (survivor.original.startsWith('!counts') && within('lane-truth', '!counts || !versions')(survivor)) ||
      within('preconditions', "(aim: Aim) => aim.kind === 'leaders-fall'")(survivor) ||
      within('logged-commenters', "'commentId' in event")(survivor),
  },
  {
    why: 'a text for people, of which only the facts in it are tested',
    holds: ({ mutator, original }) => mutator === 'StringLiteral' && / |`/.test(original),
  },
  {
    why: 'the other of two words: all that is compared with is the first',
    holds: (survivor) =>
      survivor.mutator === 'StringLiteral' &&
      (within('lane-truth', "? 'info' : sent", ": 'deleted'")(survivor) ||
        within('logged-commenters', ": 'deleted'")(survivor) ||
        within('lists-after-publication', "'published'")(survivor)),
  },
  {
    why: 'a shortcut, or memory that is not taken: without it the same comes out, later',
    holds: (survivor) =>
      within('article-read', 'found === title(newest)')(survivor) ||
      within('closed-days', 'before.list === after.list')(survivor) ||
      within('cuts', 'canReach', 'this.#reached.get(name)')(survivor) ||
      within('lane-truth', 'timeMs >= last.startMs', 'this.#lastDay = index')(survivor) ||
      within('aligned-partition', 'MAX_WAITING')(survivor) ||
      within(
        'log-oracle',
        'score >= least',
        'weights.commenter > 0',
        '=== day ? last',
        'this.#dayNames.length - 1',
      )(survivor) ||
      within('lists', 'return !last || compareListed(')(survivor) ||
      within('oracle', 'new IdTable(')(survivor) ||
      within('late-completions', 'endedMs === undefined', 'known.size === 0')(survivor) ||
      within('staleness', 'this.#next >= this.#snapshots.length')(survivor),
  },
  {
    why: 'equal is impossible, or sets once more what is there: no two articles compare as equal, and no two events of an article have one version',
    holds: (survivor) =>
      survivor.mutator === 'EqualityOperator' &&
      (within('lists', 'compareListed(')(survivor) ||
        within('delivery', 'found < truth[counter].low')(survivor) ||
        within('lane-truth', '(versions[article] ?? 0) >= version', '(states[article] ?? NO) < state')(survivor) ||
        within('log-oracle', 'score > cells.get(article, CELL.peak)')(survivor) ||
        within('oracle', 'compareRanked(other, row)')(survivor) ||
        within('read-model-truth', 'event.version > ')(survivor) ||
        within('staleness', 'this.#order(', 'first.dueMs <= one.dueMs')(survivor)),
  },
  {
    why: 'equal is harmless: a list that shows one record more than was folded is no older for that',
    holds: within('staleness', 'snapshot.answeredMs < dueMs'),
  },
  {
    why: 'a rank of score 0 comes after every row, so it pushes none out',
    holds: within('lists', 'certain.push('),
  },
  {
    why: 'no version of an article stands by the log: its late counts are newer than what stands',
    holds: within('lanes-by-log', 'versions: ['),
  },
  {
    why: 'one step more, past the end, where nothing is; or one more or less of thousands',
    holds: (survivor) =>
      survivor.mutator === 'EqualityOperator' &&
      (within('cuts', 'i < length')(survivor) ||
        within('aligned-partition', 'this.#recent.size >= RECENT')(survivor) ||
        within('lanes-by-log', 'article < lane.articles')(survivor) ||
        within('disagreements', 'article < lane.articles')(survivor) ||
        within('scores', 'row < articles.rows')(survivor)),
  },
  {
    why: 'another number, or direction, that serves as well',
    holds: (survivor) =>
      within('coverage', "?? '0'")(survivor) ||
      (survivor.mutator === 'ArithmeticOperator' &&
        (within('log-alignment', 'partition * STREAMS.length + stream')(survivor) ||
          within('id-table', 'slot + 1')(survivor) ||
          within('preconditions', 'rows[index + 1]')(survivor))),
  },
];
