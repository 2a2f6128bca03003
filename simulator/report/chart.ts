// simulator/report/chart.ts — A line chart as data, which the page's script draws.
import type { Column } from './timeline.js';

export interface Line {
  readonly label: string;
  readonly values: Column;
  /** Which of the page's line colours. */
  readonly colour: 1 | 2 | 3 | 4;
  readonly isDashed?: boolean;
  readonly isFilled?: boolean;
}

export interface Chart {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly x: readonly number[];
  readonly xUnit: 'seconds' | 'nines';
  readonly yUnit: 'events/s' | 'records' | 'ms';
  readonly isLogarithmic?: boolean;
  readonly lines: readonly Line[];
  readonly marks: readonly { readonly x: number; readonly label: string }[];
}
