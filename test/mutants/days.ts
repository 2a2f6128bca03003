// test/mutants/days.ts — Planted bugs in what belongs to which day, how long it stays, and when it is closed.
import { APPLY, FOLD, type Mutant, otherRules, type Patch, type Stage } from './mutant.js';

const NEVER_FROZEN: Patch = {
  file: 'consumer/applying/redis-ranking-store.ts',
  find: '    if (expireAtMs === undefined) return;\n    await persist(this.#redis, () => this.#redis.set(',
  replace: '    if (expireAtMs !== 0) return;\n    await persist(this.#redis, () => this.#redis.set(',
};

/** Otherwise the keys of a day may go while they are read. */
const SLOW_ENOUGH_TO_BE_READ = ['clock.speed=5760'];
/** Without a clock it is unknown when a list should expire. */
const UNPACED: Stage = { scenario: 'smoke', set: ['pace=max'] };

export const DAYS: readonly Mutant[] = [
  {
    name: 'day-in-utc',
    does: 'the day of an event is its date in UTC',
    patches: otherRules("zone: 'UTC'"),
    scenario: 'smoke',
    finding: 'ZONE_SHIFT',
  },
  {
    name: 'day-of-processing',
    does: 'an event counts for the day on which it is processed',
    patches: [
      {
        file: 'consumer/reading/batch-processor.ts',
        find: '        fold.add(decodeQuickly(record.value), timestampMs);',
        replace: '        fold.add(decodeQuickly(record.value), clock.now() ?? timestampMs);',
      },
    ],
    scenario: 'midnight-rush',
    finding: 'PROC_TIME_DAY',
    missedBy: [UNPACED],
  },
  {
    name: 'old-articles-count-on',
    does: 'an event counts for the day of its article, whenever it comes',
    patches: [
      NEVER_FROZEN,
      {
        file: FOLD,
        find: '    return this.#state(this.#calendar.at(timeMs).day, articleId);',
        replace:
          '    void timeMs;\n' +
          '    const createdAtMs = Number(BigInt(articleId) >> 22n) + Date.UTC(2024, 0, 1);\n' +
          '    return this.#state(this.#calendar.at(createdAtMs).day, articleId);',
      },
    ],
    scenario: 'midnight-rush',
    finding: 'MUTABLE_RESULT',
    missedBy: [{ scenario: 'ties' }],
  },
  {
    name: 'refill-published-days',
    does: 'the rank of an article that is deleted after publication goes to the next',
    patches: [
      NEVER_FROZEN,
      {
        file: FOLD,
        find: 'raise(isLate ? Status.withdrawn : Status.deleted)',
        replace: 'raise(isLate ? Status.deleted : Status.deleted)',
      },
    ],
    scenario: 'week',
    finding: 'MUTABLE_RESULT',
    missedBy: [{ scenario: 'ties' }],
  },
  {
    name: 'short-stay',
    does: 'a list expires when its day is published',
    patches: [
      {
        file: 'consumer/runtime/service-clock.ts',
        find: '    const forgottenAtMs = this.#calendar.forgottenAtMs(day);',
        replace: '    const forgottenAtMs = this.#calendar.publishedAtMs(this.#calendar.plusDays(day, 1));',
      },
    ],
    scenario: 'smoke',
    set: SLOW_ENOUGH_TO_BE_READ,
    finding: 'RETENTION',
    missedBy: [UNPACED],
  },
  {
    name: 'endless-stay',
    does: 'a list stays for years, after its days too',
    patches: [
      {
        file: 'consumer/runtime/service-clock.ts',
        find: '    const forgottenAtMs = this.#calendar.forgottenAtMs(day);',
        replace: '    const forgottenAtMs = this.#calendar.forgottenAtMs(this.#calendar.plusDays(day, 900));',
      },
    ],
    scenario: 'smoke',
    set: SLOW_ENOUGH_TO_BE_READ,
    finding: 'RETENTION',
  },
  {
    name: 'no-expiry',
    does: 'a list never expires',
    patches: [
      {
        file: APPLY,
        find: "    call('PEXPIREAT', list, expireAt)\n",
        replace: "    call('PERSIST', list)\n",
      },
    ],
    scenario: 'smoke',
    set: SLOW_ENOUGH_TO_BE_READ,
    finding: 'RETENTION',
  },
  {
    name: 'publish-at-once',
    does: 'a day is published at its time, though not all of it is applied yet',
    patches: [
      {
        file: 'consumer/publishing/publisher.ts',
        find: '      const isComplete = await this.#isComplete(day, fences.get(day));',
        replace: '      const isComplete = now > 0 || (await this.#isComplete(day, fences.get(day)));',
      },
    ],
    scenario: 'behind-at-midnight',
    finding: 'EARLY_SERVE',
    missedBy: [{ scenario: 'ties' }],
  },
];
