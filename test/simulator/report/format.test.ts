// test/simulator/report/format.test.ts
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  bytes,
  compactCount,
  count,
  dayName,
  duration,
  instant,
  measured,
  plural,
  rate,
  share,
} from '../../../simulator/report/format.js';

test('counts have grouped digits', () => {
  assert.equal([0, 999, 1_234_567, -1200].map(count), ['0', '999', '1,234,567', '-1,200']);
  assert.equal([1e15, -Number.MAX_VALUE].map(count), ['1.000e+15', '-1.798e+308']);
  assert.equal([plural(1, 'row'), plural(0, 'row'), plural(1200, 'row')], ['1 row', '0 rows', '1,200 rows']);
});

test('compact counts keep three digits across every step of a thousand', () => {
  assert.equal([0, 950.4, 999.6, 12_345, 999_499, 999_999, 4_567_890, 999_999_999].map(compactCount), [
    '0',
    '950',
    '1.00k',
    '12.3k',
    '999k',
    '1.00M',
    '4.57M',
    '1.00G',
  ]);
});

test('durations never round up to sixty of the smaller unit, nor to an exponent', () => {
  assert.equal(
    [0, 0.04, 0.84, 9.994, 9.996, 12.34, 999.4, 999.9, 4240, 119_949, 119_960, 179_700, 7_199_600, 7_500_000].map(
      duration,
    ),
    [
      '0 ms',
      '0.04 ms',
      '0.84 ms',
      '9.99 ms',
      '10.0 ms',
      '12.3 ms',
      '999 ms',
      '1.0 s',
      '4.2 s',
      '119.9 s',
      '2 min 0 s',
      '3 min 0 s',
      '2 h 0 min',
      '2 h 5 min',
    ],
  );
});

test('bytes are in steps of a thousand', () => {
  assert.equal([0, 999, 1000, 61_800_000, 25_000_000_000].map(bytes), [
    '0 B',
    '999 B',
    '1.00 kB',
    '61.8 MB',
    '25.0 GB',
  ]);
});

test('rates, shares and measurements have their units', () => {
  assert.equal([rate(0.25), rate(52_310.4)], ['0.3 events/s', '52,310 events/s']);
  assert.equal([share(1, 3), share(1, 0)], ['33.3 %', '0 %']);
  assert.equal(
    [measured(null, 'ms'), measured(88.3, 'ms'), measured(19_412.7, 'events/s'), measured(1.23456, 'rows')],
    ['not measured', '88.3 ms', '19,413 events/s', '1.235 rows'],
  );
});

test('days and instants read as people write them', () => {
  assert.equal([dayName('20241001'), dayName('tomorrow')], ['2024-10-01', 'tomorrow']);
  assert.is(instant('2026-11-23T15:30:12.480Z'), '2026-11-23 15:30:12 UTC');
});

test.run();
