// test/simulator/infra/kafka/java.test.ts
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InfraError } from '../../../../simulator/errors.js';
import { findJava, majorOf, versionIn } from '../../../../simulator/infra/kafka/java.js';
import { PrivateFolder } from '../private-folder.js';

interface Machine {
  folder: PrivateFolder;
}
const test = suite<Machine>('java');
const { signal } = new AbortController();

test.before.each((machine) => {
  machine.folder = new PrivateFolder();
  process.env.PATH = machine.folder.path;
  delete process.env.JAVA_HOME;
});
test.after.each(({ folder }) => {
  folder.remove();
});

function install(folder: string, output: string): void {
  writeFileSync(join(folder, 'java'), `#!/bin/sh\necho '${output}' >&2\n`);
  chmodSync(join(folder, 'java'), 0o755);
}

async function failure(): Promise<InfraError> {
  const error = await findJava(signal).catch((reason: unknown) => reason);
  assert.instance(error, InfraError);
  return error as InfraError;
}

test('the version is read from what java prints, new and old', () => {
  assert.is(versionIn('openjdk version "17.0.15" 2025-04-15\nOpenJDK'), '17.0.15');
  assert.is(majorOf('17.0.15'), 17);
  assert.is(majorOf('25'), 25);
  assert.is(majorOf('1.8.0_402'), 8);
  assert.is(versionIn('The operation couldn’t be completed.'), undefined);
});

test('without java every way to install it is named', async () => {
  const { message, hint } = await failure();
  assert.is(message, 'expected Java 17 or newer to run Kafka, found no java on the PATH');
  for (const command of [/^ {2}sudo apt-get .* install /m, /^ {2}sudo dnf install /m, /^ {2}brew install /m])
    assert.match(hint ?? '', command);
});

test('a java that is too old is named with its version', async ({ folder }) => {
  install(folder.path, 'java version "1.8.0_402"');
  assert.match((await failure()).message, 'found 1.8.0_402');
});

test('what a java that does not run says is passed on', async ({ folder }) => {
  install(folder.path, 'Unable to locate a Java Runtime');
  assert.match((await failure()).message, 'says: Unable to locate a Java Runtime');
});

test('a java that is new enough is taken', async ({ folder }) => {
  install(folder.path, 'openjdk version "21.0.1"');
  const { command, version } = await findJava(signal);
  assert.equal([command, version], [join(folder.path, 'java'), '21.0.1']);
});

test.run();
