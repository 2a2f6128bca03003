// test/simulator/run/disk-room.test.ts — A plan that the disk cannot hold is refused before anything is played.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { InfraError } from '../../../simulator/errors.js';
import { expectDiskRoom, plannedBytes } from '../../../simulator/run/disk-room.js';
import { planOf } from '../../../simulator/workload/plan.js';
import { scenarioWith } from '../../support/scenarios.js';

const day = { name: 'day', shape: 'constant', durationHours: 24, events: 1_000_000 };
const plan = (fields: object = {}) => planOf(scenarioWith({ arrivals: [day], ...fields }));

test('the bytes grow with events, texts and copies, and shrink with compression', () => {
  const planned = plannedBytes(plan());
  assert.ok(planned > 100e6 && planned < 1000e6, String(planned));
  assert.is(plannedBytes(plan({ topics: { replicationFactor: 3 } })), planned * 3);
  assert.ok(plannedBytes(plan({ producer: { compression: 'gzip' } })) < planned / 2);
  const many = { articles: { perDay: 500_000 } };
  const long = { ...many, content: { bodySentences: { min: 100, max: 200 } } };
  assert.ok(plannedBytes(plan(long)) > plannedBytes(plan(many)) * 2);
});

test('a plan that does not fit is an infrastructure error that says both figures; one that fits is none', async () => {
  await expectDiskRoom(plan(), '/data', Promise.resolve(1000e6));
  await expectDiskRoom(plan(), '/data', Promise.resolve(undefined));
  const error = await expectDiskRoom(plan(), '/data', Promise.resolve(1e6)).catch((reason: unknown) => reason);
  assert.instance(error, InfraError);
  assert.match(String(error), /the plan writes about \d+ MB to \/data, where 1\.00 MB are free/);
});

test.run();
