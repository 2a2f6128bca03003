// simulator/scenario/generated-checks.ts — What must hold between the parts of a scenario that draws its events.
import { Calendar, parseLocal } from '../../contract/calendar.js';
import { SNOWFLAKE_EPOCH_MS } from '../../contract/ids.js';
import { checkAims } from './aim-checks.js';
import {
  type Check,
  checkFaults,
  checkOf,
  checkPhaseNames,
  FAULT_PARTS,
  problemsTogether,
  SHARED_CHECKS,
} from './checks.js';
import { type GeneratedFields, generatedSchema } from './generated.js';
import { checkLimits } from './limits.js';
import { checkMix } from './mix.js';
import { checkArrivals, checkHours } from './phase.js';
import { checkHalfLife } from './popularity.js';
import { windowOf } from './window.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const check = checkOf<GeneratedFields>();

const CHECKS: readonly Check<GeneratedFields>[] = [
  ...SHARED_CHECKS,
  check(['clock', 'rules'], ({ clock, rules }, issue) => {
    const startMs = parseLocal(clock.start, clock.zone ?? rules.zone);
    // An offset would put the start into another zone, with other days; a time alone would be that of today.
    if (startMs === undefined || !/^\d{4}-\d\d-\d\d(?:T[\d:.,]+)?$/.test(clock.start)) {
      const example = '2024-10-01T00:00:00';
      issue(
        ['clock', 'start'],
        `expected a local date-time without an offset, such as ${example}, found "${clock.start}"`,
      );
    } else if (startMs < SNOWFLAKE_EPOCH_MS + 2 * DAY_MS) {
      issue(['clock', 'start'], 'is too early: ids count from 2024-01-01, and articles of the day before are needed');
    }
  }),
  check(['arrivals', 'articles', 'clock', 'days', 'pace', 'rules', 'scale'], checkLimits),
  check(['mix'], ({ mix }, issue) => checkMix(mix, issue)),
  check(['arrivals', 'days'], ({ arrivals, days }, issue) => checkArrivals(arrivals, days, issue)),
  check(['arrivals', 'clock', 'days', 'rules'], (parts, issue) => {
    const startMs = windowOf(parts)?.startMs;
    if (startMs === undefined) return;
    const dayMs = new Calendar(parts.rules).at(startMs).startMs;
    checkHours(parts.arrivals, (startMs - dayMs) / HOUR_MS, issue);
  }),
  check(['popularity', 'arrivals', 'days'], ({ popularity, ...load }, issue) => {
    checkHalfLife(popularity.attentionHalfLifeHours, load, issue);
  }),
  check(['articles', 'popularity', 'topics'], ({ articles, popularity, topics }, issue) => {
    if ((popularity.olderShare ?? 0) > 0 && articles.older === 0)
      issue(['popularity', 'olderShare'], 'has no articles to go to: articles.older is 0');
    if (popularity.hotPartitionShare !== undefined && topics.partitions === 1)
      issue(['popularity', 'hotPartitionShare'], 'needs more than one partition: topics.partitions is 1');
  }),
  check(['thresholds', 'arrivals'], ({ thresholds, arrivals }, issue) => {
    checkPhaseNames(thresholds, namesOf(arrivals), issue);
  }),
  check(['thresholds', 'pace'], ({ thresholds, pace }, issue) => {
    thresholds.forEach(({ metric }, index) => {
      if (pace === 'max' && ['endToEnd', 'sendDelay'].includes(metric))
        issue(
          ['thresholds', index, 'metric'],
          `${metric} needs a paced run: with pace max no event has a time at which it is due`,
        );
    });
  }),
  check(['delivery', 'topics'], ({ delivery, topics }, issue) => {
    delivery.wrongClocks.forEach(({ lane }, index) => {
      const path = ['delivery', 'wrongClocks', index, 'lane'];
      if (lane >= topics.partitions) issue(path, `there are lanes 0 to ${topics.partitions - 1}, one a partition`);
    });
  }),
  check([...FAULT_PARTS, 'arrivals', 'clock', 'days'], (parts, issue) => {
    checkFaults(parts, { phases: namesOf(parts.arrivals), window: windowOf(parts) }, issue);
  }),
  check(['content'], ({ content: { bodySentences } }, issue) => {
    if (bodySentences.min > bodySentences.max) issue(['content', 'bodySentences', 'min'], 'is larger than max');
  }),
  check(['aim', 'arrivals', 'articles', 'clock', 'days', 'mix', 'rules', 'viewsPerEvent'], checkAims),
];

function namesOf(arrivals: GeneratedFields['arrivals']): string[] {
  return arrivals.map(({ name }) => name);
}

/** @returns one line each */
export function generatedProblems(content: unknown): string[] {
  return problemsTogether(generatedSchema.shape, CHECKS, content);
}
