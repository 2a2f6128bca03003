// test/consumer/publishing/publication-metrics.test.ts
import { Registry } from 'prom-client';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { PublicationMetrics } from '../../../consumer/publishing/publication-metrics.js';
import { ServiceClock } from '../../../consumer/runtime/service-clock.js';
import { Calendar } from '../../../contract/calendar.js';
import { DEFAULT_RULES } from '../../../contract/rules.js';

test('a publication that waits shows for how long, in event time, until it is made', async () => {
  let wallMs = 10_000;
  const scaled = { kind: 'scaled', eventStartMs: 1_000_000, wallStartMs: 10_000, speed: 60 } as const;
  const registry = new Registry();
  const metrics = new PublicationMetrics(registry, new ServiceClock(scaled, new Calendar(DEFAULT_RULES), () => wallMs));
  const shown = async (name: string) => {
    const lines = (await registry.metrics()).split('\n');
    return lines.find((line) => line.startsWith(`hot_article_publication_${name} `))?.split(' ')[1];
  };
  assert.is(await shown('waiting_seconds'), '0');
  metrics.waitingSince(1_000_000);
  wallMs += 2000;
  assert.is(await shown('waiting_seconds'), '120');
  metrics.published(125_500);
  metrics.waitingSince(undefined);
  assert.equal([await shown('waiting_seconds'), await shown('delay_seconds_sum')], ['0', '125.5']);
});

test.run();
