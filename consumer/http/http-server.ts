// consumer/http/http-server.ts — What the HTTP of every service has: one form of errors, health and metrics for operators, figures for the harness.
import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import type { RedisClient } from '../../contract/redis-client.js';
import { inTime } from '../../contract/waiting.js';
import type { ServiceMetrics } from '../runtime/service-metrics.js';
import { type ErrorCode, OPERATION_SCHEMAS } from './http-schemas.js';

export interface OperationOptions {
  /** Routes for clients and operators, those for the harness, or all of them. */
  readonly serves: 'public' | 'internal' | 'all';
  readonly redis: RedisClient;
  readonly metrics: ServiceMetrics;
  readonly registry: Registry;
  readonly isJoined: () => boolean;
  readonly warn: (message: string, details: Readonly<Record<string, unknown>>) => void;
}

export interface ServerOptions extends OperationOptions {
  readonly document: FastifyDynamicSwaggerOptions;
  readonly sharedSchemas: readonly object[];
  /** Add the routes that are this service's own. */
  readonly addPublic: (http: FastifyInstance) => void;
  readonly addInternal: (http: FastifyInstance) => void;
}

const REDIS_ANSWER_MS = 1000;

/** Not yet listening. */
export function createServer(options: ServerOptions): FastifyInstance {
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
  for (const schema of options.sharedSchemas) http.addSchema(schema);
  // It sees only the routes that are added once it is there.
  void http.register(swagger, options.document);
  void http.register(async (documented: FastifyInstance) => {
    const urls = new Set<string>();
    documented.addHook('onRoute', ({ url }) => void urls.add(url));
    if (options.serves !== 'internal') {
      options.addPublic(documented);
      addOperation(documented, options);
    }
    if (options.serves !== 'public') {
      documented.get('/internal/observation', { schema: OPERATION_SCHEMAS.hidden }, async () =>
        options.metrics.observation(),
      );
      options.addInternal(documented);
    }
    for (const url of [...urls]) refuseOtherMethods(documented, url);
  });
  return http;
}

/** Everything can be read, and nothing else: what another method brings is not looked at. */
function refuseOtherMethods(http: FastifyInstance, url: string): void {
  const refuseMethod = (reply: FastifyReply, method: string) =>
    refuse(
      reply.header('allow', 'GET, HEAD'),
      405,
      'method-not-allowed',
      `${method} is not allowed, only GET and HEAD`,
    );
  http.route({
    url,
    method: http.supportedMethods.filter((method) => method !== 'GET' && method !== 'HEAD'),
    schema: { hide: true },
    onRequest: async ({ method }, reply) => refuseMethod(reply, method),
    handler: async ({ method }, reply) => refuseMethod(reply, method),
  });
}

function addOperation(http: FastifyInstance, { redis, registry, isJoined }: OperationOptions): void {
  http.get('/healthz', { schema: OPERATION_SCHEMAS.health }, async (_request, reply) => {
    if (!isJoined()) return refuse(reply, 503, 'not-joined', 'not a member of the consumer group at the moment');
    if (!(await withRedis(redis, () => redis.ping().catch(() => undefined))))
      return refuse(reply, 503, 'redis-away', 'Redis does not answer');
    return { status: 'ok' };
  });
  http.get('/livez', { schema: OPERATION_SCHEMAS.alive }, async () => ({ status: 'ok' }));
  http.get('/metrics', { schema: OPERATION_SCHEMAS.metrics }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  http.get('/openapi.json', { schema: OPERATION_SCHEMAS.hidden }, async () => http.swagger());
}

export function refuse(reply: FastifyReply, status: number, code: ErrorCode, message: string): FastifyReply {
  return reply.code(status).send({ error: { code, message } });
}

/** @returns undefined when Redis does not answer in time; its client would wait for it without end */
export async function withRedis<Answer>(redis: RedisClient, ask: () => Promise<Answer>): Promise<Answer | undefined> {
  // While it is away the client would queue the question until it is back.
  if (redis.status !== 'ready') return undefined;
  return (await inTime(ask(), REDIS_ANSWER_MS))?.value;
}
