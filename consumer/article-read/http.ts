// consumer/article-read/http.ts — The article-read service's HTTP: one article for clients, all of them for the harness.
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { isId } from '../../contract/ids.js';
import { articleId, count, documentOf, ERROR_SCHEMA, failed, internal, json, redisAway } from '../http/http-schemas.js';
import { createServer, type OperationOptions, refuse, withRedis } from '../http/http-server.js';
import type { ReadModels } from './read-models.js';

type WithId = { readonly Params: { readonly articleId: string } };

const DOCUMENT = documentOf('Articles', 'Each article of a board with its counts, from the events of the board.');

const ARTICLE_SCHEMA = {
  $id: 'Article',
  type: 'object',
  additionalProperties: false,
  required: ['articleId', 'title', 'state', 'likeCount', 'commentCount', 'viewCount', 'updatedAt'],
  properties: {
    articleId,
    title: { type: 'string' },
    state: { type: 'string', enum: ['created', 'deleted'] },
    likeCount: count,
    commentCount: count,
    viewCount: count,
    updatedAt: { type: 'string', description: 'Event time of the creation or update that gave the title' },
  },
};

const ONE = {
  summary: 'An article as it is now',
  params: { type: 'object', required: ['articleId'], properties: { articleId } },
  response: {
    200: json('The article; also when it is deleted', { $ref: 'Article#' }),
    400: failed('Not an id'),
    404: failed('Not created, as far as was read'),
    500: internal,
    503: redisAway,
  },
};

/** Not yet listening. */
export function createHttp(operation: OperationOptions, models: ReadModels): FastifyInstance {
  const { redis } = operation;
  const addPublic = (http: FastifyInstance) => {
    http.get<WithId>('/v1/articles/:articleId', { schema: ONE, attachValidation: true }, async (request, reply) => {
      const { articleId: id } = request.params;
      if (!isId(id)) return refuse(reply, 400, 'bad-request', `expected an article id, found "${id}"`);
      const answer = await withRedis(redis, async () => ({ found: await models.find(id) }));
      if (answer === undefined) return refuse(reply, 503, 'redis-away', 'Redis does not answer');
      return answer.found ?? refuse(reply, 404, 'not-found', `no article ${id} was created, as far as was read`);
    });
  };
  const addInternal = (http: FastifyInstance) => {
    http.get('/internal/read-models', { schema: { hide: true } }, async (_request, reply) =>
      reply.type('application/x-ndjson').send(Readable.from(models.lines())),
    );
  };
  const sharedSchemas = [ARTICLE_SCHEMA, ERROR_SCHEMA];
  return createServer({ ...operation, addPublic, addInternal, document: DOCUMENT, sharedSchemas });
}
