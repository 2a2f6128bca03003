// simulator/judge/naming/diagnose.ts — Why a ranking is wrong: the log is folded through the known bugs, and the first wrong article is followed event by event.
import type { Calendar } from '../../../contract/calendar.js';
import type { Day } from '../../../contract/events.js';
import type { Rules } from '../../../contract/rules.js';
import type { ArticleTable, History } from '../../history/history.js';
import type { Diagnosis, NamedBug, Naming, TraitVerdict } from '../../record/diagnosis-record.js';
import type { CodedResult } from '../checks/checker.js';
import { RANKING_CHECKS } from '../checks/ranking-checks.js';
import { RETENTION } from '../checks/retention.js';
import { Ledger } from '../log/ledger.js';
import type { LogOracle } from '../log/log-oracle.js';
import { type LogSource, readLog } from '../log/read-log.js';
import type { Oracle } from '../oracle/oracle.js';
import { Behind } from './behind.js';
import { borrowedCounts } from './borrowed-counts.js';
import { candidatesOf } from './candidates.js';
import { DayEnd } from './day-end.js';
import { DroppedOrphans } from './dropped-orphans.js';
import { type FoundDay, LAST_RESORTS } from './explanations.js';
import { GivenCounts } from './given-counts.js';
import { deviationsOf, verdictWithDeviations } from './known-deviations.js';
import { lostEvents } from './lost-events.js';
import { Classifier, type NamingOptions } from './naming.js';
import { firstWrongArticle, proofOf } from './proof.js';
import type { Variant } from './traits.js';
import { knownVariants } from './variants.js';

export interface Wrong {
  readonly history: History;
  readonly checks: readonly CodedResult[];
  readonly oracle: Oracle;
  readonly log: LogOracle;
  readonly calendar: Calendar;
}

/** Reads the topics once, and once more when it takes two bugs to explain what was found. */
export async function diagnose(
  { history, checks, oracle, log, calendar }: Wrong,
  source: LogSource,
): Promise<Diagnosis> {
  const { rules, viewsPerEvent } = source.plan.scenario;
  const kept = history.days.filter((day) => !day.isForgotten);
  const lists = kept.map(({ span, list }): FoundDay => ({ day: span.day, list, counts: undefined }));
  const wrong = checks.flatMap(({ findings }) => findings.flatMap(({ articleId }) => articleId ?? []));
  const candidates = candidatesOf(log, lists, wrong);
  const found = kept.map(
    ({ span, list, articles }): FoundDay => ({ day: span.day, list, counts: countsOf(articles, candidates, rules) }),
  );
  const watched = firstWrongArticle(checks);
  const options: Omit<NamingOptions, 'variants'> = {
    ...{ rules, calendar, viewsPerEvent, candidates, deviations: {} },
    ...(watched ? { watched } : {}),
  };
  const ledger = watched && new Ledger(watched, calendar);
  const given = new GivenCounts(candidates);
  const dayEnd = new DayEnd(found, calendar, candidates);
  const behind = new Behind(history);
  const orphans = new DroppedOrphans(history, calendar, candidates);
  const variants = knownVariants(rules.top);
  const declared = deviationsOf(source.declared, rules.top);
  const first = new Classifier({ ...options, variants, ...(declared ? { declared } : {}) });
  await readLog(source, (event) => {
    first.add(event);
    ledger?.add(event);
    given.add(event);
    dayEnd.add(event);
    behind.add(event);
    orphans.add(event);
  });
  const evidence = { first, found, given, dayEnd, behind, orphans, options };
  const { naming, classifier } = await nameOf(evidence, { history, checks, calendar }, source);
  const butForTraits =
    declared &&
    (await judgedWithDeviations(declared, { first, found, naming, options: { ...options, variants }, source }));
  const verdicts = { naming, ...(butForTraits ? { butForTraits } : {}) };
  const day = kept.find(({ span }) => span.day === ledger?.day);
  if (!ledger || !day) return verdicts;
  const { span, list } = day;
  return { ...verdicts, proof: proofOf({ span, oracle, list, ledger, watched: classifier?.watched(found) }) };
}

/** What the log was folded to. */
interface Folded {
  readonly first: Classifier;
  readonly found: readonly FoundDay[];
  readonly given: GivenCounts;
  readonly dayEnd: DayEnd;
  readonly behind: Behind;
  readonly orphans: DroppedOrphans;
  readonly options: Omit<NamingOptions, 'variants'>;
}

interface Named {
  readonly naming: Naming;
  /** That has folded what is named; undefined when it is no bug. */
  readonly classifier: Classifier | undefined;
}

