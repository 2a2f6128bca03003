// simulator/judge/naming/evidence.ts — What names are made from: the days as they were found, and all that the log is folded to in one reading.
import { elementAt } from '../../../contract/assert.js';
import type { Counts, Rules } from '../../../contract/rules.js';
import type { ArticleTable, ObservedDay } from '../../history/history.js';
import type { LogEvent } from '../../history/log-event.js';
import { Ledger } from '../log/ledger.js';
import type { LogSource } from '../log/read-log.js';
import { Behind } from './behind.js';
import { candidatesOf } from './candidate-articles.js';
import { DayEnd } from './day-end.js';
import { DroppedOrphans } from './dropped-orphans.js';
import { GivenCounts } from './given-counts.js';
import { firstWrongArticle } from './proof.js';
import type { FoundDay } from './shown-facts.js';
import { VariantFolds, type VariantFoldsOptions } from './variant-folds.js';
import { knownVariants } from './variants.js';
import type { WrongRun } from './wrong-run.js';

export interface Evidence {
  /** Days that can still be read. */
  readonly days: readonly ObservedDay[];
  readonly found: readonly FoundDay[];
  readonly folds: VariantFolds;
  readonly given: GivenCounts;
  readonly dayEnd: DayEnd;
  readonly behind: Behind;
  readonly orphans: DroppedOrphans;
  /** Events of the first wrong article. */
  readonly ledger: Ledger | undefined;
  readonly options: VariantFoldsOptions;
}

export function evidenceOf({ history, checks, log, calendar }: WrongRun, { plan }: LogSource): Evidence {
  const { rules, viewsPerEvent } = plan.scenario;
  const days = history.days.filter((day) => !day.isForgotten);
  const lists = days.map(({ span, list }): FoundDay => ({ day: span.day, list, counts: undefined }));
  const wrong = checks.flatMap(({ findings }) => findings.flatMap(({ articleId }) => articleId ?? []));
  const candidates = candidatesOf(log, lists, wrong);
  const found = days.map(
    ({ span, list, articles }): FoundDay => ({ day: span.day, list, counts: countsIn(articles, candidates, rules) }),
  );
  const watched = firstWrongArticle(checks);
  const variants = knownVariants(rules.top);
  const options = { rules, calendar, viewsPerEvent, candidates, deviations: {}, variants, watched };
  return {
    days,
    found,
    folds: new VariantFolds(options),
    given: new GivenCounts(candidates),
    dayEnd: new DayEnd(found, calendar, candidates),
    behind: new Behind(history),
    orphans: new DroppedOrphans(history, calendar, candidates),
    ledger: watched && new Ledger(watched, calendar),
    options,
  };
}

export interface Reader {
  add(event: LogEvent): unknown;
}

export function readersOf({ folds, given, dayEnd, behind, orphans, ledger }: Evidence): Reader[] {
  return [folds, given, dayEnd, behind, orphans, ...(ledger ? [ledger] : [])];
}

/** Counts of candidates alone: a table has a row for every article. */
function countsIn(
  table: ArticleTable | undefined,
  candidates: ReadonlySet<string>,
  { weights }: Rules,
): FoundDay['counts'] {
  if (!table) return undefined;
  const rows = new Map<string, Counts>();
  for (let row = 0; row < table.rows; row += 1) {
    const articleId = String(table.ids[row]);
    if (candidates.has(articleId)) rows.set(articleId, countsAt(table, row, weights.commenter > 0));
  }
  return (articleId) => rows.get(articleId);
}

function countsAt({ like, comment, view, commenter }: ArticleTable, row: number, hasCommenters: boolean): Counts {
  const counts = { like: elementAt(like, row), comment: elementAt(comment, row), view: elementAt(view, row) };
  return hasCommenters ? { ...counts, commenter: elementAt(commenter, row) } : counts;
}
