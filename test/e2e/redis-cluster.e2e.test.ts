// test/e2e/redis-cluster.e2e.test.ts — Three instances of the service on a Redis Cluster of three masters; and on a Redis
// and a Kafka that want passwords and speak TLS only.
import type { Kafka } from 'kafkajs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RankingKeys } from '../../consumer/applying/ranking-keys.js';
import { createKafka } from '../../contract/kafkajs/client.js';
import { listKey } from '../../contract/keys.js';
import { createRedisClient, mastersOf, type RedisClient } from '../../contract/redis-client.js';
import { compareRanked, DEFAULT_RULES, type Ranked } from '../../contract/rules.js';
import { expectRedis } from '../../simulator/infra/answers.js';
import { freePorts } from '../../simulator/infra/processes/free-ports.js';
import { Owned } from '../../simulator/infra/processes/owned.js';
import { readList } from '../../simulator/sut/lists.js';
import { Articles, NOON } from '../consumer/articles.js';
import { Board } from '../consumer/board.js';
import { type Environment, eventually, runToEnd, ServiceProcess } from '../consumer/service-process.js';
import { type Certificate, makeCertificate } from '../support/certificate.js';
import { moveSlot, startRedisCluster, startRedisServer } from '../support/redis-servers.js';
import { type SecureKafka, startSecureKafka } from '../support/secure-kafka.js';
import { startSim, type TemporaryFolder, temporaryFolder } from '../support/sim.js';

interface Context {
  logs: TemporaryFolder;
  owned: Owned;
  redisUrl: string;
  redis: RedisClient;
  kafka: Kafka;
  brokers: string;
  certificate: Certificate;
  secureKafka: SecureKafka['secure'];
}
const test = suite<Context>('Redis Cluster');
const DAY = '20241001';
const SHARDS = 6;

test.before(async (context) => {
  context.logs = temporaryFolder();
  context.owned = await Owned.start(context.logs.path);
  context.certificate = makeCertificate(context.logs.path);
  const [redisUrl, { plain, secure }] = await Promise.all([
    startRedisCluster(context.owned, 'secret'),
    startSecureKafka(context.owned, context.certificate),
  ]);
  context.redisUrl = redisUrl;
  context.redis = createRedisClient(redisUrl, { redis: {} });
  context.brokers = plain.brokers.join(',');
  context.kafka = createKafka(plain, { clientId: 'test' });
  context.secureKafka = secure;
});
test.after(async ({ logs, owned, redis }) => {
  redis?.disconnect();
  await owned?.[Symbol.asyncDispose]();
  logs?.remove();
});

function environmentOf({ brokers }: Context, prefix: string, redis: Environment): Environment {
  return {
    KAFKA_BROKERS: brokers,
    KAFKA_TOPIC_PREFIX: prefix,
    KAFKA_GROUP_ID: prefix,
    REDIS_KEY_PREFIX: `${prefix}:`,
    CLOCK: 'event-time',
    COMMIT_INTERVAL_MS: '100',
    SESSION_TIMEOUT_MS: '6000',
    ...redis,
  };
}

async function listOf(redis: RedisClient, prefix: string): Promise<Ranked[]> {
  return (await readList(redis, listKey(`${prefix}:`, DAY))).sort(compareRanked);
}

test('three instances on three masters, while one goes, one is killed and one comes', async (context) => {
  const { redis, redisUrl } = context;
  const environment = environmentOf(context, 'cluster', {
    REDIS_URL: redisUrl,
    REDIS_SHARDS: String(SHARDS),
  });
  const articles = new Articles();
  const untilRight = async () => {
    const expected = JSON.stringify(articles.list());
    await eventually(
      'the list is that of the rules',
      async () => JSON.stringify(await listOf(redis, 'cluster')) === expected,
    );
  };
  await using board = await Board.open(context.kafka, 'cluster');
  const start = () => ServiceProcess.start(environment);
  await using first = await start();
  await using second = await start();
  await using third = await start();

  await board.send(...articles.create(300), ...articles.move(3000));
  await untilRight();
  const sending = board.send(...articles.move(6000));
  assert.is((await first.end('SIGTERM')).code, 0);
  await sending;
  await untilRight();
  await second.end('SIGKILL');
  await board.send(
    ...articles.move(3000),
    ...articles
      .list()
      .slice(0, 4)
      .map(({ articleId }) => articles.delete(articleId)),
  );
  await using fourth = await start();
  await board.send(...articles.move(3000));
  await untilRight();
  await eventually('all is committed', async () => (await board.lag('cluster')) === 0);

  const sizes = await Promise.all((await mastersOf(redis)).map((master) => master.dbsize()));
  assert.is(sizes.filter((size) => size > 0).length, 3, `keys by master: ${sizes}`);
  const lines = String((await fourth.get(`/internal/articles/${DAY}`)).body)
    .trim()
    .split('\n');
  const read = lines.map((line) => JSON.parse(line) as Ranked).sort(compareRanked);
  assert.equal(
    read.slice(0, DEFAULT_RULES.top).map(({ articleId, score }) => ({ articleId, score })),
    articles.list(),
  );
  await board.passTo('2024-10-02T01:00:00.000');
  await eventually('the day is served by one of them', async () => {
    const answers = await Promise.all([third, fourth].map((service) => service.get('/v1/hot-articles')));
    const bodies = answers.map(({ body }) => body as { readonly day: string; readonly articles: readonly Ranked[] });
    const served = bodies.find(({ day }) => day === DAY);
    const list = served?.articles.map(({ articleId, score }) => ({ articleId, score }));
    return JSON.stringify(list) === JSON.stringify(articles.list());
  });
});

