// test/support/engine.ts — The servers of docker-compose.yml under a `docker` that runs them as processes of this machine.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { findJava } from '../../simulator/infra/kafka/java.js';
import { resolveKafkaJars } from '../../simulator/infra/kafka/kafka-jars.js';
import { kafkaAnswered, startKafkaNodes } from '../../simulator/infra/kafka/kafka-nodes.js';
import { prepareKafka } from '../../simulator/infra/kafka/kafka-preparation.js';
import { findProgram } from '../../simulator/infra/machine/programs.js';
import { freePorts } from '../../simulator/infra/processes/free-ports.js';
import type { Owned } from '../../simulator/infra/processes/owned.js';
import { installRedis } from '../../simulator/infra/redis/install-redis.js';
import { REDIS_PROGRAMS } from '../../simulator/infra/redis/local-redis.js';

/** Only then do the leaderships of a killed broker move. */
const SESSION_MS = 3000;

export class Engine {
  /** For those who should find this `docker`. */
  readonly env: Readonly<Record<string, string>>;
  readonly #bin: string;
  readonly #ids: string[] = [];

  constructor(folder: string) {
    this.#bin = join(folder, 'bin');
    const state = join(folder, 'engine');
    for (const path of [this.#bin, state]) mkdirSync(path);
    const cli = resolve('test/support/engine-cli.mjs');
    writeFileSync(join(this.#bin, 'docker'), `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`, { mode: 0o755 });
    this.env = { PATH: `${this.#bin}${delimiter}${process.env.PATH}`, ENGINE_STATE: state };
  }

  docker(...args: readonly string[]): string {
    return execFileSync(join(this.#bin, 'docker'), args, { encoding: 'utf8', env: { ...process.env, ...this.env } });
  }

  /** @returns running, paused, process id */
  look(id: string): readonly string[] {
    return this.docker('inspect', '--format', 'state', id).trim().split(' ');
  }

  /** The data lies in folders of `owned`. Settles when they answer. */
  async startServers(owned: Owned, nodes: 1 | 3): Promise<void> {
    const signal = new AbortController().signal;
    const say = () => undefined;
    const java = await findJava(signal);
    const jars = await resolveKafkaJars({ guardian: owned.guardian, say, signal });
    const prepared = await prepareKafka({ java, jars, owned, say, signal });
    const started = await startKafkaNodes({
      ...prepared,
      nodes,
      links: false,
      sessionTimeoutMs: SESSION_MS,
      logName: 'kafka',
      owned,
      signal,
    });
    await owned.stop(started.servers);
    for (const [i, { spec }] of started.servers.entries()) {
      const port = Number(started.direct.brokers[i]?.split(':')[1]);
      this.#start(nodes === 1 ? 'kafka' : `kafka-${i + 1}`, port, spec);
    }
    const directory = await owned.createDirectory('redis');
    const [port = 0] = await freePorts(1);
    const command = findProgram(...REDIS_PROGRAMS) ?? (await installRedis({ say, signal }));
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.#start('redis', port, { command, args, directory });
    const ids = started.servers.map((_, i) => i + 1);
    await kafkaAnswered({ direct: started.direct, servers: [], ids, signal });
  }

  #start(
    service: string,
    port: number,
    spec: { readonly command: string; readonly args: readonly string[]; readonly directory: string },
  ): void {
    const id = `hot-article-sim-${service}-1`;
    const { command: program, args, directory } = spec;
    const container = { id, service, port, program, arguments: args, directory };
    writeFileSync(join(this.env.ENGINE_STATE ?? '', `${id}.json`), JSON.stringify(container));
    this.#ids.push(id);
    this.docker('start', id);
  }

  stopServers(): void {
    for (const id of this.#ids) {
      const [isRunning, isPaused] = this.look(id);
      if (isPaused === 'true') this.docker('unpause', id);
      if (isRunning === 'true') this.docker('kill', '--signal', 'KILL', id);
    }
  }
}
