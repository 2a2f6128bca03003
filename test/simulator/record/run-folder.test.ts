// test/simulator/record/run-folder.test.ts
import { mkdir, mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RecordError } from '../../../simulator/errors.js';
import { createRunFolder, newRunId, pathSegment } from '../../../simulator/record/run-folder.js';

const test = suite('run folder', { dir: '' });
test.before.each(async (context) => {
  context.dir = await mkdtemp(join(tmpdir(), 'sim-folder-'));
});
test.after.each(async ({ dir }) => rm(dir, { recursive: true, force: true }));

test('an id holds the time in UTC and sorts by it', () => {
  const early = newRunId(new Date('2026-11-23T15:30:12.999Z'));
  const late = newRunId(new Date('2026-11-23T15:30:13.000Z'));
  assert.match(early, /^20261123-153012-[0-9a-f]{4}$/);
  assert.ok(early < late);
});

test('a run has its own folder, with logs, and latest points at the last one by a relative link', async ({ dir }) => {
  const first = await createRunFolder(dir, 'quickstart');
  const second = await createRunFolder(dir, 'quickstart');
  assert.is.not(first.runId, second.runId);
  assert.is(second.dir, join(dir, 'quickstart', second.runId));
  assert.equal(await readdir(second.dir), ['logs']);
  assert.equal(await readdir(second.logDir), []);
  assert.is(await readlink(join(dir, 'quickstart', 'latest')), second.runId);
  assert.equal((await readdir(join(dir, 'quickstart'))).sort(), [first.runId, second.runId, 'latest'].sort());
});

test('no name leads out of the folder of reports', async ({ dir }) => {
  const evil = ['..', '.', '', '../../out', '/etc', 'a\\b', 'a\u0000b', '\u202egnp', '한글 이름'];
  assert.equal(evil.map(pathSegment), ['run', 'run', 'run', '..-..-out', '-etc', 'a-b', 'a-b', '-gnp', '한글 이름']);
  assert.is(pathSegment('x'.repeat(300)).length, 100);
  const folder = await createRunFolder(join(dir, 'reports'), '../../out');
  assert.is(folder.dir, join(dir, 'reports', '..-..-out', folder.runId));
});

test('a folder that cannot be made is said before the load, with what to do', async ({ dir }) => {
  await writeFile(join(dir, 'reports'), 'a file where the folder should be');
  const error: unknown = await createRunFolder(join(dir, 'reports'), 'quickstart').catch((cause) => cause);
  assert.instance(error, RecordError);
  assert.is((error as RecordError).kind, 'not-writable');
  assert.match((error as RecordError).message, join(dir, 'reports', 'quickstart'));
  assert.match((error as RecordError).hint, '--reports');
});

test('below a folder that takes none it is said as well, and at once', async () => {
  const error: unknown = await createRunFolder('/proc/none/reports', 'quickstart').catch((cause) => cause);
  assert.is((error as RecordError).kind, 'not-writable');
});

test('where latest cannot be a link the run goes on', async ({ dir }) => {
  await mkdir(join(dir, 'quickstart', 'latest', 'occupied'), { recursive: true });
  const { runId } = await createRunFolder(dir, 'quickstart');
  assert.equal((await readdir(join(dir, 'quickstart'))).sort(), [runId, 'latest'].sort());
});

test.run();