test('what a master loses is filled again, also after a crash', async (context) => {
  const { redis, redisUrl } = context;
  await using board = await Board.open(context.kafka, 'lost');
  const environment = environmentOf(context, 'lost', { REDIS_URL: redisUrl, REDIS_SHARDS: String(SHARDS) });
  await using _service = await ServiceProcess.start(environment);
  const articles = new Articles();
  await board.send(...articles.create(100), ...articles.move(1000));
  const isRight = async () => JSON.stringify(await listOf(redis, 'lost')) === JSON.stringify(articles.list());
  await eventually('the list is right', isRight);
  await eventually('all is committed', async () => (await board.lag('lost')) === 0);
  for (const master of await mastersOf(redis)) {
    await master.flushall();
    await eventually('the list is right again', isRight);
  }
  // It answers nothing for a while, loses its connections, and comes back with nothing.
  const [crashing] = await mastersOf(redis);
  const crash = crashing?.debug('CRASH-AND-RECOVER', 700).catch(() => undefined);
  await board.send(...articles.move(1000));
  await crash;
  await eventually('the list is right after the crash', isRight);
  await eventually('all is committed', async () => (await board.lag('lost')) === 0);
});

test('slots may move to other masters while events flow', async (context) => {
  const { redis, redisUrl } = context;
  await using board = await Board.open(context.kafka, 'moved');
  const environment = environmentOf(context, 'moved', { REDIS_URL: redisUrl, REDIS_SHARDS: String(SHARDS) });
  await using _service = await ServiceProcess.start(environment);
  const articles = new Articles();
  const isRight = async () => JSON.stringify(await listOf(redis, 'moved')) === JSON.stringify(articles.list());
  await board.send(...articles.create(100), ...articles.move(1000));
  await eventually('the list is right', isRight);

  const keys = new RankingKeys('moved:', SHARDS);
  const moving = [keys.offsets(0), keys.offsets(1), keys.list(DAY)];
  const masters = await mastersOf(redis);
  for (const key of moving) {
    const slot = await masters[0]?.cluster('KEYSLOT', key);
    await moveSlot(Number(slot), masters, () => board.send(...articles.move(20)));
  }
  await eventually('the list is right after that', isRight);
  await eventually('all is committed', async () => (await board.lag('moved')) === 0);
});

test('a run of sim on a Cluster, and on a Kafka with TLS and a password, passes and leaves nothing there', async (context) => {
  const { redis, redisUrl, secureKafka, logs } = context;
  await Promise.all((await mastersOf(redis)).map((master) => master.flushall()));
  const servers = ['--brokers', secureKafka.brokers.join(','), '--redis', redisUrl, '--reports', logs.path];
  const settings = ['--set', 'pace=max', '--set', 'consumers=3', '--set', 'topics.partitions=6'];
  const sim = startSim(['run', 'scenarios/smoke.json', ...servers, ...settings], {
    REDIS_SHARDS: String(SHARDS),
    SIM_KAFKA_SECURITY: JSON.stringify(secureKafka.security),
  });
  const { exitCode, stdout } = await sim.ended;
  assert.is(exitCode, 0, stdout);
  assert.equal(await Promise.all((await mastersOf(redis)).map((master) => master.dbsize())), [0, 0, 0]);
});

test('one address of a Cluster is taken for a mistake', async ({ redisUrl }) => {
  const error = await expectRedis({ url: redisUrl.replace(/,.*/, '') }).catch((reason: unknown) => reason);
  assert.match(String(error), 'found a node of a Redis Cluster');
});

test('passwords and TLS with an authority of one’s own, of Redis and of Kafka', async (context) => {
  const { owned, certificate, secureKafka } = context;
  const [port = 0] = await freePorts(1);
  await startRedisServer(owned, [
    ...['--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'no', '--requirepass', 'secret'],
    ...['--tls-cert-file', certificate.file, '--tls-key-file', certificate.keyFile],
    ...['--tls-ca-cert-file', certificate.file],
  ]);
  const REDIS_URL = `rediss://:secret@127.0.0.1:${port}`;
  await using board = await Board.open(context.kafka, 'secure');
  const environment: Environment = {
    ...environmentOf(context, 'secure', { REDIS_URL, REDIS_TLS_CA: certificate.file }),
    KAFKA_BROKERS: secureKafka.brokers.join(','),
    KAFKA_SECURITY: JSON.stringify(secureKafka.security),
  };
  await using service = await ServiceProcess.start(environment);
  await board.send({ type: 'ARTICLE_CREATED', articleId: '7', at: NOON });
  await board.send({ type: 'ARTICLE_LIKED', articleId: '7', at: NOON, count: 2 });
  await board.passTo('2024-10-02T01:00:00.000');
  await eventually('the day is served', async () => {
    const { body } = await service.get('/v1/hot-articles');
    return JSON.stringify(body).includes('"articleId":"7","score":6');
  });
  const refused = await expectRedis({ url: REDIS_URL }).catch((reason: unknown) => reason);
  assert.match(String(refused), 'self-signed certificate');
  const wrong = async (name: 'REDIS_URL' | 'KAFKA_SECURITY', said: string) => {
    const { code, output } = await runToEnd({
      ...environment,
      [name]: (environment[name] ?? '').replace('secret', 'wrong'),
    });
    assert.is(code, 1);
    assert.match(output, said);
  };
  await wrong('REDIS_URL', 'WRONGPASS');
  await wrong('KAFKA_SECURITY', 'starting failed: SASL PLAIN authentication failed');
});

test.run();
