// simulator/judge/checks/staleness-check.ts — Of a consumer without stored offsets: does its visible list show what the group says that it has read?
import { STREAMS } from '../../../contract/events.js';
import type { History } from '../../history/history.js';
import { firstCommitOf, hasCommitted, type ObservedCommits } from '../../history/observed-commits.js';
import { type Check, type CodedFinding, type CodedResult, judged, unknown } from './checker.js';
import type { Staleness } from './staleness.js';

const NAME = 'staleness';

/** From the commit of a record to a list that shows it; some consumers write their lists once a second or two. */
const ALLOWED_MS = 5000;

/** Only where lists were seen without offsets: those with offsets are held against their cuts, exactly. */
export const STALENESS: Check = {
  name: NAME,
  needs: [],
  check: ({ history, topics }) =>
    topics?.state === 'read' && history.cuts.length === 0 && topics.staleness.length > 0
      ? checkStaleness(history, topics.staleness)
      : undefined,
};

/** A list may be as old as the group is behind; what was committed long ago must be in it. */
export function checkStaleness({ commits, faults }: History, points: readonly Staleness[]): CodedResult {
  const most = Math.max(0, ...points.map(({ behindMs }) => behindMs));
  const seen = `${points.length} looks at visible lists under load, the oldest ${(most / 1000).toFixed(1)} s behind`;
  if (points.length === 0) return unknown(NAME, seen, 'no row of a list was seen while load ran');
  if (most > ALLOWED_MS && !hasCommitted(commits))
    return unknown(NAME, seen, 'the group commits no offsets, so what it had read is unknown');
  const brokenAtMs = Math.min(Number.POSITIVE_INFINITY, ...faults.flatMap(({ injectedAtMs }) => injectedAtMs ?? []));
  const judgedPoints = points.filter(({ atMs }) => atMs < brokenAtMs);
  return judged(
    NAME,
    seen,
    judgedPoints.flatMap((point) => findingOf(point, commits)),
  );
}

function findingOf({ atMs, day, behindMs, missed }: Staleness, commits: readonly ObservedCommits[]): CodedFinding[] {
  if (!missed || behindMs <= ALLOWED_MS) return [];
  const { stream, partition, offset, articleId, score } = missed;
  const read = firstCommitOf(missed, commits);
  if (!read || atMs - read.atMs <= ALLOWED_MS) return [];
  const place = `${STREAMS[stream]}/${partition} offset ${offset}`;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const message = `${seconds(atMs)} after the load began the list of ${day} did not show ${place}, which made the score of article ${articleId} ${score} and was committed ${seconds(atMs - read.atMs)} before`;
  return [{ code: 'record-not-shown', day, articleId, message }];
}
