// test/simulator/cli/write-file.test.ts — A named file is written as users expect: nothing is overwritten, links lead on, devices stay devices.
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { writeNamedFile } from '../../../simulator/cli/write-file.js';
import { type SimError, UsageError } from '../../../simulator/errors.js';
import { temporaryFolder } from '../../support/sim.js';

const folder = temporaryFolder();
test.after(() => folder.remove());

const at = (name: string) => join(folder.path, name);
const write = (path: string, force = false) => writeNamedFile({ path, from: '--output', force }, 'new');

async function refusalOf(path: string, force = false): Promise<string> {
  const error = await write(path, force).catch((reason: unknown) => reason);
  assert.instance(error, UsageError);
  return (error as UsageError).message;
}

test('a file that is there is kept, unless --force is given, and keeps its rights', async () => {
  writeFileSync(at('there'), 'old');
  chmodSync(at('there'), 0o640);
  assert.is(await refusalOf(at('there')), `--output: ${at('there')} is there already; --force writes over it`);
  assert.is(readFileSync(at('there'), 'utf8'), 'old');
  await write(at('there'), true);
  assert.is(readFileSync(at('there'), 'utf8'), 'new');
  assert.is(statSync(at('there')).mode & 0o777, 0o640);
});

test('a read-only file is kept, also with --force', async () => {
  writeFileSync(at('read-only'), 'old');
  chmodSync(at('read-only'), 0o444);
  assert.match(await refusalOf(at('read-only'), true), /read-only (?:is read-only; allow writing|cannot be written)/);
  assert.is(readFileSync(at('read-only'), 'utf8'), 'old');
});

test('a link stays a link, and its target is written', async () => {
  writeFileSync(at('target'), 'old');
  symlinkSync('target', at('link'));
  await write(at('link'), true);
  assert.ok(lstatSync(at('link')).isSymbolicLink());
  assert.is(readFileSync(at('target'), 'utf8'), 'new');
  symlinkSync('made', at('dangling'));
  await write(at('dangling'));
  assert.is(readFileSync(at('made'), 'utf8'), 'new');
});

test('a device takes the text and stays a device', async () => {
  symlinkSync('/dev/null', at('null'));
  await write(at('null'));
  assert.ok(lstatSync(at('null')).isSymbolicLink());
  await write('/dev/null');
  assert.ok(statSync('/dev/null').isCharacterDevice());
  const full = await write('/dev/full').catch((reason: unknown) => reason);
  assert.is((full as SimError).exitCode, 69);
});

test('a folder, and a path through a file, are refused by name', async () => {
  mkdirSync(at('folder'));
  assert.is(await refusalOf(at('folder'), true), `--output: ${at('folder')} is a folder; name a file`);
  writeFileSync(at('file'), '');
  assert.match(await refusalOf(join(at('file'), 'below')), /cannot be written: ENOTDIR/);
  assert.match(await refusalOf(join(at('nowhere'), 'below')), /cannot be written: ENOENT/);
});

test('no draft is left behind', () => {
  assert.equal(
    readdirSync(folder.path).filter((name) => name.endsWith('.tmp')),
    [],
  );
});

test.run();
