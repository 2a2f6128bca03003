// test/consumer/runtime/service-clock.test.ts
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ServiceClock } from '../../../consumer/runtime/service-clock.js';
import { Calendar } from '../../../contract/calendar.js';
import { DEFAULT_RULES } from '../../../contract/rules.js';

const calendar = new Calendar(DEFAULT_RULES);
const forgottenAtMs = Date.parse('2024-10-09T01:00:00+09:00');
const DAY_MS = 86_400_000;

test('keys of a day go when it can no longer be read', () => {
  let now = forgottenAtMs - 1;
  const clock = new ServiceClock({ kind: 'system' }, calendar, () => now);
  assert.is(clock.expireAtMs('20241001'), forgottenAtMs);
  now = forgottenAtMs;
  assert.is(clock.expireAtMs('20241001'), undefined);
});

test('a scaled clock maps both ways', () => {
  const settings = { kind: 'scaled', eventStartMs: forgottenAtMs - 1440_000, wallStartMs: 5000, speed: 1440 } as const;
  const clock = new ServiceClock(settings, calendar, () => 5500);
  assert.is(clock.now(), forgottenAtMs - 720_000);
  assert.is(clock.wallTimeOf(forgottenAtMs), 6000);
  assert.is(clock.expireAtMs('20241001'), 6000);
});

test('the event-time clock shows the newest time seen, and has no wall time', () => {
  const clock = new ServiceClock({ kind: 'event-time' }, calendar, () => 1000);
  assert.is(clock.now(), undefined);
  clock.seen(20);
  clock.seen(10);
  assert.is(clock.now(), 20);
  assert.is(clock.wallTimeOf(20), undefined);
});

test('the event-time clock keeps a day for as long as event time needs, and a day at least', () => {
  const clock = new ServiceClock({ kind: 'event-time' }, calendar, () => 1000);
  assert.is(clock.expireAtMs('20241001'), 1000 + DAY_MS);
  clock.seen(forgottenAtMs - 3 * DAY_MS);
  assert.is(clock.expireAtMs('20241001'), 1000 + 3 * DAY_MS);
  clock.seen(forgottenAtMs + 3 * DAY_MS);
  assert.is(clock.expireAtMs('20241001'), 1000 + DAY_MS);
});

test.run();
