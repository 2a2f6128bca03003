// test/simulator/scenario/read-text.test.ts — A file is read as UTF-8 up to a limit, and says what it is when it is something else.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { MAX_BYTES, readText } from '../../../simulator/scenario/read-text.js';
import { temporaryFolder } from '../../support/sim.js';

const folder = temporaryFolder();
test.after(() => folder.remove());

function fileOf(name: string, bytes: Uint8Array): string {
  const path = join(folder.path, name);
  writeFileSync(path, bytes);
  return path;
}

test('a byte order mark is no part of the text', async () => {
  assert.equal(await readText(fileOf('mark', Buffer.from('\uFEFF{}'))), { text: '{}' });
});

test('UTF-16 is named, with and without a mark', async () => {
  const problem = 'is UTF-16; save it as UTF-8';
  const little = Buffer.from('\uFEFF{}', 'utf16le');
  assert.equal(await readText(fileOf('le', little)), { problem });
  assert.equal(await readText(fileOf('be', Buffer.from(little).swap16())), { problem });
  assert.equal(await readText(fileOf('bare', Buffer.from('{}', 'utf16le'))), { problem });
});

test('a file that gzip made is named', async () => {
  const problem = 'is compressed by gzip; unpack it';
  assert.equal(await readText(fileOf('gz', gzipSync('{}'))), { problem });
});

test('Latin-1 is named, with the place of its first letter', async () => {
  const text = '{\n"한": "caf\xE9"}';
  const bytes = Buffer.concat([Buffer.from('{\n"한": "caf'), Buffer.from('\xE9"}', 'latin1')]);
  const problem = 'line 2, column 10: the byte 0xE9 is not UTF-8. The file looks like Latin-1; save it as UTF-8';
  assert.equal(await readText(fileOf('latin', bytes)), { problem });
  assert.equal(await readText(fileOf('utf8', Buffer.from(text))), { text });
});

test('what goes on beyond the limit is refused, also a device without an end', async () => {
  const problem = 'is larger than 16 MB, the most that is read';
  assert.equal(await readText(fileOf('large', Buffer.alloc(MAX_BYTES + 1, ' '))), { problem });
  assert.equal(await readText('/dev/zero'), { problem });
  assert.is('text' in (await readText(fileOf('just', Buffer.alloc(MAX_BYTES, ' ')))), true);
});

test('a folder, a missing file and an impossible name say so', async () => {
  mkdirSync(join(folder.path, 'folder'));
  assert.equal(await readText(join(folder.path, 'folder')), { problem: 'is a folder; name one file' });
  const missing = await readText(join(folder.path, 'missing'));
  assert.is('code' in missing && missing.code, 'ENOENT');
  assert.equal(await readText('a\0b'), { problem: 'is no path: it holds a NUL character' });
});

test.run();
