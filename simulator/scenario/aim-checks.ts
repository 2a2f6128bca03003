// simulator/scenario/aim-checks.ts — Directed moves that could never be made: nothing to move, or no such time.
import { SNOWFLAKE_EPOCH_MS } from '../../contract/ids.js';
import type { Aim } from './aim.js';
import type { GeneratedFields } from './generated.js';
import type { Issue } from './issue.js';
import { type Window, windowOf } from './window.js';

const HOUR_MS = 3_600_000;
/** Ids are milliseconds times 2^22. */
const BEYOND_DOUBLES_MS = SNOWFLAKE_EPOCH_MS + 2 ** 31;

type Around = Pick<
  GeneratedFields,
  'aim' | 'arrivals' | 'articles' | 'clock' | 'days' | 'mix' | 'rules' | 'viewsPerEvent'
>;

export function checkAims(around: Around, issue: Issue): void {
  const window = windowOf(around);
  if (!window) return;
  around.aim.forEach((aim, index) => {
    checkAim(aim, { ...around, window }, (path, message) => issue(['aim', index, ...path], message));
  });
}

function checkAim(aim: Aim, around: Around & { readonly window: Window }, issue: Issue): void {
  const { window, mix, rules, articles, viewsPerEvent } = around;
  const hours = (window.endMs - window.startMs) / HOUR_MS;
  const needsLikes = () => {
    if (mix.like === 0) issue(['kind'], 'takes likes away, but there are no likes: mix.like is 0');
  };
  const needsViews = () => {
    if (rules.weights.view === 0) issue(['kind'], 'moves scores by views, and rules.weights.view is 0');
  };
  if ('atHour' in aim && aim.atHour >= hours)
    issue(['atHour'], `is after the end of the load, which lasts ${hours} hours`);
  switch (aim.kind) {
    case 'leaders-fall':
      if (aim.by === 'unlike') needsLikes();
      break;
    case 'ties':
      needsViews();
      checkTies(aim.ranks, rules.weights.view * viewsPerEvent, issue);
      break;
    case 'swap':
      needsViews();
      checkNeighbours(aim.ranks, issue);
      break;
    case 'unlike-storm':
      needsLikes();
      break;
    case 'yesterday':
      if ((window.closesMs[0] ?? window.endMs) >= window.endMs)
        issue(['kind'], `needs time after the end of a day, and the load ends before, after ${hours} hours`);
      break;
    case 'resurrection': {
      const isDeleting = around.aim.some((one) => one.kind === 'leaders-fall' && one.by === 'delete');
      if (articles.deleteRate === 0 && !isDeleting)
        issue(['kind'], 'needs articles that are deleted: articles.deleteRate is 0');
      break;
    }
    case 'adjacent-ids':
      if (window.startMs < BEYOND_DOUBLES_MS)
        issue(['kind'], `needs ids beyond 2^53: clock.start after ${new Date(BEYOND_DOUBLES_MS).toISOString()}`);
      break;
    case 'midnight':
      if (window.closesMs.length === 0)
        issue(['kind'], `needs the end of a day, and the load ends before, after ${hours} hours`);
      break;
    case 'viral':
    case 'all-equal':
      break;
  }
}

function checkTies(ranks: readonly number[], pointsPerView: number, issue: Issue): void {
  if (pointsPerView > 1)
    issue(['kind'], `evens scores out by views, and one view event is worth ${pointsPerView}: viewsPerEvent 1 can`);
  checkNeighbours(ranks, issue);
}

/** Each pair is a rank and the one below it. */
function checkNeighbours(ranks: readonly number[], issue: Issue): void {
  ranks.forEach((rank, index) => {
    const other = ranks.find((one, at) => at < index && Math.abs(one - rank) < 2);
    if (other !== undefined)
      issue(['ranks', index], `${rank} and ${other} share an article: each moves a rank and the one below it`);
  });
}
