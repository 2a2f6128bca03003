// consumer/http.ts — The service's HTTP: published lists for clients, health and metrics for operators, internals for the harness.
import { Readable } from 'node:stream';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import type { Calendar } from '../contract/calendar.js';
import type { RedisClient } from '../contract/redis-client.js';
import type { Rules } from '../contract/rules.js';
import { articleLines } from './article-stream.js';
import { DOCUMENT, type ErrorCode, ROUTE_SCHEMAS, SHARED_SCHEMAS } from './http-schemas.js';
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
  readonly warn: (message: string, details: Readonly<Record<string, unknown>>) => void;
}

const REDIS_ANSWER_MS = 1000;

type WithDay = { readonly Params: { readonly day: string } };

/** Not yet listening. */
export function createHttp(options: HttpOptions): FastifyInstance {
  const failed = (error: FastifyError, { method, url }: FastifyRequest, reply: FastifyReply) => {
    const { statusCode = 500, message } = error;
    if (statusCode < 500) return refuse(reply, statusCode, 'bad-request', message);
    options.warn('a request failed', { method, url, error: String(error) });
    return refuse(reply, 500, 'internal', 'the service failed; its log says why');
  };
  // Requests left open by clients must not hold up the end of the process.
  const http = Fastify({ logger: false, forceCloseConnections: true, frameworkErrors: failed });
  http.setErrorHandler(failed);
  http.setNotFoundHandler(({ method, url }, reply) =>
    refuse(reply, 404, 'not-found', `${method} ${url} is not served`),
  );
  for (const schema of SHARED_SCHEMAS) http.addSchema(schema);
  // It sees only the routes that are added once it is there.
  void http.register(swagger, DOCUMENT);
  void http.register(async (documented: FastifyInstance) => {
    addPublic(documented, options);
    addOperation(documented, options);
    addInternal(documented, options);
  });
  return http;
}

function addPublic(http: FastifyInstance, { published, calendar, redis }: HttpOptions): void {
  const serve = async (reply: FastifyReply, read: () => Promise<object | undefined>, missing = 'there is none') => {
    const answer = await withRedis(redis, async () => ({ body: await read() }));
    if (answer === undefined) return refuse(reply, 503, 'redis-away', 'Redis does not answer');
    return answer.body ?? refuse(reply, 404, 'not-published', missing);
  };
  http.get('/v1/hot-articles', { schema: ROUTE_SCHEMAS.newest }, async (_request, reply) => {
    const read = async () => {
      const [newest] = await published.days();
      return newest === undefined ? undefined : published.read(newest);
    };
    return serve(reply, read, 'no day is published yet');
  });
  http.get('/v1/hot-articles/history', { schema: ROUTE_SCHEMAS.history }, async (_request, reply) => {
    const read = async () => Promise.all((await published.days()).map((day) => published.read(day)));
    return serve(reply, read);
  });
  const ofDay = { schema: ROUTE_SCHEMAS.ofDay, attachValidation: true };
  http.get<WithDay>('/v1/hot-articles/articles/date/:day', ofDay, async (request, reply) => {
    const { day } = request.params;
    if (!isDay(day, calendar)) return refuseDay(reply, day);
    const read = async () => ((await published.days()).includes(day) ? published.read(day) : undefined);
    return serve(reply, read, `${day} is not published, or not kept any more`);
  });
}

function addOperation(http: FastifyInstance, { redis, registry, isJoined }: HttpOptions): void {
  http.get('/healthz', { schema: ROUTE_SCHEMAS.health }, async (_request, reply) => {
    if (!isJoined()) return refuse(reply, 503, 'not-joined', 'not a member of the consumer group at the moment');
    if (!(await withRedis(redis, () => redis.ping().catch(() => undefined))))
      return refuse(reply, 503, 'redis-away', 'Redis does not answer');
    return { status: 'ok' };
  });
  http.get('/livez', { schema: ROUTE_SCHEMAS.alive }, async () => ({ status: 'ok' }));
  http.get('/metrics', { schema: ROUTE_SCHEMAS.metrics }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  http.get('/openapi.json', { schema: ROUTE_SCHEMAS.hidden }, async () => http.swagger());
}

function addInternal(http: FastifyInstance, options: HttpOptions): void {
  const { hidden: schema } = ROUTE_SCHEMAS;
  http.get('/internal/observation', { schema }, async () => options.progress.observation());
  http.get<WithDay>('/internal/articles/:day', { schema }, async (request, reply) => {
    const { day } = request.params;
    if (!isDay(day, options.calendar)) return refuseDay(reply, day);
    return reply.type('application/x-ndjson').send(Readable.from(articleLines(options, day)));
  });
}

function refuseDay(reply: FastifyReply, day: string): FastifyReply {
  return refuse(reply, 400, 'bad-request', `expected a date as yyyyMMdd, found "${day}"`);
}

function refuse(reply: FastifyReply, status: number, code: ErrorCode, message: string): FastifyReply {
  return reply.code(status).send({ error: { code, message } });
}

function isDay(text: string, calendar: Calendar): boolean {
  if (!/^\d{8}$/.test(text)) return false;
  try {
    return calendar.span(text).day === text;
  } catch {
    return false;
  }
}

/** @returns undefined when Redis does not answer in time; its client would wait for it without end */
async function withRedis<Answer>(redis: RedisClient, ask: () => Promise<Answer>): Promise<Answer | undefined> {
  // While it is away the client would queue the question until it is back.
  if (redis.status !== 'ready') return undefined;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), REDIS_ANSWER_MS);
  });
  return Promise.race([ask(), late]).finally(() => clearTimeout(timer));
}
