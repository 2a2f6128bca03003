// simulator/judge/log/lanes-by-log.ts — The lanes as the log tells of them: from these the oracle is made where the topics were read again.
import { elementAt } from '../../../contract/assert.js';
import { compareIds } from '../../../contract/ids.js';
import { KIND_OF_COUNTER } from '../../../contract/kind.js';
import type { LaneResult, Maybe } from '../../history/lane-result.js';
import type { Certainty } from '../../produce/account/lane-truth.js';
import type { LogOracle } from './log-oracle.js';

const STATES: Readonly<Record<Certainty, number>> = { no: 0, may: 1, must: 2 };

/** The lanes with what the log says in place of what was acknowledged. */
export function lanesByLog(lanes: readonly LaneResult[], log: LogOracle): LaneResult[] {
  return lanes.map((lane) => {
    const column = () => new Uint32Array(lane.articles);
    const states = () => new Uint8Array(lane.articles);
    const maybes: Maybe[] = [];
    const truth = {
      created: states(),
      deleted: states(),
      withdrawn: states(),
      counts: [column(), column(), column()],
      versions: [column(), column(), column()],
      maybes,
      commenters: { low: column(), high: column() },
    };
    for (let article = 0; article < lane.articles; article += 1) {
      const articleId = String(lane.ids[article]);
      const logged = log.find(articleId);
      if (!logged) continue;
      truth.created[article] = STATES[logged.created];
      truth.deleted[article] = STATES[logged.deleted];
      truth.withdrawn[article] = STATES[logged.withdrawn];
      for (const [counter, counts] of truth.counts.entries()) counts[article] = elementAt(logged.counts, counter);
      truth.commenters.low[article] = logged.commenter.low;
      truth.commenters.high[article] = logged.commenter.high;
      const late = [...log.lateCounts(articleId)].sort((a, b) => compareIds(a.eventId, b.eventId));
      for (const [index, { counter, count }] of late.entries()) {
        maybes.push({ article, kind: KIND_OF_COUNTER[counter] ?? 7, count, version: index + 1 });
      }
    }
    return { ...lane, truth };
  });
}
