// simulator/vocabulary/bugs-in-reading.ts — Known bugs in reading and committing, most of which show only when something breaks.
import type { Bug } from './bug.js';

export const BUGS_IN_READING = {
  BEHIND: {
    does: 'The group has not read all records by the end.',
    shows: 'Counts are those of a while ago.',
    foundBy: ['behind'],
    shownBy: { scenario: 'slow-consumer-backlog' },
    heal: 'This is no wrong answer but a late one. Give the run more time (`--set drainTimeoutSeconds=300`) or the consumer more speed.',
  },
  LOST_AFTER_COMMIT: {
    does: 'An offset is committed before its work is done.',
    shows: 'After a crash events are missing, and are never read again.',
    foundBy: ['lost events'],
    shownBy: { scenario: 'consumer-crash' },
    heal: 'Commit after the work. Turn automatic commits off where work goes on in the background.',
  },
  COMMIT_GAP: {
    does: 'A later offset is committed past an earlier one whose work is not done.',
    shows: 'As `LOST_AFTER_COMMIT`, where events are handled in parallel.',
    foundBy: ['lost events'],
    shownBy: { scenario: 'consumer-crash' },
    heal: 'Commit only the lowest offset below which everything is done.',
  },
  PARTIAL_COMMIT: {
    does: 'Only one offset of a batch over many partitions is committed.',
    shows: 'Lag never ends, and a restart reads many records again.',
    foundBy: ['uncommitted'],
    shownBy: { scenario: 'smoke' },
    heal: 'Commit the last offset of every partition that was in the batch.',
  },
  ZOMBIE_WRITE: {
    does: 'A process that was frozen and has lost its partitions still writes what it had read.',
    shows: 'Older counts stand over newer ones.',
    foundBy: ['lost events'],
    shownBy: { scenario: 'zombie' },
    heal: 'Let Redis decide: store the offset or the version beside the data, and refuse older ones in the same atomic step.',
  },
  STORE_ROLLBACK: {
    does: 'Redis comes back with less than it had, and reading goes on at the offset in Kafka.',
    shows: 'A slice of events is missing for ever.',
    foundBy: ['lost events'],
    shownBy: { scenario: 'redis-restart-empty' },
    heal: 'Store the next offset in Redis, in the same step as the data, and read on from there.',
  },
} as const satisfies Readonly<Record<string, Bug>>;
