// contract/kafkajs/offsets-without-records.ts — Lets kafkajs 2.2.4 hand over offsets that hold no record: transaction markers, aborted records, and what compaction took away.
import { createRequire } from 'node:module';

interface RecordBatch {
  readonly firstOffset: string;
  readonly lastOffsetDelta: number;
  readonly records: { readonly offset: string }[];
}

interface Batch {
  isEmptyDueToFiltering(): boolean;
}

interface Runner {
  readonly running: boolean;
  readonly eachBatch: unknown;
  handleBatch(batch: Batch): Promise<void>;
  processEachBatch(batch: Batch): Promise<void>;
}

type Decode = (decoder: unknown) => Promise<RecordBatch>;

const require = createRequire(import.meta.url);

/** Before the first fetch, which loads the decoder. */
export function handOverOffsetsWithoutRecords(): void {
  const decoder = require.resolve('kafkajs/src/protocol/recordBatch/v0/decoder.js');
  const decode = require(decoder) as Decode;
  const loaded = require.cache[decoder];
  if (loaded) loaded.exports = async (bytes: unknown) => withLastOffset(await decode(bytes));
  handEmptyBatches((require('kafkajs/src/consumer/runner.js') as { prototype: Runner }).prototype);
}

/**
 * Compaction keeps the last offset of a batch whose last records it takes, and may leave no record at all. kafkajs would
 * read such a batch again for ever: it goes on behind the last record. So the last offset gets a record that is hidden.
 */
function withLastOffset(batch: RecordBatch): RecordBatch {
  const last = BigInt(batch.firstOffset) + BigInt(batch.lastOffsetDelta);
  const offset = batch.records.at(-1)?.offset;
  if (offset !== undefined && BigInt(offset) >= last) return batch;
  const hidden = {
    offset: String(last),
    key: null,
    value: null,
    headers: {},
    isControlRecord: true,
    batchContext: batch,
  };
  batch.records.push(hidden);
  return batch;
}

/** kafkajs passes a batch without records in silence: its offsets would never count as read. */
function handEmptyBatches(prototype: Runner): void {
  const handle = prototype.handleBatch;
  prototype.handleBatch = async function (this: Runner, batch) {
    if (this.running && this.eachBatch && batch.isEmptyDueToFiltering()) await this.processEachBatch(batch);
    await handle.call(this, batch);
  };
}
