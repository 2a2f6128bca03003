// test/e2e/compose.e2e.test.ts — The set-up program of the apache/kafka image accepts docker-compose.yml, without a Docker.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { findJava } from '../../simulator/infra/kafka/java.js';
import { resolveKafkaJars } from '../../simulator/infra/kafka/kafka-jars.js';
import { startGuardian } from '../../simulator/infra/processes/guardian.js';
import { PrivateFolder } from '../simulator/infra/private-folder.js';

const test = suite<{ folder: PrivateFolder }>('docker-compose.yml');
const services = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }).services;

test.before.each((context) => {
  context.folder = new PrivateFolder('simtest-');
});
test.after.each(({ folder }) => folder.remove());

for (const [name, replicas] of [
  ['kafka', 1],
  ['kafka-3', 3],
] as const) {
  test(`the image sets up and formats ${name}`, async ({ folder }) => {
    const { signal } = new AbortController();
    await using guardian = await startGuardian();
    const jars = await resolveKafkaJars({ guardian, say: () => undefined, signal });
    const { command } = await findJava(signal);
    const [defaults, mounted, final, data] = ['defaults', 'mounted', 'final', 'data'].map((part) => {
      const path = join(folder.path, part);
      mkdirSync(path);
      return path;
    }) as [string, string, string, string];
    // The image ships these; what it puts into its server.properties is dropped as soon as a variable is set.
    writeFileSync(join(defaults, 'server.properties'), 'node.id=99\n');
    for (const file of ['log4j2.yaml', 'tools-log4j2.yaml']) {
      writeFileSync(join(defaults, file), 'Configuration:\n  Loggers:\n    Root:\n      level: INFO\n');
    }
    const setUp = ['kafka.docker.KafkaDockerWrapper', 'setup', '-D', defaults, '-M', mounted, '-F', final];
    const environment = { ...process.env, ...services[name].environment, KAFKA_LOG_DIRS: data };
    execFileSync(command, ['-cp', jars.paths.join(delimiter), ...setUp], { env: environment, stdio: 'pipe' });

    const settings = readFileSync(join(final, 'server.properties'), 'utf8').split('\n');
    assert.not(settings.includes('node.id=99'));
    assert.ok(settings.includes(`default.replication.factor=${replicas}`));
    assert.ok(settings.includes(`log.dirs=${data}`));
    const identity = readFileSync(join(data, 'meta.properties'), 'utf8');
    assert.match(identity, `cluster.id=${services[name].environment.CLUSTER_ID}`);
    assert.match(identity, `node.id=${services[name].environment.KAFKA_NODE_ID}`);
  });
}

test.run();
