// simulator/scenario/checks.ts — What must hold between parts of a file. A check runs when the parts that it reads are sound, so one load finds all problems.
import type { z } from 'zod';
import { BUG_NAMES, isBugName } from '../vocabulary/bugs.js';
import { CHECKS } from '../vocabulary/checks.js';
import { checkFault } from './fault.js';
import type { TimeSurroundings } from './fault-time.js';
import type { Issue } from './issue.js';
import { pathText, suggestion } from './problems.js';
import type { SharedFields } from './shared-fields.js';

export interface Check<Fields> {
  readonly reads: readonly (keyof Fields)[];
  readonly find: (parts: Fields, issue: Issue) => void;
}

/** @returns a function that makes checks; each is given only the parts that it reads */
export function checkOf<Fields>() {
  return <Read extends keyof Fields>(
    reads: readonly Read[],
    find: (parts: Pick<Fields, Read>, issue: Issue) => void,
  ): Check<Fields> => ({ reads, find });
}

const MAX_TRANSACTIONAL_PARTITIONS = 32;
const CHECK_NAMES = Object.keys(CHECKS);

const check = checkOf<SharedFields>();

/** The checks of every scenario. */
export const SHARED_CHECKS: readonly Check<SharedFields>[] = [
  check(['expect'], ({ expect }, issue) => {
    if (expect.finding !== undefined && expect.verdict === 'pass')
      issue(['expect', 'finding'], 'nothing can be found when the verdict is pass; set expect.verdict to fail');
    if (expect.failing !== undefined && expect.verdict !== 'fail')
      issue(['expect', 'failing'], 'needs expect.verdict fail: with another no check fails');
  }),
  check(['expect'], ({ expect: { finding, failing = [] } }, issue) => {
    // A cause may be two bugs at once.
    const isBug = finding?.split(' and ').every(isBugName) ?? false;
    if (finding !== undefined && !isBug && !CHECK_NAMES.includes(finding)) {
      const nearest = suggestion(finding, [...CHECK_NAMES, ...BUG_NAMES], 'there is');
      issue(['expect', 'finding'], `no bug and no check is named "${finding}"${nearest}`);
    }
    failing.forEach((name, index) => {
      if (CHECK_NAMES.includes(name)) return;
      issue(['expect', 'failing', index], `no check is named "${name}"${suggestion(name, CHECK_NAMES, 'there is')}`);
    });
  }),
  check(['rules'], ({ rules: { weights } }, issue) => {
    if (Object.values(weights).every((weight) => weight === 0))
      issue(['rules', 'weights'], 'every weight is 0: no article would have a score');
  }),
  check(['producer'], ({ producer }, issue) => {
    if (producer.idempotent && producer.acks !== 'all')
      issue(['producer', 'idempotent'], 'needs acks "all": without it the broker cannot know what was written');
  }),
  check(['producer', 'topics'], ({ producer, topics }, issue) => {
    if (!producer.transactional) return;
    if (producer.acks !== 'all')
      issue(
        ['producer', 'transactional'],
        'needs acks "all": a transaction is committed in all replicas or not at all',
      );
    if (topics.partitions > MAX_TRANSACTIONAL_PARTITIONS)
      issue(
        ['producer', 'transactional'],
        `needs at most ${MAX_TRANSACTIONAL_PARTITIONS} partitions, as each partition of each topic has a producer of its own`,
      );
  }),
  check(['topics'], ({ topics }, issue) => {
    if (topics.compacted)
      issue(
        ['topics', 'compacted'],
        'is not possible: compaction takes events away while a consumer reads, so nobody can tell which it should have seen',
      );
    if (topics.minInSyncReplicas > topics.replicationFactor)
      issue(['topics', 'minInSyncReplicas'], 'is larger than replicationFactor: nothing could be sent with acks=all');
  }),
];

/** @param phases the names of all phases */
export function checkPhaseNames(thresholds: SharedFields['thresholds'], phases: readonly string[], issue: Issue): void {
  thresholds.forEach(({ phase }, index) => {
    if (phase !== undefined && !phases.includes(phase))
      issue(['thresholds', index, 'phase'], `no phase is named "${phase}"; there is ${phases.join(', ')}`);
  });
}

/** The parts that faults refer to, besides their times. */
export const FAULT_PARTS = ['faults', 'rules', 'pace', 'consumers', 'topics', 'producer'] as const;

export function checkFaults(
  { faults, rules, pace, consumers, topics, producer }: Pick<SharedFields, (typeof FAULT_PARTS)[number]>,
  load: Pick<TimeSurroundings, 'phases' | 'window'>,
  issue: Issue,
): void {
  const { partitions } = topics;
  const producers = Math.min(producer.clients, partitions);
  const around = { ...load, pace, consumers, partitions, producers, zone: rules.zone };
  faults.forEach((one, index) => {
    checkFault(one, around, (path, message) => issue(['faults', index, ...path], message));
  });
}

/**
 * @param shape the schema of each part
 * @param content of the file, with every patch applied
 * @returns one line each
 */
export function problemsTogether<Fields extends object>(
  shape: Readonly<Record<keyof Fields & string, z.ZodType>>,
  checks: readonly Check<Fields>[],
  content: unknown,
): string[] {
  if (typeof content !== 'object' || content === null) return [];
  const given = content as Readonly<Record<string, unknown>>;
  const sound = Object.entries<z.ZodType>(shape).flatMap(([part, schema]) => {
    const { success, data } = schema.safeParse(given[part]);
    return success ? [[part, data] as const] : [];
  });
  const parts: object = Object.fromEntries(sound);
  const problems: string[] = [];
  for (const { reads, find } of checks) {
    if (reads.some((part) => !(part in parts))) continue;
    find(parts as Fields, (path, message) => problems.push(`${pathText(path)}: ${message}`));
  }
  return problems;
}
