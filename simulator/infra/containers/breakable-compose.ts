// simulator/infra/containers/breakable-compose.ts — The containers of this project's docker-compose.yml, as servers that a run may break on request.
import { until } from '../../../contract/waiting.js';
import { InfraError } from '../../errors.js';
import { askRedis, expectKafka, expectRedis } from '../answers.js';
import type { InfraOptions, StartedInfra } from '../infra.js';
import { kafkaAnswered } from '../kafka/kafka-nodes.js';
import type { Guardian } from '../processes/guardian.js';
import { composeProcesses, containersIn, publishedPorts } from './compose.js';
import { ContainerServer } from './container-server.js';

const WHY = 'running in docker compose, whose containers this run may break';
const REDIS_TIMEOUT_MS = 30_000;
const POLL_MS = 50;

interface Place {
  readonly id: string;
  /** `host:port`. */
  readonly address: string;
}

export interface BreakableContainers {
  /** In the order of their `node.id`, from 1. */
  readonly kafka: readonly Place[];
  readonly redis: Place;
}

/** @throws InfraError when a wanted server does not run there */
export async function breakableCompose(
  { nodes, signal, say }: Pick<InfraOptions, 'nodes' | 'signal' | 'say'>,
  guardian: Guardian,
): Promise<Pick<StartedInfra, 'kafka' | 'redis' | 'breakable'> & AsyncDisposable> {
  const found = containersFor((await composeProcesses(signal)) ?? '', nodes);
  const brokers = found.kafka.map(({ address }) => address);
  const redisUrl = `redis://${found.redis.address}/0`;
  await expectKafka({ brokers });
  const { version } = await expectRedis({ url: redisUrl });
  const kafka = await Promise.all(
    found.kafka.map(({ id, address }, index) => {
      const nodeId = index + 1;
      const answered = () => kafkaAnswered({ direct: { brokers: [address] }, servers: [], ids: [nodeId], signal });
      return ContainerServer.attach({ name: `Kafka node ${nodeId}`, address, nodeId, id, guardian, answered });
    }),
  );
  const answered = () => redisAnswered(redisUrl, signal);
  const redis = await ContainerServer.attach({ name: 'Redis', ...found.redis, guardian, answered });
  for (const name of ['Redis', 'Kafka']) say(`${name}: ${WHY}`);
  const place = { mode: 'compose', why: WHY } as const;
  return {
    kafka: { ...place, connection: { brokers }, direct: { brokers } },
    redis: {
      ...place,
      connection: { url: redisUrl },
      direct: { url: redisUrl },
      ...(version === undefined ? {} : { version }),
    },
    breakable: { kafka, redis, links: { kafka: [] } },
    [Symbol.asyncDispose]: async () => {
      for (const server of [redis, ...kafka]) await server[Symbol.asyncDispose]();
    },
  };
}

/** @param output of `docker compose ps --format json`. @throws InfraError when one is missing; pure */
function containersFor(output: string, nodes: 1 | 3): BreakableContainers {
  const names = nodes === 1 ? ['kafka'] : ['kafka-1', 'kafka-2', 'kafka-3'];
  const running = containersIn(output).filter(({ State }) => State === 'running');
  const placeOf = (service: string): Place => {
    const container = running.find(({ Service }) => Service === service);
    const port = container && publishedPorts(container)[0];
    if (!container || port === undefined) {
      const services = ['redis', ...names].join(' ');
      throw new InfraError(`expected the container ${service} of docker-compose.yml to run`, {
        hint: `docker compose ${nodes === 1 ? '' : '--profile cluster '}up -d --wait ${services}; or leave out --break-containers`,
      });
    }
    return { id: container.ID, address: `127.0.0.1:${port}` };
  };
  return { kafka: names.map(placeOf), redis: placeOf('redis') };
}

async function redisAnswered(url: string, signal: AbortSignal): Promise<void> {
  const answered = (isLast: boolean) =>
    askRedis({ url }).catch((error: unknown) => {
      if (isLast) throw error;
    });
  await until(answered, { withinMs: REDIS_TIMEOUT_MS, pollMs: POLL_MS, signal });
}
