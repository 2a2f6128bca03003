// test/simulator/infra/kafka/local-kafka.test.ts — A Kafka that does not start says why; its Java is a stand-in here.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InfraError } from '../../../../simulator/errors.js';
import { startLocalKafka } from '../../../../simulator/infra/kafka/local-kafka.js';
import { Owned } from '../../../../simulator/infra/processes/owned.js';
import { NOTHING_LEFT, PrivateFolder } from '../private-folder.js';

const test = suite<{ folder: PrivateFolder }>('local Kafka');
const { signal } = new AbortController();

test.before.each((context) => {
  context.folder = new PrivateFolder();
  const home = join(context.folder.path, 'home');
  mkdirSync(join(home, 'libs'), { recursive: true });
  writeFileSync(join(home, 'libs', 'kafka_2.13-4.9.9.jar'), '');
  Object.assign(process.env, {
    KAFKA_HOME: home,
    JAVA_HOME: home,
    XDG_CACHE_HOME: join(context.folder.path, 'cache'),
    STARTS: join(context.folder.path, 'starts'),
  });
});
test.after.each(({ folder }) => folder.remove());

/** What a Kafka node does; `$config` is its file. */
function installKafka({ path }: PrivateFolder, node: string): void {
  const java = `#!/bin/sh
for config in "$@"; do :; done
case "$*" in
  *-version*) echo 'openjdk version "17.0.1"' >&2 ;;
  *StorageTool*) mkdir -p "$(sed -n 's/^log.dirs=//p' "$config")" ;;
  *) grep '^listeners=' "$config" >>"$STARTS"; ${node} ;;
esac
`;
  mkdirSync(join(path, 'home', 'bin'));
  writeFileSync(join(path, 'home', 'bin', 'java'), java, { mode: 0o755 });
}

async function failure(folder: PrivateFolder): Promise<InfraError> {
  const owned = await Owned.start(folder.logDir);
  const started = startLocalKafka({ nodes: 1, say: () => undefined, signal, owned });
  const error = await started.catch((reason: unknown) => reason);
  await owned[Symbol.asyncDispose]();
  assert.instance(error, InfraError);
  assert.equal(await folder.left(), NOTHING_LEFT);
  return error as InfraError;
}

const startsOf = ({ path }: PrivateFolder) => readFileSync(join(path, 'starts'), 'utf8').trim().split('\n');

test('a Kafka that dies at its start is told with the last lines of its log, without the stack', async ({ folder }) => {
  const stack = '\\tat kafka.Kafka.main(Kafka.scala)';
  installKafka(folder, `seq 100; printf 'ERROR Exiting Kafka: no such setting\\n${stack}\\n'; exit 3`);
  const { message, hint } = await failure(folder);
  const lines = message.split('\n');
  assert.is(lines[0], 'Kafka node 1 ended with exit code 3; its log ends with:');
  assert.equal([lines.at(-2), lines.at(-1)], ['100', 'ERROR Exiting Kafka: no such setting']);
  assert.match(hint ?? '', join(folder.logDir, 'kafka-preparation-1.log'));
  assert.is(startsOf(folder).length, 1);
});

test('a port that another program took meanwhile is not the end: others are tried', async ({ folder }) => {
  installKafka(folder, "echo 'java.net.BindException: Address already in use'; exit 1");
  assert.match((await failure(folder)).message, 'Address already in use');
  assert.is(new Set(startsOf(folder)).size, 3);
});

test.run();
