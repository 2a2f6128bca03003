// test/simulator/infra/machine-checks.test.ts
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  checkDocker,
  checkJava,
  checkKafkaJars,
  checkNode,
  checkRedis,
  checkWritable,
} from '../../../simulator/infra/machine-checks.js';
import { PrivateFolder } from './private-folder.js';

const { signal } = new AbortController();

test('the Node.js of this process is new enough, an older one names what mends it', () => {
  assert.is(checkNode().state, 'ok');
  assert.is(checkNode('20.19.0').state, 'ok');
  assert.is(checkNode('24.1.0').state, 'ok');
  assert.equal(checkNode('20.18.9'), {
    state: 'missing',
    text: 'Node.js 20.18.9, older than 20.19',
    heal: 'nvm install 22',
  });
});

test('a folder that is not there can be made where its nearest parent can be written', async () => {
  const folder = join(tmpdir(), 'simtest-none', 'deeper');
  assert.equal(await checkWritable('reports', folder), { state: 'ok', text: `reports can be written to ${folder}` });
});

test.run();

const elsewhere = suite<{ folder: PrivateFolder }>('on a machine with other programs');
const program = ({ folder }: { folder: PrivateFolder }, name: string, script: string) => {
  writeFileSync(join(folder.path, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
};

elsewhere.before.each((machine) => {
  machine.folder = new PrivateFolder();
  process.env.PATH = machine.folder.path;
  process.env.XDG_CACHE_HOME = machine.folder.path;
  for (const name of ['JAVA_HOME', 'KAFKA_HOME', 'SIM_KAFKA_VERSION']) delete process.env[name];
});
elsewhere.after.each(({ folder }) => folder.remove());

elsewhere('without Java it is missing, with the commands that install it', async () => {
  const check = await checkJava(signal);
  assert.is(check.state, 'missing');
  if (check.state === 'missing') assert.match(check.heal, /apt-get install .*openjdk-17/);
});

elsewhere('a Java that is too old is missing', async (machine) => {
  program(machine, 'java', `echo 'openjdk version "11.0.22" 2024-01-16' >&2`);
  const check = await checkJava(signal);
  assert.is(check.state, 'missing');
  assert.match(check.text, /11\.0\.22/);
});

elsewhere('jars that are not there are missing only when Maven is too', async (machine) => {
  const check = await checkKafkaJars();
  assert.is(check.state, 'missing');
  if (check.state === 'missing') assert.match(check.heal, /maven/);
  program(machine, 'mvn', 'exit 0');
  assert.is((await checkKafkaJars()).state, 'ok');
});

elsewhere('valkey-server is as good as redis-server', async (machine) => {
  assert.is((await checkRedis(signal)).state, 'missing');
  program(machine, 'valkey-server', 'echo "Valkey server v=8.0.1 sha=0 bits=64"');
  const text = `Redis 8.0.1 at ${join(machine.folder.path, 'valkey-server')}`;
  assert.equal(await checkRedis(signal), { state: 'ok', text });
});

elsewhere('Docker is optional, also one whose engine is down', async (machine) => {
  assert.is((await checkDocker(signal)).state, 'note');
  program(machine, 'docker', 'echo "Cannot connect to the Docker daemon" >&2; exit 1');
  assert.is((await checkDocker(signal)).state, 'note');
  program(machine, 'docker', 'echo 28.2.2');
  assert.equal(await checkDocker(signal), { state: 'ok', text: 'Docker 28.2.2 (optional)' });
});

elsewhere.run();
