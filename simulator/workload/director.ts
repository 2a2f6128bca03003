// simulator/workload/director.ts — What a directed move may see of its lane, and do to it.

import type { Kind } from '../../contract/kind.js';
import type { Rules } from '../../contract/rules.js';
import type { World } from './world.js';

export interface DirectedLane {
  readonly lane: number;
  readonly world: World;
  /** Event time of the event that is being decided, ms. */
  readonly timeMs: number;
  /** Event time of the event before it, ms. */
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
  /** Decides the lane's next event, or leaves it to others and to chance. */
  direct(lane: DirectedLane): boolean;
  /** Events that it still has to decide; those that find no time stay undone. */
  left(): number;
  /** No listable article may be touched now. */
  wantsSilence(timeMs: number): boolean;
}

/** What an aim has done in one lane, or in all. */
export interface Aimed {
  /** Events that it decided. */
  readonly moves: number;
  /** Moves that found no time. */
  readonly left: number;
}
