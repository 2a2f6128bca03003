// test/support/secure-kafka.ts — A Kafka whose clients come in plain text by one door, and with a password over TLS by another.
import { randomBytes } from 'node:crypto';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { KafkaConnection } from '../../contract/connection.js';
import { findJava } from '../../simulator/infra/kafka/java.js';
import { kafkaJavaOptions, renderKafkaConfig, renderMetaProperties } from '../../simulator/infra/kafka/kafka-config.js';
import { kafkaFile, resolveKafkaJars } from '../../simulator/infra/kafka/kafka-jars.js';
import { kafkaAnswered } from '../../simulator/infra/kafka/kafka-nodes.js';
import { prepareKafka } from '../../simulator/infra/kafka/kafka-preparation.js';
import { JAVA_ENVIRONMENT } from '../../simulator/infra/machine/environment.js';
import { freePorts } from '../../simulator/infra/processes/free-ports.js';
import type { Owned } from '../../simulator/infra/processes/owned.js';
import type { Certificate } from './certificate.js';

export interface SecureKafka {
  readonly plain: KafkaConnection;
  /** Its user is `service`, with the password `secret`. */
  readonly secure: Required<KafkaConnection>;
}

const LOGIN = 'org.apache.kafka.common.security.plain.PlainLoginModule required user_service="secret";';
/** As Kafka writes one. */
const randomId = () => randomBytes(16).toString('base64url');

/** A Kafka of one node; it ends with `owned`. */
export async function startSecureKafka(owned: Owned, certificate: Certificate): Promise<SecureKafka> {
  const { signal } = new AbortController();
  const preparation = { owned, say: () => undefined, signal };
  const [java, jars] = [await findJava(signal), await resolveKafkaJars({ ...preparation, guardian: owned.guardian })];
  const { template, archive } = await prepareKafka({ ...preparation, java, jars });
  const [client = 0, controller = 0, secure = 0] = await freePorts(3);
  const directory = await owned.createDirectory('kafka');
  const [dataDirectory, config] = [join(directory, 'data'), join(directory, 'server.properties')];
  const keys = join(directory, 'keys.pem');
  await cp(template, dataDirectory, { recursive: true });
  const meta = renderMetaProperties({ id: 1, clusterId: randomId(), directoryId: randomId() });
  await writeFile(join(dataDirectory, 'meta.properties'), meta);
  await writeFile(keys, await Promise.all([certificate.keyFile, certificate.file].map((file) => readFile(file))));
  const plainConfig = renderKafkaConfig({ id: 1, ports: [{ client, controller }], dataDirectory });
  await writeFile(config, withSecureDoor(plainConfig, secure, keys));
  const logging = pathToFileURL(kafkaFile('log4j2.properties')).href;
  const server = owned.startServer({
    name: 'Kafka',
    command: java.command,
    args: [
      ...kafkaJavaOptions({ logging, archive, major: Number.parseInt(jars.version, 10) }),
      ...['-cp', jars.paths.join(delimiter), 'kafka.Kafka', config],
    ],
    directory,
    env: JAVA_ENVIRONMENT,
    log: 'kafka.log',
  });
  const plain = { brokers: [`127.0.0.1:${client}`] };
  await kafkaAnswered({ direct: plain, servers: [server], ids: [1], signal });
  const sasl = { mechanism: 'plain', username: 'service', password: 'secret' } as const;
  const security = { ssl: { caFile: certificate.file }, sasl };
  return { plain, secure: { brokers: [`127.0.0.1:${secure}`], security } };
}

function withSecureDoor(config: string, port: number, keys: string): string {
  const door = (name: string, value: string) => (text: string) => text.replace(`\n${name}=`, `\n${name}=${value},`);
  const opened = [
    door('listeners', `SECURE://127.0.0.1:${port}`),
    door('advertised.listeners', `SECURE://127.0.0.1:${port}`),
    door('listener.security.protocol.map', 'SECURE:SASL_SSL'),
  ].reduce((text, open) => open(text), config);
  const own = {
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': keys,
    'sasl.enabled.mechanisms': 'PLAIN',
    'plain.sasl.jaas.config': LOGIN,
  };
  const lines = Object.entries(own).map(([name, value]) => `listener.name.secure.${name}=${value}\n`);
  return `${opened}${lines.join('')}`;
}