/** The likeliest first: that it was not read, one bug, two at once, and then what no fold shows exactly. */
async function nameOf(folded: Folded, wrong: Omit<Wrong, 'oracle' | 'log'>, source: LogSource): Promise<Named> {
  const { first, found, given, dayEnd, behind, options } = folded;
  const { history, checks, calendar } = wrong;
  if (behind.isBehind) return nameBehind(folded, checks);
  let naming = withDroppedOrphans(first.name(found), folded);
  let classifier = first;
  const pairs = naming.consistent.length > 0 ? [] : first.pairs(found);
  if (pairs.length > 0) {
    const ofPairs = new Classifier({ ...options, variants: pairs });
    await readLog(source, (event) => void ofPairs.add(event));
    const { consistent } = ofPairs.name(found);
    if (consistent.length > 0) {
      naming = withNames(naming, consistent);
      classifier = ofPairs;
    }
  }
  const retention = checks.find(({ check }) => check === RETENTION.name)?.findings[0];
  if (retention && classifier.isRight(found)) {
    naming = withNames(naming, [{ name: 'RETENTION', does: retention.message }]);
  }
  if (naming.consistent.length === 0) {
    const { rules, consumer } = source.plan.scenario;
    const { faults } = history;
    const { sessionTimeoutMs } = consumer;
    const lastMs = source.plan.phases.at(-1)?.endMs ?? 0;
    const wasPublished = (day: Day) => calendar.publishedAtMs(day) <= lastMs;
    const circumstances = { rules, faults, sessionTimeoutMs, wasPublished };
    naming = withNames(naming, lostEvents(found, { base: first.base, given, dayEnd }, circumstances));
  }
  if (naming.consistent.length === 0) {
    naming = withNames(naming, borrowedCounts(found, first.base, given));
  }
  if (naming.consistent.length === 0) {
    naming = withNames(naming, classifier.apartFromOrder(found));
  }
  return { naming, classifier };
}

/** What is consistent is no longer one of the others. */
function withNames(naming: Naming, consistent: readonly NamedBug[]): Naming {
  if (consistent.length === 0) return naming;
  const others = (names: readonly string[]) => names.filter((name) => !consistent.some((one) => one.name === name));
  return { consistent, partly: [], not: others(naming.not), untested: others(naming.untested) };
}

/** Where no fold shows what was found, as those follow one order of reading. */
function withDroppedOrphans(naming: Naming, { first, found, orphans }: Folded): Naming {
  const { consistent } = naming;
  if (consistent.some(({ name }) => !LAST_RESORTS.includes(name))) return naming;
  const bug = orphans.explanation(found, first.base);
  if (!bug || !first.explains(found, bug)) return naming;
  const { name, does } = bug;
  return withNames(naming, [{ name, does }, ...consistent]);
}

/** Of what was not read, no bug is made; what is wrong with all that was read can still be one. */
function nameBehind({ first, found, behind }: Folded, checks: Wrong['checks']): Named {
  const naming = first.name(found, false);
  const share = behind.share(checks.filter(({ check }) => RANKING_CHECKS.includes(check)));
  const stops = naming.consistent.filter(({ name }) => name === 'POISON_SKIP');
  if (stops.length > 0) return { naming: withNames(naming, stops), classifier: first };
  if (share === 1) {
    return { naming: { consistent: [behind.bug], partly: [], not: [], untested: [] }, classifier: undefined };
  }
  if (share === 0 || naming.consistent.length > 0) return { naming, classifier: first };
  return { naming: { ...naming, partly: [{ ...behind.bug, share }, ...naming.partly] }, classifier: first };
}

/** Reads the topics once more where the declared traits do not explain all. */
async function judgedWithDeviations(
  deviations: Variant,
  {
    first,
    found,
    naming: { consistent },
    options,
    source,
  }: {
    readonly first: Classifier;
    readonly found: readonly FoundDay[];
    readonly naming: Naming;
    readonly options: NamingOptions;
    readonly source: LogSource;
  },
): Promise<TraitVerdict> {
  const traits = deviations.name.split(', ');
  const share = first.declaredShare(found);
  const alone = consistent.find(({ name }) => traits.includes(name))?.name;
  if (share === 1 || alone !== undefined)
    return { traits, ...verdictWithDeviations(deviations, { share, alone, beside: undefined }) };
  const beside = new Classifier({ ...options, deviations: deviations.traits });
  await readLog(source, (event) => void beside.add(event));
  const naming = beside.name(found);
  return { traits, naming, ...verdictWithDeviations(deviations, { share, beside: naming }) };
}

/** Only of the candidates: a table has a row for every article. */
function countsOf(
  table: ArticleTable | undefined,
  candidates: ReadonlySet<string>,
  { weights }: Rules,
): FoundDay['counts'] {
  if (!table) return undefined;
  const rows = new Map<string, readonly number[]>();
  for (let row = 0; row < table.rows; row += 1) {
    const articleId = String(table.ids[row]);
    if (!candidates.has(articleId)) continue;
    const counts = [table.like[row] ?? 0, table.comment[row] ?? 0, table.view[row] ?? 0];
    rows.set(articleId, weights.commenter > 0 ? [...counts, table.commenter[row] ?? 0] : counts);
  }
  return (articleId) => rows.get(articleId);
}
