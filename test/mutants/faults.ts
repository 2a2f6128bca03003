// test/mutants/faults.ts — Planted bugs that show only when something breaks: what protects the ranking then, taken away.
import { APPLY, type Mutant, type Patch } from './mutant.js';

/** What Kafka says was committed decides, whatever Redis has lost. */
const TRUST_KAFKA: readonly Patch[] = [
  {
    file: 'consumer/range-applier.ts',
    find: '    if (known === undefined || known !== lowest) {',
    replace: "    if (lowest === 'nothing') {",
  },
  {
    file: 'consumer/store-watch.ts',
    find: '      if (lacks(offset, place.position)) await this.#readAgain(place, offset);',
    replace: "      if (offset === 'nothing' && lacks(offset, place.position)) await this.#readAgain(place, offset);",
  },
];

export const FAULTS: readonly Mutant[] = [
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
        file: 'consumer/group-consumer.ts',
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
  },
  {
    name: 'let-zombies-write',
    does: 'counts have no version and ranges no offset, so a process that was frozen writes what is old over what is new',
    patches: [
      { file: APPLY, find: "if ARGV[4] ~= (stored or 'none') then", replace: "if ARGV[4] == 'nothing' then" },
      {
        file: APPLY,
        find: '  if bHigh ~= aHigh then return bHigh > aHigh end',
        replace: '  if bHigh ~= aLow then return true end',
      },
    ],
    scenario: 'zombie',
    finding: 'ZOMBIE_WRITE',
    missedBy: [{ scenario: 'smoke' }],
  },
];
