// test/consumer/http-service.ts — The service's HTTP without Kafka: on a Redis that a test names, and its document as a judge of answers.
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import { RankingKeys } from '../../consumer/applying/ranking-keys.js';
import type { OperationOptions } from '../../consumer/http/http-server.js';
import { createHttp } from '../../consumer/http/routes.js';
import { Publication } from '../../consumer/publishing/publication.js';
import { PublishedDays } from '../../consumer/publishing/published-days.js';
import { ServiceClock } from '../../consumer/runtime/service-clock.js';
import { ServiceMetrics } from '../../consumer/runtime/service-metrics.js';
import { Calendar } from '../../contract/calendar.js';
import type { RedisClient } from '../../contract/redis-client.js';
import { DEFAULT_RULES } from '../../contract/rules.js';

export interface HttpService {
  readonly http: FastifyInstance;
  /** Event time; nothing is published before the first. */
  readonly clock: ServiceClock;
  readonly keys: RankingKeys;
  readonly publication: Publication;
  readonly warnings: string[];
}

export function httpService(
  redis: RedisClient,
  isJoined: () => boolean,
  serves: OperationOptions['serves'] = 'all',
): HttpService {
  const rules = DEFAULT_RULES;
  const calendar = new Calendar(rules);
  const clock = new ServiceClock({ kind: 'event-time' }, calendar, () => 0);
  const keys = new RankingKeys('http:', 1);
  const registry = new Registry();
  const metrics = new ServiceMetrics(registry, { clock, wallMs: () => 0, latencyBoundariesMs: [] });
  const publication = new Publication(redis, keys);
  const published = new PublishedDays({ redis, keys, rules, calendar, clock, publication });
  const warnings: string[] = [];
  const warn = (message: string) => void warnings.push(message);
  const http = createHttp({
    serves,
    redis,
    keys,
    rules,
    calendar,
    published,
    isMerged: false,
    metrics,
    registry,
    isJoined,
    warn,
  });
  return { http, clock, keys, publication, warnings };
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, { readonly get: Operation }>>;
}
interface Operation {
  readonly summary: string;
  readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, unknown>> }>>;
}

export async function documentOf({ http }: HttpService): Promise<Document> {
  return (await http.inject('/openapi.json')).json();
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** @throws when the document does not allow what is answered */
export async function answerOf(service: HttpService, url: string): Promise<Answer> {
  const { statusCode, headers, payload } = await service.http.inject(url);
  const document = await documentOf(service);
  const path = url.replace(/\/date\/.*/, '/date/{day}');
  const media = String(headers['content-type']).replace(/;.*/, '');
  if (document.paths[path]?.get.responses[statusCode]?.content[media] === undefined)
    throw new Error(`expected ${path} to be documented for ${statusCode} as ${media}: ${payload}`);
  const body: unknown = media === 'application/json' ? JSON.parse(payload) : payload;
  const ajv = new Ajv2020({ strict: false, allErrors: true }).addSchema(document, 'document');
  const pointer = ['paths', path, 'get', 'responses', statusCode, 'content', media, 'schema'].map(escaped).join('/');
  const validate = ajv.compile({ $ref: `document#/${pointer}` });
  if (!validate(body)) throw new Error(`${url}: ${ajv.errorsText(validate.errors)}: ${payload}`);
  return { status: statusCode, body };
}

function escaped(part: string | number): string {
  return encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1'));
}
