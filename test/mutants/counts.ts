// test/mutants/counts.ts — Planted bugs in what is counted: which count stands, which events are left out, which records.
import { APPLY, COUNTER_NAME, FOLD, type Mutant, ONE_AT_A_TIME, perEvent, SLOWLY } from './mutant.js';

/** Versions in the order of arrival. */
const BY_ARRIVAL = 'const version = () => String((arrivals += 1));\nlet arrivals = 0;';

export const COUNTS: readonly Mutant[] = [
  {
    name: 'arrival-order',
    does: 'the count that arrives last stands',
    patches: perEvent(BY_ARRIVAL, 'event = { ...event, eventId: version() };'),
    scenario: 'late-and-duplicate',
    finding: 'STALE_OVERWRITE',
    missedBy: [{ scenario: 'smoke' }],
  },
  {
    name: 'repeats-overwrite',
    does: 'an event that is sent again overwrites newer counts',
    patches: perEvent(
      'const newest = new Map<string, bigint>();\nconst seen = new Set<string>();',
      `const counter = ${COUNTER_NAME};
    const known = newest.get(counter) ?? 0n;
    const version = seen.has(event.eventId) ? known + 1n : BigInt(event.eventId);
    seen.add(event.eventId);
    newest.set(counter, version > known ? version : known);
    event = { ...event, eventId: String(version) };`,
    ),
    scenario: 'outbox-resend',
    finding: 'LATE_RESEND',
    missedBy: [{ scenario: 'smoke' }],
  },
  {
    name: 'count-deliveries',
    does: 'every delivery adds to a counter',
    patches: perEvent(
      `${BY_ARRIVAL}\nconst counters = new Map<string, number>();`,
      `if ('count' in event) {
      const counter = ${COUNTER_NAME};
      const step = event.type === 'ARTICLE_UNLIKED' || event.type === 'COMMENT_DELETED' ? -1 : 1;
      const count = Math.max(0, (counters.get(counter) ?? 0) + step);
      counters.set(counter, count);
      event = { ...event, count, eventId: version() };
    }`,
    ),
    scenario: 'late-and-duplicate',
    finding: 'DOUBLE_APPLY',
  },
  {
    name: 'versions-as-text',
    does: 'event ids are compared as text, so the newest has fewer digits',
    patches: perEvent('', "event = { ...event, eventId: event.eventId.padEnd(18, '0') };"),
    scenario: 'smoke',
    set: ['clock.start=2024-10-03T00:00:00'],
    finding: 'VERSION_SKEW',
    missedBy: [{ scenario: 'smoke' }],
  },
  {
    name: 'counts-expire',
    does: 'a count that was not set for three hours is forgotten',
    patches: perEvent(
      'const setAt = new Map<string, number>();',
      `if ('count' in event) {
      const written = ${COUNTER_NAME};
      for (const [name, counter] of Object.entries(Counter)) {
        const key = event.articleId + name;
        if (key === written || timeMs - (setAt.get(key) ?? timeMs) <= 3 * 3_600_000) continue;
        this.#counted(timeMs, event.articleId).offer(counter, event.eventId, 0);
        setAt.delete(key);
      }
      setAt.set(written, Math.max(timeMs, setAt.get(written) ?? 0));
    }`,
    ),
    scenario: 'smoke',
    finding: 'STATE_EXPIRED',
    missedBy: [{ scenario: 'all-equal', set: ['arrivals.0.durationHours=3'] }],
  },
  {
    name: 'drop-orphans',
    does: 'a count of an article that is not there yet is dropped',
    patches: [
      {
        file: APPLY,
        find: "    local stored = call('HGET', bucket, id)\n    local state = stored and join(stored, delta) or delta",
        replace:
          "    local stored = call('HGET', bucket, id)\n    if not stored and byte(delta, 1) % 4 == 0 then delta = char(0) end\n" +
          '    local state = stored and join(stored, delta) or delta',
      },
      {
        file: APPLY,
        find: "      if call('HSET', bucket, id, state) == 1 then",
        replace: "      if delta ~= char(0) and call('HSET', bucket, id, state) == 1 then",
      },
    ],
    scenario: 'early-likes',
    finding: 'ORPHAN_DROP',
  },
  {
    name: 'ignore-unlikes',
    does: 'an unlike is not applied',
    patches: [
      {
        file: FOLD,
        find: "      case 'ARTICLE_LIKED':\n      case 'ARTICLE_UNLIKED':",
        replace: "      case 'ARTICLE_UNLIKED':\n        break;\n      case 'ARTICLE_LIKED':",
      },
    ],
    scenario: 'unlike-storm',
    finding: 'UNLIKE_IGNORED',
  },
  {
    name: 'ignore-comment-deletions',
    does: 'a deleted comment still counts',
    patches: perEvent('', "if (given.type === 'COMMENT_DELETED') return;"),
    scenario: 'smoke',
    set: ['mix={"view":40,"like":10,"unlike":1,"comment":40,"commentDelete":20}'],
    finding: 'UNLIKE_IGNORED',
  },
  {
    name: 'ignore-deletions',
    does: 'a deleted article stays',
    patches: perEvent('', "if (given.type === 'ARTICLE_DELETED') return;"),
    scenario: 'article-churn',
    finding: 'DELETE_IGNORED',
    missedBy: [{ scenario: 'ties' }],
  },
  {
    name: 'ghost',
    does: 'the next event brings a deleted article back',
    patches: [
      ONE_AT_A_TIME,
      {
        file: APPLY,
        find: '  if aStatus == DELETED or bStatus == DELETED then return TOMBSTONE end',
        replace:
          '  if bStatus == DELETED then return TOMBSTONE end\n' +
          '  if aStatus == DELETED then return char(byte(b, 1) - bStatus + CREATED) .. sub(b, 2) end',
      },
    ],
    scenario: 'article-churn',
    set: SLOWLY,
    finding: 'GHOST',
    missedBy: [{ scenario: 'ties' }],
  },
  {
    name: 'stop-at-poison',
    does: 'an undecodable record takes the rest of its partition with it',
    patches: [
      {
        file: 'consumer/reading/batch-processor.ts',
        find: '/** Above this many articles',
        replace: 'const stopped = new Set<string>();\n\n/** Above this many articles',
      },
      {
        file: 'consumer/reading/batch-processor.ts',
        find: '        fold.add(decodeQuickly(record.value), timestampMs);',
        replace:
          '        if (stopped.has(`${topic}/${partition}`)) continue;\n        fold.add(decodeQuickly(record.value), timestampMs);',
      },
      {
        file: 'consumer/reading/batch-processor.ts',
        find: '        const { offset, key, value } = record;',
        replace: '        stopped.add(`${topic}/${partition}`);\n        const { offset, key, value } = record;',
      },
    ],
    scenario: 'poison',
    finding: 'POISON_SKIP',
    missedBy: [{ scenario: 'smoke' }],
  },
  {
    name: 'swallow-poison',
    does: 'an undecodable record is passed over in silence',
    patches: [
      {
        file: 'consumer/reading/batch-processor.ts',
        find: '        letters.push({ topic, partition, offset, reason: error.message, key, value });',
        replace: '        void [letters, offset, key, value];',
      },
    ],
    scenario: 'poison',
    finding: 'dead letters',
    missedBy: [{ scenario: 'smoke' }],
  },
];
