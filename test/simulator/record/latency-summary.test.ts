// test/simulator/record/latency-summary.test.ts
import { build, decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { summarise } from '../../../simulator/record/latency-summary.js';

test('microseconds become milliseconds, and the histogram is kept', () => {
  const histogram = build({ bitBucketSize: 32, highestTrackableValue: 1_000_000, numberOfSignificantValueDigits: 3 });
  for (let value = 1; value <= 1000; value++) histogram.recordValue(value);
  const { histogram: encoded, ...figures } = summarise(histogram);
  assert.equal(figures, {
    count: 1000,
    min: 0.001,
    mean: 0.5005,
    p50: 0.5,
    p90: 0.9,
    p99: 0.99,
    p999: 0.999,
    max: 1,
  });
  assert.is(decodeFromCompressedBase64(encoded, 32, false).totalCount, 1000);
});

test.run();
