// simulator/report/sections/load.ts — The load by event type and by partition, for the page.
import type { RunRecord } from '../../record/run-record.js';
import { absent, type Block, type Column, numbers, type Section, table, text } from '../document.js';
import { bytes, count, share } from '../format.js';

export function loadSection({ load }: RunRecord): Section {
  return {
    id: 'load',
    title: 'Load',
    media: ['page'],
    blocks: load ? loadBlocks(load) : [absent('Not measured: the run ended before its load did.')],
  };
}

function loadBlocks({
  articles,
  bytes: valueBytes,
  harnessRssBytesMax,
  eventsByType,
  eventsByPartition,
}: NonNullable<RunRecord['load']>): Block[] {
  const types = Object.entries(eventsByType).map(
    ([type, events]): Bar => [type.toLowerCase().replaceAll('_', ' '), events],
  );
  const partitions = eventsByPartition.map((events, index): Bar => [`partition ${index}`, events]);
  return [
    text(
      `${count(articles)} articles; ${bytes(valueBytes)} of record values; sim used at most ${bytes(harnessRssBytesMax)} of memory`,
    ),
    bars('By event type', 'Event type', types),
    bars(`By partition, all topics together${skew(eventsByPartition)}`, 'Partition', partitions),
  ];
}

type Bar = readonly [name: string, events: number];

function bars(caption: string, what: string, rows: readonly Bar[]): Block {
  const most = Math.max(1, ...rows.map(([, events]) => events));
  const sum = rows.reduce((total, [, events]) => total + events, 0);
  const columns: Column[] = [{ name: what }, { name: '', kind: 'bar' }, ...numbers('Events', 'Share')];
  return table(
    caption,
    columns,
    rows.map(([name, events]) => [name, { share: events / most }, count(events), share(events, sum)]),
  );
}

/** How far the fullest partition is above an even share. */
function skew(events: readonly number[]): string {
  const sum = events.reduce((total, one) => total + one, 0);
  if (events.length < 2 || sum === 0) return '';
  return `; the fullest has ${((Math.max(...events) * events.length) / sum).toFixed(2)} × an even share`;
}
