// test/simulator/record/files.test.ts
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HistogramLogReader } from 'hdr-histogram-js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RecordError } from '../../../simulator/errors.js';
import { histogramLog, readRecord, writeRecord, writeWhole } from '../../../simulator/record/files.js';
import { FAIL, INTERRUPTED, NOT_RUN, PASS } from '../report/sample-record.js';

const test = suite('record files', { dir: '' });
test.before.each(async (context) => {
  context.dir = await mkdtemp(join(tmpdir(), 'sim-record-'));
});
test.after.each(async ({ dir }) => rm(dir, { recursive: true, force: true }));

async function errorOf(action: Promise<unknown>): Promise<RecordError> {
  const error = await action.then(() => undefined).catch((cause: unknown) => cause);
  assert.instance(error, RecordError);
  return error as RecordError;
}

test('a written record is read back whole', async ({ dir }) => {
  for (const record of [PASS, FAIL, INTERRUPTED, NOT_RUN]) {
    await writeRecord(dir, record);
    assert.equal(await readRecord(dir), record);
  }
  assert.equal(await readdir(dir), ['run.json'], 'nothing temporary stays');
});

test('keys of a later sim survive', async ({ dir }) => {
  await writeFile(join(dir, 'run.json'), JSON.stringify({ ...PASS, weather: [{ kind: 'kill' }] }));
  assert.equal(await readRecord(dir), { ...PASS, weather: [{ kind: 'kill' }] });
});

test('a folder without a record is named, with what to give instead', async ({ dir }) => {
  const error = await errorOf(readRecord(join(dir, 'none')));
  assert.is(error.kind, 'record-missing');
  assert.match(error.message, 'run.json');
  assert.match(error.hint, 'reports/quickstart/latest');
});

test('a torn record says what was expected and found', async ({ dir }) => {
  await writeFile(join(dir, 'run.json'), '{"recordVersion": 1, "simV');
  const error = await errorOf(readRecord(dir));
  assert.is(error.kind, 'record-broken');
  assert.match(error.message, 'expected JSON, found "{"recordVersion": 1');
});

test('a record of 600 MB is refused before it is read', async ({ dir }) => {
  await writeFile(join(dir, 'run.json'), '');
  await truncate(join(dir, 'run.json'), 600e6);
  const error = await errorOf(readRecord(dir));
  assert.is(error.kind, 'record-broken');
  assert.is(
    error.message,
    `${join(dir, 'run.json')} has 600 MB, and no more than 64 MB are read: no run writes so much`,
  );
});

test('another version is refused before anything else is looked at', async ({ dir }) => {
  await writeFile(join(dir, 'run.json'), '{"recordVersion": 2, "simVersion": "3.0.0"}');
  const error = await errorOf(readRecord(dir));
  assert.is(error.kind, 'record-version');
  assert.match(error.message, 'expected recordVersion 1, found 2');
  assert.match(error.hint, 'sim 3.0.0');
});

test('JSON that is no record has no version', async ({ dir }) => {
  for (const text of ['null', '[]', '7', '{}']) {
    await writeFile(join(dir, 'run.json'), text);
    const error = await errorOf(readRecord(dir));
    assert.is(error.kind, 'record-version');
    assert.match(error.message, 'found none');
  }
});

test('a wrong value is named by its path, with what was found', async ({ dir }) => {
  await writeFile(join(dir, 'run.json'), JSON.stringify({ ...PASS, load: { ...PASS.load, ok: 'many' } }));
  const error = await errorOf(readRecord(dir));
  assert.is(error.kind, 'record-broken');
  assert.match(error.message, 'load.ok: expected number, found "many"');
});

test('a file that cannot be written leaves the old one', async ({ dir }) => {
  await writeFile(join(dir, 'file'), 'old');
  const error = await errorOf(writeWhole(join(dir, 'file', 'below'), 'new'));
  assert.is(error.kind, 'not-writable');
  assert.match(error.hint, '--reports');
  assert.is(await readFile(join(dir, 'file'), 'utf8'), 'old');
});

test('the histogram log is read by the HdrHistogram reader, tag by tag', () => {
  const reader = new HistogramLogReader(histogramLog(PASS));
  const seen: [string, number][] = [];
  for (let next = reader.nextIntervalHistogram(); next; next = reader.nextIntervalHistogram()) {
    seen.push([next.tag, 'totalCount' in next ? next.totalCount : 0]);
  }
  assert.equal(seen, [
    ['sendDelay', 20_000],
    ['send', 20_000],
    ['endToEnd', 20_000],
    ['apply', 4000],
  ]);
});

test.run();
