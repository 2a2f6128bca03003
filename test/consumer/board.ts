// test/consumer/board.ts — The four services of a board, as far as their records go: topics of their own, and events by hand.
import kafkajs, { type Admin, type Kafka, type Producer } from 'kafkajs';
import { type EventType, STREAM_OF, type Stream } from '../../contract/events.js';
import { createTopicsWithLeaders } from '../../contract/kafkajs/topic-creation.js';
import { deadLetterTopicOf, topicOf, topicsOf } from '../../contract/topics.js';

export interface Sent {
  readonly type: EventType;
  readonly articleId: string;
  /** Korean local time of the event. */
  readonly at: string;
  /** The article's, when it is not the event's own. */
  readonly createdAt?: string;
  readonly count?: number;
  readonly title?: string;
}

export interface DeadLetterSeen {
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

const COUNTS: Readonly<Record<Stream, string>> = {
  article: 'boardArticleCount',
  comment: 'articleCommentCount',
  like: 'articleLikeCount',
  view: 'articleViewCount',
};

const PARTITIONS = 2;

export class Board implements AsyncDisposable {
  readonly prefix: string;
  readonly #admin: Admin;
  readonly #producer: Producer;
  readonly #kafka: Kafka;
  #eventId = 184721186232410112n;

  private constructor(kafka: Kafka, prefix: string) {
    this.prefix = prefix;
    this.#kafka = kafka;
    this.#admin = kafka.admin();
    this.#producer = kafka.producer();
  }

  static async open(kafka: Kafka, prefix: string): Promise<Board> {
    const board = new Board(kafka, prefix);
    await Promise.all([board.#admin.connect(), board.#producer.connect()]);
    const configEntries = [{ name: 'retention.ms', value: '-1' }];
    const topics = topicsOf(prefix).map((topic) => ({
      topic,
      numPartitions: PARTITIONS,
      replicationFactor: 1,
      configEntries,
    }));
    await createTopicsWithLeaders(board.#admin, topics);
    return board;
  }

  /** Each with an event id above those before. */
  async send(...events: readonly Sent[]): Promise<void> {
    await this.#sendBy(this.#producer, events);
  }

  /** The same in one transaction, by a producer of its own. */
  async inTransaction(end: 'commit' | 'abort', ...events: readonly Sent[]): Promise<void> {
    const producer = this.#kafka.producer({
      transactionalId: `${this.prefix}-transactions`,
      maxInFlightRequests: 1,
      idempotent: true,
    });
    await producer.connect();
    try {
      const transaction = await producer.transaction();
      await this.#sendBy(transaction, events);
      await transaction[end]();
    } finally {
      await producer.disconnect();
    }
  }

  async #sendBy(sender: Pick<Producer, 'send'>, events: readonly Sent[]): Promise<void> {
    for (const stream of ['article', 'comment', 'like', 'view'] as const) {
      const messages = events.filter(({ type }) => STREAM_OF[type] === stream).map((event) => this.#record(event));
      if (messages.length > 0) await sender.send({ topic: topicOf(this.prefix, stream), messages });
    }
  }

  /** An event of no consequence to every partition: event time comes to `at` everywhere. */
  async passTo(at: string): Promise<void> {
    const types = {
      article: 'ARTICLE_DELETED',
      comment: 'COMMENT_CREATED',
      like: 'ARTICLE_LIKED',
      view: 'ARTICLE_VIEWED',
    };
    for (const stream of ['article', 'comment', 'like', 'view'] as const) {
      const record = this.#record({ type: types[stream] as Sent['type'], articleId: '1', at, count: 1 });
      const messages = Array.from({ length: PARTITIONS }, (_, partition) => ({ ...record, partition }));
      await this.#producer.send({ topic: topicOf(this.prefix, stream), messages });
    }
  }

  async sendBroken(value: string, key: string, at: string): Promise<void> {
    const messages = [{ key, value, timestamp: String(millisecondsOf(at)) }];
    await this.#producer.send({ topic: topicOf(this.prefix, 'like'), messages });
  }

  /** Makes the topic of dead letters, or changes it: no more bytes are taken at once. */
  async limitDeadLetters(bytes: number): Promise<void> {
    const topic = deadLetterTopicOf(this.prefix);
    const configEntries = [{ name: 'max.message.bytes', value: String(bytes) }];
    if ((await this.#admin.listTopics()).includes(topic)) {
      const resources = [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configEntries }];
      await this.#admin.alterConfigs({ validateOnly: false, resources });
    } else {
      await createTopicsWithLeaders(this.#admin, [{ topic, numPartitions: 1, replicationFactor: 1, configEntries }]);
    }
  }

  /** Latest minus committed offsets. */
  async lag(groupId: string): Promise<number> {
    const topics = topicsOf(this.prefix);
    const committed = await this.#admin.fetchOffsets({ groupId, topics });
    const latest = await Promise.all(topics.map((topic) => this.#admin.fetchTopicOffsets(topic)));
    const sum = (offsets: readonly string[]) =>
      offsets.reduce((total, offset) => total + Math.max(0, Number(offset)), 0);
    return (
      sum(latest.flat().map(({ high }) => high)) -
      sum(committed.flatMap(({ partitions }) => partitions.map(({ offset }) => offset)))
    );
  }

  /** Waits for the first dead letter. */
  async deadLetter(): Promise<DeadLetterSeen> {
    const [first] = await this.deadLetters(1);
    if (!first) throw new Error('expected a dead letter, found none');
    return first;
  }

  /** Waits for the first so many. */
  async deadLetters(count: number): Promise<DeadLetterSeen[]> {
    const consumer = this.#kafka.consumer({ groupId: `${this.prefix}-letters`, maxWaitTimeInMs: 100 });
    const seen: DeadLetterSeen[] = [];
    await consumer.connect();
    try {
      await consumer.subscribe({ topics: [deadLetterTopicOf(this.prefix)], fromBeginning: true });
      return await new Promise((resolve) => {
        void consumer.run({
          eachMessage: async ({ message }) => {
            const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)]);
            seen.push({ value: String(message.value), headers: Object.fromEntries(headers) });
            if (seen.length === count) resolve(seen);
          },
        });
      });
    } finally {
      await consumer.disconnect();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#producer.disconnect(), this.#admin.disconnect()]);
  }

  #record({ type, articleId, at, createdAt = at, count = 0, title = '제목' }: Sent) {
    const stream = STREAM_OF[type];
    this.#eventId += 1n;
    const fields = {
      article: `"title":"${title}","createdAt":"${createdAt}"`,
      comment: '"commentId":7,"writerId":8',
      like: '"articleLikeId":5,"userId":6',
      view: '"x":0',
    }[stream];
    const payload = `"articleId":${articleId},${fields},"${COUNTS[stream]}":${count}`;
    const value = `{"eventId":${this.#eventId},"type":"${type}","payload":{${payload}}}`;
    return { key: articleId, value, timestamp: String(millisecondsOf(at)) };
  }
}

function millisecondsOf(at: string): number {
  return Date.parse(`${at}+09:00`);
}
