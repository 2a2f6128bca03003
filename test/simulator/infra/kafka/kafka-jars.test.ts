// test/simulator/infra/kafka/kafka-jars.test.ts
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InfraError } from '../../../../simulator/errors.js';
import { resolveKafkaJars, wantedKafkaVersion } from '../../../../simulator/infra/kafka/kafka-jars.js';
import { type Guardian, startGuardian } from '../../../../simulator/infra/processes/guardian.js';
import { PrivateFolder } from '../private-folder.js';

interface Machine {
  folder: PrivateFolder;
  guardian: Guardian;
  said: string[];
}
const test = suite<Machine>('kafka jars');
const { signal } = new AbortController();

test.before.each(async (machine) => {
  machine.guardian = await startGuardian();
  machine.folder = new PrivateFolder();
  machine.said = [];
  process.env.PATH = `${machine.folder.path}:/bin:/usr/bin`;
  process.env.XDG_CACHE_HOME = join(machine.folder.path, 'cache');
  for (const name of ['KAFKA_HOME', 'SIM_KAFKA_VERSION']) delete process.env[name];
});
test.after.each(async ({ folder, guardian }) => {
  folder.remove();
  await guardian[Symbol.asyncDispose]();
});

const resolve = ({ guardian, said }: Machine) =>
  resolveKafkaJars({ guardian, say: (line) => void said.push(line), signal });

async function failure(machine: Machine): Promise<InfraError> {
  const error = await resolve(machine).catch((reason: unknown) => reason);
  assert.instance(error, InfraError);
  return error as InfraError;
}

function installMaven({ folder }: Machine, script: string): void {
  writeFileSync(
    join(folder.path, 'mvn'),
    `#!/bin/sh\nfor a in "$@"; do case $a in -DoutputDirectory=*) d=\${a#*=};; esac; done\n${script}\n`,
  );
  chmodSync(join(folder.path, 'mvn'), 0o755);
}

const cached = ({ folder }: Machine) => readdirSync(join(folder.path, 'cache', 'hot-article-sim'));

test('the version is pinned, and another can be asked for', () => {
  assert.match(wantedKafkaVersion(), /^4\.\d+\.\d+$/);
  process.env.SIM_KAFKA_VERSION = '3.9.2';
  assert.is(wantedKafkaVersion(), '3.9.2');
  process.env.SIM_KAFKA_VERSION = '../4';
  assert.throws(wantedKafkaVersion, /expected SIM_KAFKA_VERSION to be a version like .* found \.\.\/4/);
});

test('jars are fetched once, by many at once, and taken from the cache then', async (machine) => {
  process.env.SIM_KAFKA_VERSION = '4.9.9';
  installMaven(machine, 'sleep 0.1; touch "$d/kafka_2.13-4.9.9.jar" "$d/a.jar"');
  const all = await Promise.all([resolve(machine), resolve(machine), resolve(machine)]);
  const folder = join(machine.folder.path, 'cache', 'hot-article-sim', 'kafka-4.9.9');
  const jars = { version: '4.9.9', paths: [join(folder, 'a.jar'), join(folder, 'kafka_2.13-4.9.9.jar')] };
  assert.equal(all, [jars, jars, jars]);
  assert.equal(cached(machine), ['kafka-4.9.9']);
  installMaven(machine, 'exit 1');
  assert.equal(await resolve(machine), jars);
});

test('the line before is asked for with its own logger', async (machine) => {
  process.env.SIM_KAFKA_VERSION = '3.9.2';
  installMaven(machine, 'case "$*" in *"-P kafka-3 "*) touch "$d/kafka_2.13-3.9.2.jar";; esac');
  assert.is((await resolve(machine)).version, '3.9.2');
});

test('when Maven fails its last lines are shown, and nothing is kept', async (machine) => {
  installMaven(machine, 'touch "$d/half.jar"; echo "[ERROR] Unknown host somewhere"; exit 1');
  const { message, hint } = await failure(machine);
  assert.match(message, /Maven could not fetch Kafka 4\.\d+\.\d+ \(exit code 1\):\n\[ERROR\] Unknown host somewhere$/);
  assert.match(hint ?? '', 'KAFKA_HOME');
  assert.equal(cached(machine), []);
});

test('without Maven the command that installs it is named', async (machine) => {
  process.env.PATH = machine.folder.path;
  const { message, hint } = await failure(machine);
  assert.match(message, /expected Maven to fetch Kafka .* found no mvn on the PATH/);
  assert.match(hint ?? '', 'brew install maven');
});

test('KAFKA_HOME is taken as it is, and refused when it holds no Kafka', async (machine) => {
  process.env.KAFKA_HOME = machine.folder.path;
  assert.match((await failure(machine)).hint ?? '', 'set KAFKA_HOME to an unpacked Kafka');
  mkdirSync(join(machine.folder.path, 'libs'));
  writeFileSync(join(machine.folder.path, 'libs', 'kafka_2.13-4.1.0.jar'), '');
  assert.is((await resolve(machine)).version, '4.1.0');
  assert.equal(machine.said, []);
});

test('a cache that cannot be written to is named with what to do', async (machine) => {
  writeFileSync(join(machine.folder.path, 'cache'), '');
  const { message, hint } = await failure(machine);
  assert.match(message, 'expected a cache folder that can be written to');
  assert.match(hint ?? '', 'XDG_CACHE_HOME');
});

test.run();
