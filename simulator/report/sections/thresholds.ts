// simulator/report/sections/thresholds.ts — The thresholds of the scenario, and what was measured.
import type { RunRecord } from '../../record/run-record.js';
import { absent, numbers, type Section, table } from '../document.js';
import { measured, plural } from '../format.js';

export function thresholdsSection({ verdict }: RunRecord): Section[] {
  if (!verdict) return [];
  const { thresholds } = verdict;
  const met = thresholds.filter(({ ok }) => ok).length;
  const rows = thresholds.map(({ threshold, ok, actual, unit }) => [
    { tone: ok ? 'pass' : 'fail', label: ok ? '✓ met' : '✕ missed' } as const,
    threshold,
    measured(actual, unit),
  ]);
  const caption = `${met} of ${plural(thresholds.length, 'threshold')} met. A threshold without a measurement is missed.`;
  const blocks =
    thresholds.length === 0
      ? [absent('The scenario sets none.')]
      : [table(caption, ['Outcome', 'Threshold', ...numbers('Measured')], rows)];
  return [{ id: 'thresholds', title: 'Thresholds', blocks }];
}
