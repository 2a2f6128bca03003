// simulator/report/sections/freshness.ts — How old visible lists were under load, and when published days were right and given to clients.

import { elementAt } from '../../../contract/assert.js';
import type { PublicationTimes, StalenessPoint } from '../../record/lists-record.js';
import type { RunRecord } from '../../record/run-record.js';
import type { Chart } from '../chart.js';
import { type Block, numbers, type Section, table } from '../document.js';
import { dayName, duration, plural } from '../format.js';

/** The other reports have this among their numbers. */
export function freshnessSection(record: RunRecord): Section[] {
  const { staleness = [], publications = [] } = record;
  if (staleness.length === 0 && publications.length === 0) return [];
  const blocks = [
    ...stalenessBlocks(staleness, stalenessChart(record)),
    ...(publications.length > 0 ? [publicationTable(publications)] : []),
  ];
  return [{ id: 'freshness', title: 'Visible lists', media: ['page'], blocks }];
}

function stalenessBlocks(points: readonly StalenessPoint[], chart: Chart | undefined): Block[] {
  if (points.length === 0) return [];
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const ranks = (distance: number) => distance.toFixed(2);
  const last = points.length - 1;
  const behind = sorted(points.map(({ behindMs }) => behindMs));
  const distance = sorted(points.map(({ rankDistance }) => rankDistance));
  const overlap = sorted(points.map((point) => point.overlap));
  const figures = table(
    `${plural(points.length, 'snapshot')} of the lists of open days, about one a second, each compared with what was due by then.`,
    ['In a snapshot', ...numbers('Median', 'Worst')],
    [
      ['Age of the oldest missing event', ...[median(behind), elementAt(behind, last)].map(duration)],
      [
        'Share of the expected rows that are listed (overlap@n)',
        ...[median(overlap), elementAt(overlap, 0)].map(percent),
      ],
      ['Mean distance of a row from its rank', ...[median(distance), elementAt(distance, last)].map(ranks)],
    ],
  );
  return [...(chart ? [{ kind: 'charts', charts: [chart] } as const] : []), figures];
}

function sorted(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

function median(ascending: readonly number[]): number {
  return elementAt(ascending, Math.floor((ascending.length - 1) / 2));
}

/** Undefined when there are too few snapshots for a line. When several days were seen at one time, the older list counts. */
export function stalenessChart({ staleness = [], load }: RunRecord): Chart | undefined {
  const worst = new Map<number, StalenessPoint>();
  for (const point of staleness) {
    const other = worst.get(point.atMs);
    if (!other || point.behindMs > other.behindMs) worst.set(point.atMs, point);
  }
  const points = [...worst.values()].sort((a, b) => a.atMs - b.atMs);
  if (points.length < 2) return undefined;
  return {
    id: 'staleness',
    title: 'Age of visible lists',
    note: 'of the oldest missing event, and of the newest event shown',
    x: points.map(({ atMs }) => atMs / 1000),
    xUnit: 'seconds',
    yUnit: 'ms',
    marks: load ? [{ x: load.loadMs / 1000, label: 'drain' }] : [],
    lines: [
      { label: 'behind', values: points.map(({ behindMs }) => behindMs), colour: 2, isFilled: true },
      { label: 'newest shown', values: points.map(({ newestMs }) => newestMs), colour: 1, isDashed: true },
    ],
  };
}

function publicationTable(publications: readonly PublicationTimes[]): Block {
  return table(
    'Published days: wall time after their publication, seen about once a second.',
    ['Day', 'Its list was', 'Clients were'],
    publications.map((one) => [dayName(one.day), rightText(one), givenText(one)]),
  );
}

export function publicationText(one: PublicationTimes): string {
  return `${rightText(one)}, ${givenText(one)}`;
}

function rightText({ rightAfterMs }: PublicationTimes): string {
  return rightAfterMs === null ? 'never right' : `right ${afterText(rightAfterMs)}`;
}

function givenText({ givenAfterMs }: PublicationTimes): string {
  return givenAfterMs === null ? 'not given to clients' : `given ${afterText(givenAfterMs)}`;
}

function afterText(ms: number): string {
  return ms === 0 ? 'in time' : `${duration(ms)} after`;
}
