// simulator/workload/director.ts — What a directed move may see of its lane, and do to it.
import type { Rules } from '../../contract/rules.js';
import type { Kind } from './kind.js';
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

/** Takes the lane's next event in hand, or leaves it to chance. */
export type Director = (lane: DirectedLane) => boolean;
