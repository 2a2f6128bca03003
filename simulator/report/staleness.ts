// simulator/report/staleness.ts — How old visible lists were under load, and when published days were right and given, for every report.

import type { PublicationTimes, StalenessPoint } from '../record/lists-record.js';
import type { RunRecord } from '../record/run-record.js';
import type { Chart } from './charts.js';
import { count, dayName, duration, plural } from './format.js';
import { html, type Markup } from './markup.js';

/** `12 of 14 looks as they should be; others up to 1.2 s behind, with at least 80 % of the rows` */
export function stalenessText({ staleness = [] }: RunRecord): string | undefined {
  if (staleness.length === 0) return undefined;
  const fresh = staleness.filter(({ behindMs }) => behindMs === 0).length;
  const snapshots = `${count(fresh)} of ${plural(staleness.length, 'look')} at visible lists as new as could be`;
  if (fresh === staleness.length) return snapshots;
  const behind = Math.max(...staleness.map(({ behindMs }) => behindMs));
  return `${snapshots}, the others at most ${duration(behind)} behind`;
}

export function publicationTexts({ publications = [] }: RunRecord): string[] {
  return publications.map((one) => `${dayName(one.day)}: ${publicationCells(one).join(', ')}`);
}

function publicationCells({ rightAfterMs, givenAfterMs }: PublicationTimes): string[] {
  const after = (ms: number, what: string) => `${what} ${ms === 0 ? 'in time' : `${duration(ms)} after`}`;
  return [
    rightAfterMs === null ? 'never right' : after(rightAfterMs, 'right'),
    givenAfterMs === null ? 'not given to clients' : after(givenAfterMs, 'given'),
  ];
}

/** Undefined when there are too few looks for a line; of several days at one time, the older list counts. */
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
    note: 'of the oldest event that a list should show and does not, and of the newest that it shows',
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

export function stalenessSection(record: RunRecord, figure: Markup): Markup {
  const { staleness = [], publications = [] } = record;
  if (staleness.length === 0 && publications.length === 0) return html``;
  return html`<section id="freshness"><h2>Visible lists</h2>${staleness.length > 0 ? html`${figure}${figures(staleness)}` : ''}${publicationTable(publications)}</section>`;
}

function figures(points: readonly StalenessPoint[]): Markup {
  const row = (name: string, values: readonly number[], text: (value: number) => string, worst: 'least' | 'most') => {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
    const end = (worst === 'least' ? sorted[0] : sorted.at(-1)) ?? 0;
    return html`<tr><th scope="row">${name}</th><td class="number">${text(middle)}</td><td class="number">${text(end)}</td></tr>`;
  };
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const ranks = (distance: number) => distance.toFixed(2);
  const behind = points.map(({ behindMs }) => behindMs);
  const overlap = points.map((point) => point.overlap);
  const distance = points.map(({ rankDistance }) => rankDistance);
  return html`<table class="checks"><caption>${plural(points.length, 'look')} at the lists of open days, about once a second, each against what was due by then.</caption>
<thead><tr><th scope="col">Of a look</th><th scope="col" class="number">Median</th><th scope="col" class="number">Worst</th></tr></thead>
<tbody>${[
    row('Age of the oldest event that is missing', behind, duration, 'most'),
    row('Rows that should be there and are (overlap@n)', overlap, percent, 'least'),
    row('Ranks that a row is away from its place', distance, ranks, 'most'),
  ]}</tbody></table>`;
}

function publicationTable(publications: readonly PublicationTimes[]): Markup {
  if (publications.length === 0) return html``;
  const rows = publications.map((one) => {
    const cells = publicationCells(one).map((cell) => html`<td>${cell}</td>`);
    return html`<tr><th scope="row">${dayName(one.day)}</th>${cells}</tr>`;
  });
  return html`<table class="checks"><caption>Published days: wall time after their publication, seen about once a second.</caption>
<thead><tr><th scope="col">Day</th><th scope="col">Its list was</th><th scope="col">Clients were</th></tr></thead><tbody>${rows}</tbody></table>`;
}
