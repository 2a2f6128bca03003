// simulator/workload/director.ts — What a directed move may see of its lane, and do to it.

import type { Kind } from '../../contract/kind.js';
import type { Rules } from '../../contract/rules.js';
import type { World } from './world.js';

export interface DirectedLane {
  readonly lane: number;
  readonly world: World;
  /** Of the event that is being decided, ms. */
  readonly timeMs: number;
  /** Of the event before. */
  readonly kind: Kind;
  readonly article: number;
  readonly weights: Rules['weights'];
  readonly viewsPerEvent: number;
  /** A number in (0, 1). */
  chance(): number;
  /** @returns false when the world does not allow it: nothing has changed */
  move(kind: Kind, article: number): boolean;
}

/** One directed move of one lane. */
export interface Director {
  /** Position among the scenario's aims. */
  readonly aim: number;
  /** Takes the lane's next event in hand, or leaves it to others and to chance. */
  direct(lane: DirectedLane): boolean;
  /** Events that it would still have to take in hand; those that find no time any more stay undone. */
  left(): number;
  /** Nobody who could be listed may be touched now. */
  wantsSilence(timeMs: number): boolean;
}

/** What an aim has done in one lane, or in all. */
export interface Aimed {
  /** Events that it took in hand. */
  readonly moves: number;
  /** Moves that found no time. */
  readonly left: number;
}
