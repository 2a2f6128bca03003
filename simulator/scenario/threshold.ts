// simulator/scenario/threshold.ts — A bound on a measured figure; the run fails when the figure is beyond it, or missing.
import { z } from 'zod';
import type { Issue } from './issue.js';

const fields = z.strictObject({
  metric: z
    .enum(['endToEnd', 'send', 'sendDelay', 'apply', 'throughput', 'drain', 'lost', 'duplicated'])
    .describe(
      'endToEnd, send, sendDelay and apply: latencies in ms. throughput: events/s. drain: ms. lost: acknowledged records that are not in the topics. duplicated: records that retries wrote twice.',
    ),
  statistic: z
    .enum(['min', 'mean', 'p50', 'p90', 'p99', 'p999', 'max'])
    .optional()
    .describe('Which figure of a latency.'),
  phase: z
    .string()
    .optional()
    .describe('Only events of this phase; without it, all events but warm-ups. Not for apply.'),
  below: z.number().positive().optional().describe('The figure must be smaller, in the unit of the metric.'),
  above: z.number().nonnegative().optional().describe('The figure must be larger, in the unit of the metric.'),
});

export const thresholdSchema = fields.superRefine((threshold, context) => {
  checkThreshold(threshold, (path, message) => context.addIssue({ code: 'custom', path, message }));
});

function checkThreshold({ metric, statistic, phase, below, above }: z.infer<typeof fields>, issue: Issue): void {
  const isOfWhole = metric === 'drain' || metric === 'lost' || metric === 'duplicated';
  const isLatency = metric !== 'throughput' && !isOfWhole;
  if (isLatency === (statistic === undefined))
    issue(['statistic'], isLatency ? 'expected a statistic such as p99' : 'only latencies have one');
  if (below === undefined && above === undefined) issue([], 'expected below or above');
  if (below !== undefined && above !== undefined && below <= above)
    issue(['below'], `no figure is below ${below} and above ${above}`);
  if (phase !== undefined && (metric === 'apply' || isOfWhole))
    issue(['phase'], `${metric} is measured for the whole run only`);
}
