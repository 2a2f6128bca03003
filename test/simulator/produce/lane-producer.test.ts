// test/simulator/produce/lane-producer.test.ts — Lanes are played to their end, and a bug on the way ends the playing.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { inTime } from '../../../contract/waiting.js';
import { produce, type RecordSource } from '../../../simulator/produce/lane-producer.js';
import type { SendOutcome, Transport } from '../../../simulator/produce/transport.js';
import { LaneRecord } from '../../../simulator/workload/lane-record.js';

const OK = { outcome: 'ok', baseOffset: 0 } as const;
const HANGS_AFTER_MS = 2000;

/** Records of one partition, one a millisecond. */
function sourceOf(records: number): RecordSource {
  const record = new LaneRecord();
  let taken = 0;
  return {
    advance: () => {
      record.dueMs = taken;
      record.timeMs = taken;
      taken += 1;
      return taken <= records;
    },
    record,
  };
}

interface Playing {
  readonly records: number;
  readonly send?: () => Promise<SendOutcome>;
  /** Told the batches that have settled before. */
  readonly settled?: (before: number) => void;
}

/** @returns how many records have settled. @throws what `produce` throws, or that it does not end */
async function play({ records, send = async () => OK, settled = () => undefined }: Playing): Promise<number> {
  const transport: Transport = { send, connect: async () => undefined, disconnect: async () => undefined };
  let [batches, settledRecords] = [0, 0];
  const played = produce({
    transport,
    lanes: [
      {
        source: sourceOf(records),
        topics: ['view'],
        createMetadata: () => undefined,
        note: () => undefined,
        settled: ({ batch }) => {
          settled(batches);
          batches += 1;
          settledRecords += batch.count;
        },
      },
    ],
    limits: { records: 10, bytes: 10_000 },
    lingerMs: 0,
    dueAtMs: undefined,
    now: () => 0,
    signal: new AbortController().signal,
  });
  if (!(await inTime(played, HANGS_AFTER_MS))) throw new Error('it hangs');
  return settledRecords;
}

const thrownBy = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing was thrown',
    (error: unknown) => error,
  );

test('every record settles, also those of a last batch that is not full', async () => {
  assert.is(await play({ records: 25 }), 25);
});

test('a lane without records ends at once', async () => {
  assert.is(await play({ records: 0 }), 0);
});

for (const [which, failing] of [
  ['the first', 0],
  ['the last', 2],
] as const) {
  test(`a bug in the account of ${which} batch ends the playing with that bug`, async () => {
    const bug = new Error('the account is wrong');
    const settled = (before: number) => {
      if (before === failing) throw bug;
    };
    assert.is(await thrownBy(play({ records: 25, settled })), bug);
  });
}

test('a transport that rejects, against its promise, ends the playing with what it throws', async () => {
  const bug = new Error('a send must not reject');
  const send = async () => {
    throw bug;
  };
  assert.is(await thrownBy(play({ records: 5, send })), bug);
});

test('a bug that is `undefined` ends the playing, too', async () => {
  const settled = () => {
    throw undefined;
  };
  assert.is(await thrownBy(play({ records: 5, settled })), undefined);
});

test.run();
