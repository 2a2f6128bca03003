// test/simulator/report/sample-series.ts — The samples of a run as they are recorded.
import type { RunRecord } from '../../../simulator/record/run-record.js';
import type { Sample } from '../../../simulator/record/sample.js';

/** Half-second samples of a load with an evening peak, as the sampler takes them. */
export function seriesOf(record: RunRecord, count = 33): Sample[] {
  const planned = record.load?.plannedEvents ?? 100_000;
  const share = (part: number) => {
    const x = Math.min(1, Math.max(0, part));
    return x - 0.1 * Math.sin(2 * Math.PI * x) - 0.02 * Math.sin(4 * Math.PI * x);
  };
  return Array.from({ length: count }, (_, index): Sample => {
    const part = (index + 1) / (count - 2);
    const due = Math.round(planned * share(part));
    const sent = Math.min(due, Math.round(planned * share(part - 0.002)));
    const acked = Math.round(planned * share(part - 0.006));
    const consumed = Math.round(planned * share(part - 0.02 - (index % 7 === 3 ? 0.03 : 0)));
    const wave = 1 + Math.sin(index / 3) / 3;
    return {
      atMs: (index + 1) * 500 + (index % 3),
      phase: part < 0.6 ? 'day' : 'evening',
      due,
      sent: Math.max(0, sent),
      acked: Math.max(0, acked),
      failed: 0,
      unknown: 0,
      consumed: Math.max(0, consumed),
      lag: Math.max(0, acked - consumed),
      sendP50Ms: part > 1.02 ? null : 8 * wave,
      sendP99Ms: part > 1.02 ? null : (index % 9 === 4 ? 70 : 24) * wave,
      harnessRssBytes: 180_000_000 + index * 1_000_000,
    };
  });
}
