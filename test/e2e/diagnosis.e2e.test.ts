// test/e2e/diagnosis.e2e.test.ts — A list that is changed to what a known bug would show is named in terminal, record and reports, with the proof.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadScenario } from '../../simulator/scenario/load.js';
import * as buggy from '../simulator/judge/naming/buggy-consumers.js';
import { plannedLog } from '../simulator/judge/planned-log.js';
import { startServers, type TestServers } from '../support/servers.js';
import { latestRecord, startSim } from '../support/sim.js';

const SCENARIO = 'scenarios/leader-falls.json';
// With fewer leaders than three partitions have runners-up, something is left in the trimmed list.
const SETTINGS = ['pace=max', 'aim.0.leaders=3', 'scale=0.3'];
const DAY = '20241001';

const diagnosis = suite<{ started: TestServers }>('diagnosis');

diagnosis.before(async (context) => {
  context.started = await startServers();
});

diagnosis.after(async ({ started }) => {
  await started?.[Symbol.asyncDispose]();
});

diagnosis(
  'a list as a trimmed one would be is named TRIM_LOSS, with the event that pushed out the article',
  async ({ started }) => {
    const { infra, flags, folder } = started;
    const log = plannedLog(await loadScenario(SCENARIO, SETTINGS));
    const list =
      buggy
        .trimmed((rows) => rows.slice(0, 10))(log)
        .get(DAY) ?? [];
    const settings = SETTINGS.flatMap((setting) => ['--set', setting]);
    const sim = startSim(['run', SCENARIO, '--hold', '--reports', folder, ...settings, ...flags]);
    const [, prefix = ''] = await sim.until(/hold: .* keys (\S+)\*/);
    const redis = new Redis(infra.redis.connection.url);
    const key = `${prefix}hot-article::list::${DAY}`;
    const right = await redis.zrevrange(key, 0, -1);
    const shown = list.map(({ articleId }) => articleId);
    assert.ok(right.some((articleId) => !shown.includes(articleId)));
    await redis.del(key);
    for (const { articleId, score } of list) await redis.zadd(key, score, articleId);
    await redis.quit();
    sim.type('\n');
    const { exitCode, stdout, stderr } = await sim.ended;
    assert.is(exitCode, 1, stdout + stderr);
    assert.match(stdout, /Consistent with TRIM_LOSS\./);
    const record = latestRecord(folder, 'leader-falls');
    assert.is(record.diagnosis?.naming.consistent[0]?.name, 'TRIM_LOSS');
    assert.ok(record.diagnosis?.naming.not.includes('DELETE_IGNORED'));
    const proof = record.diagnosis?.proof;
    assert.ok(proof && right.includes(proof.articleId) && !shown.includes(proof.articleId));
    assert.is(proof?.found, null);
    assert.match(proof?.divergence ?? '', /pushed it out of the trimmed list/);
    assert.ok((proof?.ledger.length ?? 0) > 0);
    const report = (name: string) => readFileSync(join(folder, 'leader-falls', 'latest', name), 'utf8');
    for (const text of [stdout, report('summary.md'), report('report.html')]) {
      assert.match(text, 'TRIM_LOSS');
      assert.match(text, proof?.arithmetic ?? 'no proof');
      assert.match(text, 'sim run scenarios/leader-falls.json --set seed=42');
    }
  },
);

diagnosis.run();
