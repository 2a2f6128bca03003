// simulator/scenario/checks.ts — What the parts of a scenario must be together. Each check runs if the parts that it reads are sound, so that all problems are told at once.
import { parseLocal } from '../../contract/calendar.js';
import { SNOWFLAKE_EPOCH_MS } from '../../contract/ids.js';
import { checkAims } from './aim-checks.js';
import { checkFault } from './fault.js';
import type { Issue } from './issue.js';
import { checkMix } from './mix.js';
import { checkArrivals } from './phase.js';
import { checkHalfLife } from './popularity.js';
import { pathText } from './problems.js';
import { type ScenarioFields, scenarioSchema } from './schema.js';
import { windowOf } from './window.js';

const DAY_MS = 86_400_000;

type Part = keyof ScenarioFields;

interface Check {
  readonly reads: readonly Part[];
  readonly find: (parts: ScenarioFields, issue: Issue) => void;
}

function check<Read extends Part>(
  reads: readonly Read[],
  find: (parts: Pick<ScenarioFields, Read>, issue: Issue) => void,
): Check {
  return { reads, find };
}

const CHECKS: readonly Check[] = [
  check(['expect'], ({ expect }, issue) => {
    if (expect.finding === undefined || expect.verdict !== 'pass') return;
    issue(['expect', 'finding'], 'nothing can be found where the verdict is to be pass; set expect.verdict to fail');
  }),
  check(['clock', 'rules'], ({ clock, rules }, issue) => {
    const startMs = parseLocal(clock.start, clock.zone ?? rules.zone);
    if (startMs === undefined) {
      const example = '2024-10-01T00:00:00';
      issue(['clock', 'start'], `expected a local date-time such as ${example}, found "${clock.start}"`);
    } else if (startMs < SNOWFLAKE_EPOCH_MS + 2 * DAY_MS) {
      issue(['clock', 'start'], 'is too early: ids count from 2024-01-01, and articles of the day before are needed');
    }
  }),
  check(['mix'], ({ mix }, issue) => checkMix(mix, issue)),
  check(['arrivals', 'days'], ({ arrivals, days }, issue) => checkArrivals(arrivals, days, issue)),
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
    const names = arrivals.map(({ name }) => name);
    thresholds.forEach(({ phase }, index) => {
      if (phase !== undefined && !names.includes(phase))
        issue(['thresholds', index, 'phase'], `no phase is named "${phase}"; there is ${names.join(', ')}`);
    });
  }),
  check(['delivery', 'topics'], ({ delivery, topics }, issue) => {
    delivery.wrongClocks.forEach(({ lane }, index) => {
      const path = ['delivery', 'wrongClocks', index, 'lane'];
      if (lane >= topics.partitions) issue(path, `there are lanes 0 to ${topics.partitions - 1}, one a partition`);
    });
  }),
  check(
    ['faults', 'arrivals', 'clock', 'days', 'rules', 'pace', 'consumers', 'topics', 'producer'],
    ({ faults, pace, consumers, producer, ...parts }, issue) => {
      const { partitions } = parts.topics;
      const around = {
        ...{ pace, consumers, partitions, zone: parts.rules.zone, window: windowOf(parts) },
        phases: parts.arrivals.map(({ name }) => name),
        producers: Math.min(producer.clients, partitions),
      };
      faults.forEach((one, index) => {
        checkFault(one, around, (path, message) => issue(['faults', index, ...path], message));
      });
    },
  ),
  check(['producer'], ({ producer }, issue) => {
    if (producer.idempotent && producer.acks !== 'all')
      issue(['producer', 'idempotent'], 'needs acks "all": without it nobody knows what was written');
  }),
  check(['content'], ({ content: { bodySentences } }, issue) => {
    if (bodySentences.min > bodySentences.max) issue(['content', 'bodySentences', 'min'], 'is larger than max');
  }),
  check(['topics'], ({ topics }, issue) => {
    if (topics.minInSyncReplicas > topics.replicationFactor)
      issue(['topics', 'minInSyncReplicas'], 'is larger than replicationFactor: nothing could be sent with acks=all');
  }),
  check(['aim', 'arrivals', 'articles', 'clock', 'days', 'mix', 'rules', 'viewsPerEvent'], checkAims),
];

/** @param content the file's, with every patch applied @returns one line each */
export function problemsTogether(content: unknown): string[] {
  if (typeof content !== 'object' || content === null) return [];
  const given = content as Readonly<Record<string, unknown>>;
  const sound = Object.entries(scenarioSchema.shape).flatMap(([part, schema]) => {
    const { success, data } = schema.safeParse(given[part]);
    return success ? [[part, data] as const] : [];
  });
  const parts: Partial<ScenarioFields> = Object.fromEntries(sound);
  const problems: string[] = [];
  for (const { reads, find } of CHECKS) {
    if (reads.some((part) => !(part in parts))) continue;
    find(parts as ScenarioFields, (path, message) => problems.push(`${pathText(path)}: ${message}`));
  }
  return problems;
}
