// test/mutants/faults.ts — Planted bugs that show only when something breaks: what protects the ranking then, taken away.
import { APPLY, type Mutant, type Patch } from './mutant.js';

/** Reading goes on at the offset that Kafka has, even when Redis has lost data. */
const TRUST_KAFKA: readonly Patch[] = [
  {
    file: 'consumer/applying/range-applier.ts',
    find: '    if (known === undefined || known !== lowest) {',
    replace: "    if (lowest === 'nothing') {",
  },
  {
    file: 'consumer/applying/store-watch.ts',
    find: '      if (lacks(offset, place.position)) await this.#readAgain(place, offset);',
    replace: "      if (offset === 'nothing' && lacks(offset, place.position)) await this.#readAgain(place, offset);",
  },
];

/** Redis is emptied, filled up and replaced, while producers send older events again. */
const SWARM = ['seed=15', 'arrivals.0.events=12000', 'articles.perDay=2000', 'clock.speed=10800'];

/** Half a day of many events, and half a day of few. */
function rushThen(name: string, events: number): string {
  const phase = { shape: 'constant', durationHours: 12 };
  return `arrivals=${JSON.stringify([
    { name: 'rush', ...phase, events: 60_000 },
    { name, ...phase, events },
  ])}`;
}

/** The frozen process comes back when nearly everything is applied. A slow link delays the news that it lost its partitions. */
const AFTER_THE_RUSH = [
  rushThen('quiet', 40),
  'faults=[{"kind":"consumer-pause","at":{"progress":0.9},"forSeconds":8},' +
    '{"kind":"link-latency","target":"link:broker:1","at":{"time":"2024-10-01T19:40:00"},"latencyMs":1000,"forSeconds":8}]',
];

/** Many events come while the process is frozen, and few afterwards that would correct what it writes. */
const EBBING = [rushThen('ebb', 4000), 'faults=[{"kind":"consumer-pause","at":{"progress":0.75},"forSeconds":9}]'];

/** The count that comes last stands, not the newest. */
const NO_VERSIONS: Patch = {
  file: APPLY,
  find: '  if bHigh ~= aHigh then return bHigh > aHigh end',
  replace: '  if bHigh ~= aLow then return true end',
};

export const FAULTS: readonly Mutant[] = [
  {
    name: 'no-offset-in-script',
    does: 'a range is applied though what comes before it is missing, as the script does not compare offsets',
    patches: [
      {
        file: APPLY,
        find: "  if not stored or isBelow(stored, ARGV[2]) then return { 'refused', stored or 'none' } end",
        replace: '',
      },
    ],
    scenario: 'redis-restart-empty',
    finding: 'STORE_ROLLBACK',
    missedBy: [{ scenario: 'smoke' }],
  },
  {
    name: 'no-version-check',
    does: 'of two counts the one that comes last stands, also when it is older',
    patches: [
      NO_VERSIONS,
      {
        file: 'consumer/applying/article-state.ts',
        find: '      if (order <= 0) return;',
        replace: '      if (order < -9e15) return;',
      },
    ],
    scenario: 'everything-at-once',
    set: SWARM,
    finding: 'LATE_RESEND',
    missedBy: [{ scenario: 'smoke' }],
  },
  {
    name: 'no-zombie-guard',
    does: 'a range that was applied before is applied again, and takes the offset back to its end',
    patches: [{ file: APPLY, find: '  if stored and not isBelow(stored, ARGV[3]) then', replace: '  if false then' }],
    scenario: 'zombie',
    set: AFTER_THE_RUSH,
    finding: 'cuts',
    // A batch must be on its way to the process that freezes, and a snapshot must be taken before it is read again.
    tries: 10,
    missedBy: [{ scenario: 'smoke' }],
  },
  {
    name: 'trust-committed-offsets',
    does: 'reading goes on at the committed offset, also when Redis has lost what came before',
    patches: TRUST_KAFKA,
    scenario: 'redis-restart-empty',
    finding: 'STORE_ROLLBACK',
    missedBy: [{ scenario: 'smoke' }],
  },
  {
    name: 'commit-before-work',
    does: 'an offset is committed, and the work is done half a second later',
    patches: [
      ...TRUST_KAFKA,
      {
        file: 'consumer/reading/group-consumer.ts',
        find: '    const work = this.#options.processor.process(batch, this.#partitionOf(payload));',
        replace:
          '    const { topic, partition } = batch;\n' +
          '    const partitions = [{ partition, offset: batch.next }];\n' +
          '    await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions }] });\n' +
          '    await sleep(500);\n' +
          '    const work = this.#options.processor.process(batch, this.#partitionOf(payload));',
      },
    ],
    scenario: 'consumer-crash',
    set: ['faults=[{"kind":"consumer-kill","target":"consumer:all","at":{"progress":0.9}}]'],
    finding: 'LOST_AFTER_COMMIT',
    // A batch must have been committed and not applied when they are killed.
    tries: 4,
  },
  {
    name: 'commit-the-last-alone',
    does: 'of all partitions that were worked on, only the last is committed',
    patches: [
      {
        file: 'consumer/reading/offset-commits.ts',
        find: '    if (topics.length === 0 || !this.#commit) return;\n    try {\n      await this.#commit({ topics });',
        replace:
          '    const [last] = topics.slice(-1);\n' +
          '    if (!last || !this.#commit) return;\n' +
          '    try {\n' +
          '      await this.#commit({ topics: [{ ...last, partitions: last.partitions.slice(-1) }] });',
      },
    ],
    scenario: 'smoke',
    finding: 'PARTIAL_COMMIT',
  },
  {
    name: 'let-zombies-write',
    does: 'counts have no version and ranges no offset, so a process that was frozen writes what is old over what is new',
    patches: [
      { file: APPLY, find: "if ARGV[4] ~= (stored or 'none') then", replace: "if ARGV[4] == 'nothing' then" },
      NO_VERSIONS,
    ],
    scenario: 'zombie',
    set: EBBING,
    finding: 'ZOMBIE_WRITE',
    // A batch must have been on its way to the process that freezes.
    tries: 10,
    missedBy: [{ scenario: 'smoke' }],
  },
];
