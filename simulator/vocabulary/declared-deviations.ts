// simulator/vocabulary/declared-deviations.ts — In what a consumer is declared to differ from the rules.

export interface DeclaredDeviations {
  /** Names of known bugs. */
  readonly bugs: readonly string[];
  readonly ties: 'newest first' | 'oldest first' | 'reverse text' | 'packed into the score';
  readonly zeroScore: 'unlisted' | 'listed';
}

export const NOTHING_DECLARED: DeclaredDeviations = { bugs: [], ties: 'newest first', zeroScore: 'unlisted' };
