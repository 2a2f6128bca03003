// simulator/judge/log/lane-sends.ts — Which of a lane's sends were acknowledged, so that a loss can be told from a send that failed.
import type { LaneResult } from '../../history/lane-result.js';

export type LaneSends = Pick<LaneResult, 'lane' | 'unacknowledged'>;

/** @returns whether the send of a lane's event, by its version, was acknowledged each time that it was sent */
export function wasAcknowledged(lanes: readonly LaneSends[]): (lane: number, version: number) => boolean {
  const others = new Map(lanes.map(({ lane, unacknowledged }) => [lane, new Set(unacknowledged)]));
  return (lane, version) => !others.get(lane)?.has(version);
}
