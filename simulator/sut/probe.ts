// simulator/sut/probe.ts — Articles that only show whether a consumer reads. They come into its list, and leave it again before load starts.
import type { Admin, Kafka, Producer } from 'kafkajs';
import { elementAt } from '../../contract/assert.js';
import { Calendar } from '../../contract/calendar.js';
import { encodeEvent } from '../../contract/codec.js';
import { STREAM_OF } from '../../contract/events.js';
import { snowflakeText } from '../../contract/ids.js';
import type { PublishedEvent } from '../../contract/payloads.js';
import type { RedisClient } from '../../contract/redis-client.js';
import { topicOf } from '../../contract/topics.js';
import { deadline, sleep, until } from '../../contract/waiting.js';
import { InfraError } from '../errors.js';
import type { Plan } from '../workload/plan.js';
import { readList } from './lists.js';
import type { RunNames } from './run-names.js';

/** Node number in ids; no lane of a plan uses it for events or articles. */
const NODE = 1023;
/** A probe that is not seen by then is sent again, as the consumer may have begun at the end of a partition. */
const AGAIN_MS = 1000;
const POLL_MS = 50;
/** Pause between an article and its events, which are on other topics. */
const AHEAD_MS = 200;

export interface ProbeContext {
  readonly plan: Plan;
  readonly names: RunNames;
  readonly kafka: Kafka;
  readonly admin: Admin;
  readonly redis: RedisClient;
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
}

/** Settles when an article of each partition has come into the list and has left it. @throws InfraError */
export async function probe(context: ProbeContext): Promise<void> {
  const { plan, names, redis, timeoutSeconds } = context;
  const producer = context.kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  try {
    const articles = new ProbeArticles(producer, context);
    const key = names.listKeyOf(articles.day);
    const listed = async () => {
      const members = new Set((await readList(redis, key)).map(({ articleId }) => articleId));
      return articles.ids.filter((id) => members.has(id)).length;
    };
    const isOver = deadline(timeoutSeconds * 1000);
    const untilListed = async (wanted: number, send: () => Promise<void>, what: string) => {
      let isDue = deadline(0);
      const attempt = async () => {
        if ((await listed()) === wanted) return true;
        if (isOver()) {
          throw new InfraError(`expected ${what} ${key} within ${timeoutSeconds} s, found ${await listed()} there`, {
            hint: 'see whether listKey and topicPrefix of the SUT file are those of the consumer, and its log; ready.probe can be left out',
          });
        }
        if (!isDue()) return false;
        await send();
        isDue = deadline(AGAIN_MS);
        return false;
      };
      await until(attempt, { pollMs: POLL_MS, signal: context.signal });
    };
    const all = `the ${plan.lanes} probe articles, one a partition,`;
    await untilListed(plan.lanes, () => articles.make(), `${all} to come into`);
    await untilListed(0, () => articles.delete(), 'the probe articles, which are deleted, to leave');
  } finally {
    await producer.disconnect();
  }
}

class ProbeArticles {
  readonly day: string;
  /** One for each partition. */
  readonly ids: readonly string[];
  readonly #producer: Producer;
  readonly #context: ProbeContext;
  readonly #createdAt: string;
  #events = 0;

  constructor(producer: Producer, context: ProbeContext) {
    const { plan } = context;
    const calendar = new Calendar(plan.scenario.rules);
    this.#producer = producer;
    this.#context = context;
    this.day = calendar.at(plan.startMs).day;
    const localMs = plan.startMs + calendar.utcOffsetMinutes(plan.startMs) * 60_000;
    this.#createdAt = new Date(localMs).toISOString().slice(0, -1);
    this.ids = Array.from({ length: plan.lanes }, (_, partition) => this.#id(partition));
  }

  async make(): Promise<void> {
    const createdAt = this.#createdAt;
    const writerId = elementAt(this.ids, 0);
    await this.#send((articleId, eventId) => {
      const payload = { ...this.#article(articleId), boardArticleCount: 1 };
      return { eventId, type: 'ARTICLE_CREATED', payload };
    });
    await sleep(AHEAD_MS, this.#context.signal);
    await this.#send((articleId, eventId) => {
      const text = { content: 'probe', path: '00000', deleted: false, createdAt };
      const payload = { commentId: articleId, articleId, writerId, ...text, articleCommentCount: 1 };
      return { eventId, type: 'COMMENT_CREATED', payload };
    });
    await this.#send((articleId, eventId) => {
      const payload = { articleLikeId: articleId, articleId, userId: writerId, createdAt, articleLikeCount: 1 };
      return { eventId, type: 'ARTICLE_LIKED', payload };
    });
    await this.#send((articleId, eventId) => {
      return { eventId, type: 'ARTICLE_VIEWED', payload: { articleId, articleViewCount: 1 } };
    });
  }

  delete(): Promise<void> {
    return this.#send((articleId, eventId) => {
      const payload = { ...this.#article(articleId), boardArticleCount: 0 };
      return { eventId, type: 'ARTICLE_DELETED', payload };
    });
  }

  #article(articleId: string) {
    const createdAt = this.#createdAt;
    const ids = { articleId, boardId: '1', writerId: articleId };
    return { ...ids, title: 'probe', content: 'probe', createdAt, modifiedAt: createdAt };
  }

  #id(low: number): string {
    return snowflakeText(this.#context.plan.startMs, NODE * 4096 + (low % 4096));
  }

  /** Sends one event for each article, to the article's partition. */
  async #send(eventOf: (articleId: string, eventId: string) => PublishedEvent): Promise<void> {
    const { names, plan } = this.#context;
    for (const [partition, id] of this.ids.entries()) {
      this.#events += 1;
      const event = eventOf(id, this.#id(this.ids.length + this.#events));
      const message = { key: id, value: encodeEvent(event), partition, timestamp: String(plan.startMs) };
      const topic = topicOf(names.topicPrefix, STREAM_OF[event.type]);
      await this.#producer.send({ topic, acks: -1, messages: [message] });
    }
  }
}
