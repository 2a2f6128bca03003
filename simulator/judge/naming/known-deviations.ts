// simulator/judge/naming/known-deviations.ts — What a consumer is declared to differ in from the rules, and the verdict but for that. A declared deviation must not hide a further bug.
import type { Diagnosis, NamedBug, Naming, TraitVerdict } from '../../record/diagnosis-record.js';
import type { Outcome } from '../../record/verdict-record.js';
import type { Scenario } from '../../scenario/schema.js';
import type { CheckName } from '../../vocabulary/checks.js';
import { RANKING_CHECKS } from '../../vocabulary/checks.js';
import { type DeclaredDeviations, type DeviationName, deviationNames } from '../../vocabulary/declared-deviations.js';
import { overall } from '../checks/checker.js';
import { StalenessFold } from '../checks/staleness.js';
import { checkStaleness } from '../checks/staleness-check.js';
import { candidatesOf } from './candidate-articles.js';
import { Comparison } from './comparison.js';
import type { Evidence, Reader } from './evidence.js';
import { LAST_RESORTS } from './found-lists.js';
import { rowOrder } from './row-order.js';
import { isOrderBound, type Traits } from './traits.js';
import { VariantFolds } from './variant-folds.js';
import { knownVariants } from './variants.js';
import type { WrongRun } from './wrong-run.js';

export interface KnownDeviations {
  readonly names: readonly DeviationName[];
  /** All of them at once. */
  readonly traits: Partial<Traits>;
}

/** Undefined when nothing is declared. @param top rows in a day's list */
export function deviationsOf(declared: DeclaredDeviations, top: number): KnownDeviations | undefined {
  const names = deviationNames(declared);
  if (names.length === 0) return undefined;
  const { bugs, ties, zeroScore } = declared;
  const known = knownVariants(top);
  const traits: Partial<Traits> = Object.assign(
    {},
    ...bugs.map((name) => known.find((variant) => variant.name === name)?.traits),
    ties === 'newest first' ? {} : { ties },
    zeroScore === 'unlisted' ? {} : { zeroScore },
  );
  return { names, traits };
}

type Verdict = Pick<TraitVerdict, 'outcome' | 'reason' | 'naming'>;

interface DeviationContext {
  readonly run: WrongRun;
  /** Only where the ranking is wrong. */
  readonly evidence: Evidence | undefined;
  readonly scenario: Pick<Scenario, 'rules' | 'viewsPerEvent' | 'clock'>;
}

/** Folds the log as a consumer with the deviations would, and judges what was found once more by that. */
export class DeviationVerdict {
  readonly readers: readonly Reader[];
  readonly #deviations: KnownDeviations;
  readonly #context: DeviationContext;
  /** The known bugs on top of the deviations; only where the ranking is wrong. */
  readonly #folds: VariantFolds | undefined;
  #beside: Comparison | undefined;
  /** Only where lists were too old. */
  readonly #staleness: StalenessFold | undefined;

