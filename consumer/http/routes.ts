// consumer/http/routes.ts — The service's HTTP: published lists for clients, and the counts behind them for the harness.
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Calendar } from '../../contract/calendar.js';
import type { Rules } from '../../contract/rules.js';
import type { RankingKeys } from '../applying/ranking-keys.js';
import type { PublishedDays } from '../publishing/published-days.js';
import { articleLines } from './article-stream.js';
import { readCut } from './cut.js';
import { DOCUMENT, OPERATION_SCHEMAS, ROUTE_SCHEMAS, SHARED_SCHEMAS } from './http-schemas.js';
import { createServer, type OperationOptions, refuse, withRedis } from './http-server.js';

export interface HttpOptions extends OperationOptions {
  readonly keys: RankingKeys;
  readonly rules: Rules;
  readonly calendar: Calendar;
  readonly published: PublishedDays;
  /** Several shards make a list, each with offsets of its own. */
  readonly isMerged: boolean;
}

type WithDay = { readonly Params: { readonly day: string } };

/** Not yet listening. */
export function createHttp(options: HttpOptions): FastifyInstance {
  return createServer({
    ...options,
    document: DOCUMENT,
    sharedSchemas: SHARED_SCHEMAS,
    addPublic: (http) => addPublic(http, options),
    addInternal: (http) => addInternal(http, options),
  });
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

function addInternal(http: FastifyInstance, options: HttpOptions): void {
  const { hidden: schema } = OPERATION_SCHEMAS;
  http.get<WithDay>('/internal/articles/:day', { schema }, async (request, reply) => {
    const { day } = request.params;
    if (!isDay(day, options.calendar)) return refuseDay(reply, day);
    return reply.type('application/x-ndjson').send(Readable.from(articleLines(options, day)));
  });
  http.get<WithDay>('/internal/cut/:day', { schema }, async (request, reply) => {
    const { day } = request.params;
    const { redis, keys, calendar, isMerged } = options;
    if (!isDay(day, calendar)) return refuseDay(reply, day);
    if (isMerged) return refuse(reply, 404, 'not-found', 'several shards make the list, each with offsets of its own');
    const cut = await withRedis(redis, () => readCut(redis, keys, day));
    return cut ?? refuse(reply, 503, 'redis-away', 'Redis does not answer');
  });
}

function refuseDay(reply: FastifyReply, day: string): FastifyReply {
  return refuse(reply, 400, 'bad-request', `expected a date as yyyyMMdd, found "${day}"`);
}

function isDay(text: string, calendar: Calendar): boolean {
  if (!/^\d{8}$/.test(text)) return false;
  try {
    return calendar.span(text).day === text;
  } catch {
    return false;
  }
}
