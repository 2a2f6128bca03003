// test/simulator/cli/progress.test.ts — What a run shows as it goes, where there is no terminal.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createProgress } from '../../../simulator/cli/progress.js';
import { planOf } from '../../../simulator/workload/plan.js';
import { scenarioWith } from '../../support/scenarios.js';

const SAMPLE = {
  atMs: 0,
  phase: 'day',
  due: 0,
  sent: 0,
  acked: 0,
  failed: 0,
  unknown: 0,
  consumed: 0,
  lag: 0,
  sendP50Ms: null,
  sendP99Ms: null,
  harnessRssBytes: 0,
};

test('repeats are not more than all there is to send', () => {
  const lines: string[] = [];
  const stream = { isTTY: false, write: (line: string) => lines.push(line) } as unknown as NodeJS.WriteStream;
  const progress = createProgress(stream);
  const plan = planOf(scenarioWith({ pace: 'max' }));
  progress.stage('load', plan);
  progress.sample({ ...SAMPLE, atMs: 1000, sent: plan.events / 2, acked: plan.events / 2 });
  progress.sample({ ...SAMPLE, atMs: 7000, sent: plan.events * 2, acked: plan.events * 2 });
  assert.equal(lines.slice(1), [
    'day: sent 3.00k/6.00k 3.00k/s, consumed 0, lag 0, send p99 -, left 1.0 s\n',
    'day: sent 12.0k/12.0k 1.50k/s, consumed 0, lag 0, send p99 -, left 0 ms\n',
  ]);
});

test.run();