  constructor(deviations: KnownDeviations, context: DeviationContext) {
    const { evidence, run } = context;
    const readers: Reader[] = [];
    this.#deviations = deviations;
    this.#context = context;
    if (evidence) {
      this.#folds = new VariantFolds({ ...evidence.options, deviations: deviations.traits, watched: undefined });
      readers.push(this.#folds);
    }
    if (run.checks.some(({ check, outcome }) => check === 'staleness' && outcome === 'fail')) {
      const { reader, staleness } = stalenessReader(deviations, context);
      this.#staleness = staleness;
      readers.push(reader);
    }
    this.readers = readers;
  }

  /** To be called when all was read. @param comparison what was found beside the rules; undefined when the ranking is right */
  addedTo(diagnosis: Diagnosis | undefined, comparison: Comparison | undefined): Diagnosis | undefined {
    const { checks } = this.#context.run;
    const verdicts = [
      ...this.#ofOtherChecks(checks.filter(({ outcome }) => outcome === 'fail').map(({ check }) => check)),
      ...(diagnosis && comparison ? this.#ofRanking(diagnosis.naming, comparison) : []),
      ...this.#ofStaleness(),
    ];
    const worst = overall(verdicts);
    const verdict = verdicts.find(({ outcome }) => outcome === worst);
    if (!verdict) return diagnosis;
    const { names } = this.#deviations;
    const consistent = verdict.outcome === 'pass' ? [{ name: names.join(' and '), does: 'as declared' }] : [];
    const butForTraits = { traits: names, ...verdict };
    return { naming: { consistent, partly: [], not: [], untested: [] }, ...diagnosis, butForTraits };
  }

  /** What was found, beside each known bug on top of the deviations; to be called when all was read. */
  beside(): Comparison | undefined {
    const { evidence } = this.#context;
    if (evidence && this.#folds) this.#beside ??= new Comparison(evidence.found, this.#folds);
    return this.#beside;
  }

  #ofOtherChecks(failed: readonly CheckName[]): Verdict[] {
    const others = failed.filter((check) => check !== 'staleness' && !RANKING_CHECKS.includes(check));
    if (others.length === 0) return [];
    return [{ outcome: 'fail', reason: `${others.join(' and ')} failed, which they do not explain` }];
  }

  #ofRanking({ consistent }: Naming, comparison: Comparison): Verdict[] {
    const besideThem = this.beside();
    if (!besideThem) return [];
    const { base } = besideThem.folds;
    const share = comparison.shareOf({
      list: (day) => base.list(day),
      counts: (articleId, day) => base.counts(articleId, day),
    });
    const { names } = this.#deviations;
    const alone = consistent.find(({ name }) => names.some((one) => one === name))?.name;
    if (share === 1 || alone !== undefined)
      return [verdictWithDeviations(this.#deviations, { share, alone, beside: undefined })];
    const beside = besideThem.naming();
    return [{ naming: beside, ...verdictWithDeviations(this.#deviations, { share, beside }) }];
  }

  #ofStaleness(): Verdict[] {
    if (!this.#staleness) return [];
    const { outcome, findings } = checkStaleness(this.#context.run.history, this.#staleness.finish());
    if (outcome !== 'fail') return [{ outcome: 'pass', reason: 'with them no list is older than the group is behind' }];
    const reason = `with them, too, ${findings[0]?.message}`;
    if (!isOrderBound(this.#deviations)) return [{ outcome: 'fail', reason }];
    return [{ outcome: 'unknown', reason: `${reason}; that can depend on when partitions were read` }];
  }
}

/** Compares the lists that were too old with those that a consumer with the deviations would have had. */
function stalenessReader(
  { traits }: KnownDeviations,
  { run: { history, log, calendar }, scenario: { rules, viewsPerEvent, clock } }: DeviationContext,
): { readonly reader: Reader; readonly staleness: StalenessFold } {
  const shown = history.snapshots.map(({ day, list }) => ({ day, list, counts: undefined }));
  const candidates = candidatesOf(log, shown, []);
  const folds = new VariantFolds({ rules, calendar, viewsPerEvent, candidates, variants: [], deviations: traits });
  const staleness = new StalenessFold(history.snapshots, {
    rules,
    log: folds.base,
    speed: clock.speed,
    order: rowOrder(folds.base.traits.ties),
  });
  const reader: Reader = {
    add: (event) => {
      staleness.reach(event.dueMs);
      folds.add(event);
      staleness.add(event);
    },
  };
  return { reader, staleness };
}

/**
 * The verdict on the ranking but for the deviations.
 * @param share the part of what is wrong that they explain
 * @param alone one of the declared bugs that explains all by itself
 * @param beside which bugs show the rest, beside them; undefined when there is no rest
 */
export function verdictWithDeviations(
  deviations: KnownDeviations,
  {
    share,
    alone,
    beside,
  }: { readonly share: number; readonly alone?: string | undefined; readonly beside: Naming | undefined },
): { readonly outcome: Outcome; readonly reason: string } {
  if (alone !== undefined) return { outcome: 'pass', reason: `${alone} by itself explains all that is wrong` };
  if (share === 1 || !beside) return { outcome: 'pass', reason: 'they explain all that is wrong' };
  const folded = beside.consistent.filter(({ name }) => !LAST_RESORTS.includes(name));
  const certain = isOrderBound(deviations) ? folded : beside.consistent;
  if (certain.length > 0) return { outcome: 'fail', reason: `with them it is consistent with ${textOf(certain)}, too` };
  const percent = `they explain ${Math.floor(Math.max(0, share) * 100)} % of what is wrong`;
  if (!isOrderBound(deviations)) return { outcome: 'fail', reason: `${percent} only` };
  const perhaps = textOf([...beside.consistent, ...beside.partly]);
  const other = perhaps === '' ? 'another bug' : perhaps;
  return { outcome: 'unknown', reason: `${percent}; the rest can depend on when partitions were read, or be ${other}` };
}

function textOf(bugs: readonly NamedBug[]): string {
  return [...new Set(bugs.map(({ name }) => name))].join(' or ');
}
