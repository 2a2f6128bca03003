// simulator/infra/reach-kafka.ts — Asks a Kafka whether it answers, and whether its brokers can be reached from here.
import { connect } from 'node:net';
import type { KafkaConnection } from '../../contract/connection.js';
import { createKafka } from '../../contract/kafka-client.js';
import { InfraError } from './infra.js';

const LIMIT_MS = 3000;
const RETRIES = 2;

export interface KafkaFacts {
  readonly brokers: number;
}

/** @throws InfraError when it does not answer, refuses us, or names brokers that cannot be reached */
export async function reachKafka(connection: KafkaConnection, retries = RETRIES): Promise<KafkaFacts> {
  const brokers = await describeBrokers(connection, retries);
  const reached = await Promise.all(brokers.map(async (broker) => ({ ...broker, open: await isListening(broker) })));
  const closed = reached.find(({ open }) => !open);
  if (closed !== undefined) {
    const { nodeId, host, port } = closed;
    const at = connection.brokers.join(',');
    throw new InfraError(`Kafka at ${at} says that its broker ${nodeId} is ${host}:${port}; nothing answers there`, {
      hint: 'its advertised.listeners must name addresses that can be reached from this machine',
    });
  }
  return { brokers: brokers.length };
}

interface Broker {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
}

async function describeBrokers(connection: KafkaConnection, retries: number): Promise<readonly Broker[]> {
  try {
    const admin = createKafka(connection, { clientId: 'sim-reach', retries, requestTimeoutMs: LIMIT_MS }).admin();
    try {
      await admin.connect();
      return (await admin.describeCluster()).brokers;
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  } catch (error) {
    throw refusal(error as Error, connection);
  }
}

export function isListening(address: { readonly host: string; readonly port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address.host, port: address.port, timeout: LIMIT_MS });
    const end = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.on('connect', () => end(true));
    socket.on('error', () => end(false));
    socket.on('timeout', () => end(false));
  });
}

function refusal(cause: Error, connection: KafkaConnection): InfraError {
  const where = connection.brokers.join(',');
  if (/SASL|authenticat/i.test(`${cause.name} ${cause.message}`)) {
    return new InfraError(`Kafka at ${where} refused the user or password: ${cause.message}`, {
      hint: 'give ssl and sasl as JSON with --kafka-security or SIM_KAFKA_SECURITY',
      cause,
    });
  }
  return new InfraError(`Kafka at ${where} does not answer: ${cause.message}`, {
    hint: 'check the addresses (--brokers or SIM_BROKERS) and whether it wants TLS or a login (--kafka-security)',
    cause,
  });
}
