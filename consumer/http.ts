// consumer/http.ts — The service's HTTP: published lists for clients, health and metrics for operators, internals for the harness.
import { Readable } from 'node:stream';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { Registry } from 'prom-client';
import type { Calendar } from '../contract/calendar.js';
import type { RedisClient } from '../contract/redis-client.js';
import type { Rules } from '../contract/rules.js';
import { articleLines } from './article-stream.js';
import type { Progress } from './progress.js';
import type { PublishedDays } from './published-days.js';
import type { StoreKeys } from './store-keys.js';

export interface HttpOptions {
  readonly redis: RedisClient;
  readonly keys: StoreKeys;
  readonly rules: Rules;
  readonly calendar: Calendar;
  readonly published: PublishedDays;
  readonly progress: Progress;
  readonly registry: Registry;
  readonly isJoined: () => boolean;
}

const REDIS_ANSWER_MS = 1000;

type WithDay = { readonly Params: { readonly day: string } };

/** Not yet listening. */
export function createHttp(options: HttpOptions): FastifyInstance {
  // Requests left open by clients must not hold up the end of the process.
  const http = Fastify({ logger: false, forceCloseConnections: true });
  addPublic(http, options);
  addOperation(http, options);
  addInternal(http, options);
  return http;
}

function addPublic(http: FastifyInstance, { published, calendar }: HttpOptions): void {
  http.get('/v1/hot-articles', async (_request, reply) => {
    const newest = published.days()[0];
    return newest === undefined ? refuse(reply, 404, 'no day is published yet') : published.read(newest);
  });
  http.get('/v1/hot-articles/history', async () => Promise.all(published.days().map((day) => published.read(day))));
  http.get<WithDay>('/v1/hot-articles/articles/date/:day', async (request, reply) => {
    const { day } = request.params;
    if (!isDay(day, calendar)) return refuse(reply, 400, `expected a date as yyyyMMdd, found "${day}"`);
    if (!published.days().includes(day)) return refuse(reply, 404, `${day} is not published, or not kept any more`);
    return published.read(day);
  });
}

function addOperation(http: FastifyInstance, { redis, registry, isJoined }: HttpOptions): void {
  http.get('/healthz', async (_request, reply) => {
    if (!isJoined()) return refuse(reply, 503, 'not a member of the consumer group at the moment');
    if (!(await answers(redis))) return refuse(reply, 503, 'Redis does not answer');
    return { status: 'ok' };
  });
  http.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}

function addInternal(http: FastifyInstance, options: HttpOptions): void {
  http.get('/internal/observation', async () => options.progress.observation());
  http.get<WithDay>('/internal/articles/:day', async (request, reply) => {
    const { day } = request.params;
    if (!isDay(day, options.calendar)) return refuse(reply, 400, `expected a date as yyyyMMdd, found "${day}"`);
    return reply.type('application/x-ndjson').send(Readable.from(articleLines(options, day)));
  });
}

function refuse(reply: FastifyReply, status: number, error: string): FastifyReply {
  return reply.code(status).send({ error });
}

function isDay(text: string, calendar: Calendar): boolean {
  if (!/^\d{8}$/.test(text)) return false;
  try {
    return calendar.span(text).day === text;
  } catch {
    return false;
  }
}

async function answers(redis: RedisClient): Promise<boolean> {
  // While it is away the client would queue the question until it is back.
  if (redis.status !== 'ready') return false;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), REDIS_ANSWER_MS);
  });
  const pong = redis.ping().then(
    () => true,
    () => false,
  );
  return Promise.race([pong, late]).finally(() => clearTimeout(timer));
}
