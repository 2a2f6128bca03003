// test/simulator/record/series.test.ts
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RecordError } from '../../../simulator/errors.js';
import { readSeries, SeriesWriter } from '../../../simulator/record/series.js';
import { PASS } from '../report/sample-record.js';
import { seriesOf } from '../report/sample-series.js';

const test = suite('series', { dir: '' });
test.before.each(async (context) => {
  context.dir = await mkdtemp(join(tmpdir(), 'sim-series-'));
});
test.after.each(async ({ dir }) => rm(dir, { recursive: true, force: true }));

const samples = seriesOf(PASS, 8);

async function write(dir: string): Promise<void> {
  const writer = new SeriesWriter(dir);
  for (const sample of samples) writer.write(sample);
  await writer.close();
}

test('samples are one a line and come back in order', async ({ dir }) => {
  await write(dir);
  assert.is((await readFile(join(dir, 'series.ndjson'), 'utf8')).trimEnd().split('\n').length, 8);
  assert.equal(await readSeries(dir), samples);
});

test('a last line that a crash tore is left out', async ({ dir }) => {
  await write(dir);
  await appendFile(join(dir, 'series.ndjson'), JSON.stringify(samples[0]).slice(0, 30));
  assert.equal(await readSeries(dir), samples);
});

test('a last line that only lacks its line feed counts', async ({ dir }) => {
  await writeFile(join(dir, 'series.ndjson'), `${JSON.stringify(samples[0])}\n${JSON.stringify(samples[1])}`);
  assert.equal(await readSeries(dir), samples.slice(0, 2));
});

test('a broken line before the last is an error that names it', async ({ dir }) => {
  await writeFile(join(dir, 'series.ndjson'), `${JSON.stringify(samples[0])}\n{"atMs": 1}\n`);
  const error: unknown = await readSeries(dir).catch((cause) => cause);
  assert.instance(error, RecordError);
  assert.match((error as RecordError).message, 'line 2: phase: expected string, found nothing');
});

test('no series is an empty one', async ({ dir }) => {
  assert.equal(await readSeries(dir), []);
});

test('a folder that is gone is told when the series is closed, and no sample fails', async ({ dir }) => {
  const writer = new SeriesWriter(join(dir, 'gone'));
  for (const sample of samples) writer.write(sample);
  const error: unknown = await writer.close().catch((cause) => cause);
  assert.instance(error, RecordError);
  assert.is((error as RecordError).kind, 'not-writable');
});

test.run();
