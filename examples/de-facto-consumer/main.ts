// examples/de-facto-consumer/main.ts — A small hot-article consumer as many are written, with the bugs that nearly all of them share; for `sim run SCENARIO --sut suts/example.json`.
import { Redis } from 'ioredis';
import { Kafka, logLevel } from 'kafkajs';

const STREAMS = ['article', 'comment', 'like', 'view'];
const ROWS = 10;
const LIST_SECONDS = 10 * 24 * 3600;
const WEIGHTS = { like: 3, comment: 2, view: 1 };
type Counter = keyof typeof WEIGHTS;

const { env } = process;
const redis = new Redis({
  host: env.SPRING_DATA_REDIS_HOST ?? '127.0.0.1',
  port: Number(env.SPRING_DATA_REDIS_PORT ?? 6379),
  ...(env.SPRING_DATA_REDIS_PASSWORD ? { password: env.SPRING_DATA_REDIS_PASSWORD } : {}),
});
const kafka = new Kafka({
  brokers: (env.SPRING_KAFKA_BOOTSTRAPSERVERS ?? '127.0.0.1:9092').split(','),
  logLevel: logLevel.ERROR,
});
const prefix = env.TOPIC_PREFIX ?? 'kuke-board';
const consumer = kafka.consumer({
  groupId: env.SPRING_KAFKA_CONSUMER_GROUPID ?? `${prefix}-hot-article-service`,
  maxWaitTimeInMs: 100,
});

await consumer.connect();
await consumer.subscribe({
  topics: STREAMS.map((stream) => `${prefix}-${stream}`),
  fromBeginning: env.SPRING_KAFKA_CONSUMER_AUTOOFFSETRESET === 'earliest',
});
await consumer.run({
  eachMessage: async ({ message }) => {
    const event = parse(message.value?.toString() ?? '');
    if (event) await handle(event);
  },
});
process.on('SIGTERM', async () => {
  await consumer.disconnect();
  redis.disconnect();
});

interface Event {
  readonly type: string;
  readonly articleId: string;
  /** yyyyMMdd of the article; of article events only. */
  readonly createdDay: string | undefined;
  readonly count: number;
}

/** Text that is no event is passed over. */
function parse(text: string): Event | undefined {
  try {
    const { type, payload } = JSON.parse(text);
    // A number of 64 bits would lose its last digits.
    const articleId = /"articleId":\s*(\d+)/.exec(text)?.[1];
    if (articleId === undefined) return undefined;
    const { createdAt, articleLikeCount, articleCommentCount, articleViewCount } = payload;
    const count = articleLikeCount ?? articleCommentCount ?? articleViewCount ?? 0;
    return { type, articleId, count, createdDay: dayOf(createdAt) };
  } catch {
    return undefined;
  }
}

/** Reads `2024-10-01T09:30:15.123` or `[2024,10,1,9,30,15]`. */
function dayOf(createdAt: unknown): string | undefined {
  if (typeof createdAt === 'string') return createdAt.slice(0, 10).replaceAll('-', '');
  if (!Array.isArray(createdAt)) return undefined;
  const [year, month, day] = createdAt.map((part) => String(part).padStart(2, '0'));
  return `${year}${month}${day}`;
}

async function handle(event: Event): Promise<void> {
  switch (event.type) {
    case 'ARTICLE_CREATED':
      await redis.set(key(event, 'created-time'), event.createdDay ?? '', 'EX', secondsToMidnight());
      return;
    case 'ARTICLE_DELETED':
      await redis.del(key(event, 'created-time'));
      await redis.zrem(listKey(today()), event.articleId);
      return;
    case 'ARTICLE_LIKED':
    case 'ARTICLE_UNLIKED':
      return count(event, 'like');
    case 'COMMENT_CREATED':
    case 'COMMENT_DELETED':
      return count(event, 'comment');
    case 'ARTICLE_VIEWED':
      return count(event, 'view');
  }
}

async function count(event: Event, counter: Counter): Promise<void> {
  // An article that is not known yet is taken for one of another day: ORPHAN_DROP.
  if ((await redis.get(key(event, 'created-time'))) !== today()) return;
  const counters = Object.keys(WEIGHTS) as Counter[];
  // The count that comes last stands, also when it is older: STALE_OVERWRITE.
  const replies = await redis
    .pipeline()
    .set(key(event, `${counter}-count`), event.count, 'EX', secondsToMidnight())
    .mget(counters.map((one) => key(event, `${one}-count`)))
    .exec();
  const counts = replies?.[1]?.[1] as (string | null)[];
  const score = counters.reduce((sum, one, index) => sum + WEIGHTS[one] * Number(counts[index] ?? 0), 0);
  // An article that falls out of the list is gone, even when a leader falls later: TRIM_LOSS.
  await redis
    .pipeline()
    .zadd(listKey(today()), score, event.articleId)
    .zremrangebyrank(listKey(today()), 0, -ROWS - 1)
    .expire(listKey(today()), LIST_SECONDS)
    .exec();
}

function key({ articleId }: Event, name: string): string {
  return `hot-article::article::${articleId}::${name}`;
}

function listKey(day: string): string {
  return `hot-article::list::${day}`;
}

/** By the clock and zone of this process: PROC_TIME_DAY. */
function today(): string {
  const now = new Date();
  return `${now.getFullYear()}${pad(now.getMonth() + 1)}${pad(now.getDate())}`;
}

function secondsToMidnight(): number {
  const now = new Date();
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  return Math.max(1, Math.ceil((midnight.getTime() - now.getTime()) / 1000));
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
