// simulator/run/disk-room.ts — Whether the disk holds what a plan writes into a Kafka that is started for the run.
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { STREAMS } from '../../contract/events.js';
import { InfraError } from '../errors.js';
import { bytes } from '../report/format.js';
import type { Plan } from '../workload/plan.js';
import { survey } from '../workload/survey.js';

/** Less than a hundred megabytes: looking is not worth its time. */
const FEW_EVENTS = 100_000;
const SURVEYED_EVENTS = 3000;
/** Key, times and lengths of a record in a batch, and its share of the index. */
const RECORD_BYTES = 60;
/** Texts of articles and comments repeat themselves. */
const COMPRESSED_SHARE = 0.25;

/** Bytes in the data folders of all brokers, by the first events. */
export function plannedBytes(plan: Plan): number {
  if (plan.events < FEW_EVENTS) return 0;
  const { byStream, events, records } = survey(plan, SURVEYED_EVENTS);
  const values = STREAMS.reduce((sum, stream) => sum + byStream[stream].bytes, 0);
  const { producer, topics } = plan.scenario;
  const kept = producer.compression === 'none' ? 1 : COMPRESSED_SHARE;
  return ((values + records * RECORD_BYTES) / events) * plan.events * kept * topics.replicationFactor;
}

/** @param folder where the servers keep their data @throws InfraError */
export async function expectDiskRoom(plan: Plan, folder = tmpdir(), freeBytes = freeIn(folder)): Promise<void> {
  const [planned, free] = [plannedBytes(plan), await freeBytes];
  // Not every file system tells; then the writes themselves will.
  if (free === undefined || planned <= free) return;
  throw new InfraError(`the plan writes about ${bytes(planned)} to ${folder}, where ${bytes(free)} are free`, {
    hint: 'name a folder with more room by TMPDIR, lower the events, or give a Kafka by --brokers',
  });
}

async function freeIn(folder: string): Promise<number | undefined> {
  const room = await statfs(folder).catch(() => undefined);
  return room && room.bavail * room.bsize;
}
