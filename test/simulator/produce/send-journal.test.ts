// test/simulator/produce/send-journal.test.ts — What a killed thread has sent is known record by record, and what was on its way is unknown.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { LaneEnds, type QueueName, SendJournal } from '../../../simulator/produce/send-journal.js';

const views: QueueName = { lane: 0, stream: 3, partition: 0 };
const likes: QueueName = { lane: 0, stream: 2, partition: 0 };
const others: QueueName = { lane: 1, stream: 3, partition: 1 };
const ok = { outcome: 'ok', baseOffset: 7 } as const;

function journalOf(...sends: readonly (readonly [QueueName, number, 'ended' | 'on its way'])[]): SendJournal {
  const journal = new SendJournal();
  for (const [queue, count, end] of sends) {
    journal.take({ type: 'sending', ...queue, count });
    if (end === 'ended') journal.take({ type: 'ended', ...queue, count, outcome: ok, endedAtMs: 10 });
  }
  return journal;
}

test('what was on its way when the thread was killed is unknown from then on', () => {
  const journal = journalOf(
    [views, 2, 'ended'],
    [views, 1, 'on its way'],
    [likes, 5, 'on its way'],
    [others, 1, 'ended'],
  );
  assert.is(journal.giveUp(50), 6);
  assert.is(journal.giveUp(60), 0);
  const info = { outcome: 'info', reason: 'the producer was killed' } as const;
  assert.equal(journal.ends, [
    {
      ...views,
      ends: [
        { count: 2, outcome: ok, endedAtMs: 10 },
        { count: 1, outcome: info, endedAtMs: 50 },
      ],
    },
    { ...likes, ends: [{ count: 5, outcome: info, endedAtMs: 50 }] },
    { ...others, ends: [{ count: 1, outcome: ok, endedAtMs: 10 }] },
  ]);
});

test('the ends of a lane come one by one for each queue, until nothing more was sent', () => {
  const journal = journalOf([views, 2, 'ended'], [views, 1, 'on its way'], [others, 3, 'ended']);
  journal.giveUp(50);
  const ends = new LaneEnds(0, journal.ends);
  const next = () => {
    const end = ends.next(views.stream, views.partition);
    return end && [end.outcome.outcome, end.endedAtMs, end.isFirst];
  };
  assert.equal([next(), next(), next(), next()], [['ok', 10, true], ['ok', 10, false], ['info', 50, true], undefined]);
  assert.is(ends.next(others.stream, others.partition), undefined);
});

test.run();
