// simulator/infra/containers/compose.ts — Finds the servers of this project's docker-compose.yml, when they run.
import { z } from 'zod';
import { expectKafka, expectRedis } from '../answers.js';
import type { InfraOptions, StartedInfra } from '../infra.js';
import { findProgram, runProgram } from '../machine/programs.js';
import { projectFile } from '../machine/project-file.js';

/** A Docker that does not answer by then counts as none. */
const LIMIT_MS = 3000;
const REDIS_PORT = 6379;

const containerSchema = z.object({
  ID: z.string().default(''),
  Service: z.string(),
  State: z.string(),
  Publishers: z
    .array(z.object({ TargetPort: z.number(), PublishedPort: z.number() }))
    .nullish()
    .transform((publishers) => publishers ?? []),
});
type Container = z.infer<typeof containerSchema>;

export interface ComposeServers {
  /** `host:port` of each broker that runs. */
  readonly brokers: readonly string[];
  readonly redisUrl: string | undefined;
}

export interface ComposeFound {
  readonly kafka: StartedInfra['kafka'] | undefined;
  readonly redis: StartedInfra['redis'] | undefined;
}

const WHY = 'running in docker compose';

/** Nothing when there is no Docker or no Compose, or it runs no server of ours. @throws InfraError when a running one does not answer */
export async function findCompose(options: Pick<InfraOptions, 'nodes' | 'signal'>): Promise<ComposeFound> {
  const { brokers = [], redisUrl } = (await composeServers(options)) ?? {};
  let kafka: ComposeFound['kafka'];
  if (brokers.length > 0) {
    await expectKafka({ brokers });
    kafka = { mode: 'compose', why: WHY, connection: { brokers }, direct: { brokers } };
  }
  let redis: ComposeFound['redis'];
  if (redisUrl !== undefined) {
    const { version } = await expectRedis({ url: redisUrl });
    const connection = { url: redisUrl };
    redis = {
      mode: 'compose',
      why: WHY,
      connection,
      direct: connection,
      ...(version === undefined ? {} : { version }),
    };
  }
  return { kafka, redis };
}

async function composeServers(options: Pick<InfraOptions, 'nodes' | 'signal'>): Promise<ComposeServers | undefined> {
  const output = await composeProcesses(options.signal);
  return output === undefined ? undefined : composeServersIn(output, options.nodes);
}

/** What `docker compose ps` prints; undefined when there is no Docker, or none that answers. */
export async function composeProcesses(signal: AbortSignal): Promise<string | undefined> {
  const command = findProgram('docker');
  if (command === undefined) return undefined;
  const args = ['compose', '-f', projectFile('docker-compose.yml'), '--profile', 'cluster', 'ps', '--format', 'json'];
  const limit = AbortSignal.timeout(LIMIT_MS);
  try {
    const { exitCode, output } = await runProgram({ command, args, signal: AbortSignal.any([signal, limit]) });
    return exitCode === 0 ? output : undefined;
  } catch (error) {
    if (limit.aborted) return undefined;
    throw error;
  }
}

/** The output of `docker compose ps --format json`: one object a line, or one array before Compose 2.21; pure. */
export function composeServersIn(output: string, nodes: 1 | 3): ComposeServers | undefined {
  const running = containersIn(output).filter(({ State }) => State === 'running');
  const isWanted = ({ Service }: Container) => (nodes === 1 ? Service === 'kafka' : /^kafka-\d$/.test(Service));
  const wanted = running.filter(isWanted).flatMap(publishedPorts);
  // Three brokers also serve a run that wants one; fewer cannot serve one that wants three.
  const cluster = running.filter(({ Service }) => /^kafka-\d$/.test(Service)).flatMap(publishedPorts);
  const ports = wanted.length === nodes ? wanted : nodes === 1 ? cluster : [];
  const brokers = ports.toSorted((a, b) => a - b).map((port) => `127.0.0.1:${port}`);
  const redis = running
    .filter(({ Service }) => Service === 'redis')
    .flatMap(({ Publishers }) => Publishers)
    .find(({ TargetPort, PublishedPort }) => TargetPort === REDIS_PORT && PublishedPort > 0);
  if (brokers.length === 0 && redis === undefined) return undefined;
  return { brokers, redisUrl: redis && `redis://127.0.0.1:${redis.PublishedPort}` };
}

// A port that is exposed without being published counts as 0.
export function publishedPorts({ Publishers }: Container): readonly number[] {
  return Publishers.map(({ PublishedPort }) => PublishedPort).filter((port) => port > 0);
}

/** Docker may print warnings among them. */
export function containersIn(output: string): readonly Container[] {
  return output
    .split('\n')
    .filter((line) => /^\s*[[{]/.test(line))
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as unknown].flat();
      } catch {
        return [];
      }
    })
    .flatMap((container) => {
      const parsed = containerSchema.safeParse(container);
      return parsed.success ? [parsed.data] : [];
    });
}
