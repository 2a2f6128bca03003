// test/simulator/record/recorded-run.test.ts — A history that was changed, torn or blown up is refused.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RecordError } from '../../../simulator/errors.js';
import { type ReadOptions, readRecordedRun, writeRecordedRun } from '../../../simulator/record/recorded-run.js';

const FILE = 'history.v8.gz';

const test = suite('recorded runs', { dir: '' });
test.before.each((context) => {
  context.dir = mkdtempSync(join(tmpdir(), 'sim-history-'));
  cpSync('test/fixtures/old-runs/right', context.dir, { recursive: true });
});
test.after.each(({ dir }) => rmSync(dir, { recursive: true, force: true }));

async function refusalOf(dir: string, options: ReadOptions = {}): Promise<string> {
  const error: unknown = await readRecordedRun(dir, options).catch((cause: unknown) => cause);
  assert.instance(error, RecordError);
  return error instanceof RecordError ? `${error.kind}: ${error.message}` : '';
}

test('what was written is read back, and its checksum holds', async ({ dir }) => {
  const recorded = await readRecordedRun(dir);
  const historySha256 = await writeRecordedRun(dir, recorded);
  assert.match(historySha256 ?? '', /^[0-9a-f]{64}$/);
  assert.equal(await readRecordedRun(dir, { historySha256 }), recorded);
});

test('one flipped byte is noticed wherever it lies', async ({ dir }) => {
  const historySha256 = await writeRecordedRun(dir, await readRecordedRun(dir));
  const whole = readFileSync(join(dir, FILE));
  // The last one lies in the length that gzip keeps, and byte 4 in a time that nothing reads.
  for (const at of [4, whole.length >> 1, whole.length - 1]) {
    const changed = Buffer.from(whole);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    writeFileSync(join(dir, FILE), changed);
    assert.match(await refusalOf(dir, { historySha256 }), /^record-broken: .* is not as the run wrote it/);
  }
});

test('a file that unpacks to more than any history is refused', async ({ dir }) => {
  writeFileSync(join(dir, FILE), gzipSync(Buffer.alloc(5_000_000)));
  const refusal = await refusalOf(dir, { maxUnpackedBytes: 4_000_000 });
  assert.match(refusal, /^record-broken: .* unpacked it is larger than 4 MB/);
});

test('a torn file, and none, are told apart', async ({ dir }) => {
  writeFileSync(join(dir, FILE), readFileSync(join(dir, FILE)).subarray(0, 1000));
  assert.match(await refusalOf(dir), /^record-broken: .* is not the history of a run$/);
  rmSync(join(dir, FILE));
  assert.match(await refusalOf(dir), /^record-missing: expected the history of a run at /);
});

test.run();
