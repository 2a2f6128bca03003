// consumer/http/http-schemas.ts — The shapes of the HTTP answers: what the routes are checked against, and what GET /openapi.json says.
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { FastifySchema } from 'fastify';

/** The code of an error, for programs; its message is for people. */
export type ErrorCode = (typeof ERROR_CODES)[number];

const ERROR_CODES = [
  'bad-request',
  'not-published',
  'not-found',
  'method-not-allowed',
  'not-joined',
  'redis-away',
  'internal',
] as const;

export const articleId = {
  type: 'string',
  pattern: '^\\d{1,19}$',
  description: '64 bits, in decimal: more than a double holds',
};
export const count = { type: 'integer', minimum: 0 };
const day = {
  type: 'string',
  pattern: '^\\d{8}$',
  description: 'yyyyMMdd, in the zone of the rules',
  examples: ['20241001'],
};

export const ERROR_SCHEMA = {
  $id: 'Error',
  type: 'object',
  additionalProperties: false,
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      additionalProperties: false,
      required: ['code', 'message'],
      properties: { code: { type: 'string', enum: ERROR_CODES }, message: { type: 'string' } },
    },
  },
};

/** Referred to by the routes; they become the document's components. */
export const SHARED_SCHEMAS = [
  {
    $id: 'HotArticle',
    type: 'object',
    additionalProperties: false,
    required: ['articleId', 'score', 'likeCount', 'commentCount', 'viewCount'],
    properties: {
      articleId,
      score: { ...count, description: 'weighted sum of the counts' },
      likeCount: count,
      commentCount: count,
      viewCount: count,
      commenterCount: { ...count, description: 'users with a comment that stands; only where they have a weight' },
    },
  },
  {
    $id: 'PublishedDay',
    type: 'object',
    additionalProperties: false,
    required: ['day', 'articles'],
    properties: { day, articles: { type: 'array', description: 'best first', items: { $ref: 'HotArticle#' } } },
  },
  ERROR_SCHEMA,
];

export const failed = (description: string) => ({ description, $ref: 'Error#' });
export const redisAway = failed('Redis does not answer');
export const json = (description: string, schema: object) => ({
  description,
  content: { 'application/json': { schema } },
});
const ok = {
  type: 'object',
  additionalProperties: false,
  required: ['status'],
  properties: { status: { const: 'ok' } },
};
export const internal = failed('A fault of the service');

/** The answers of every service to its operators. */
export const OPERATION_SCHEMAS = {
  health: {
    summary: 'Ready: a member of the consumer group, and Redis answers',
    response: { 200: json('Ready', ok), 503: failed('Not ready'), 500: internal },
  },
  alive: {
    summary: 'Alive: the process answers, whatever Kafka and Redis do',
    response: { 200: json('Alive', ok), 500: internal },
  },
  metrics: {
    summary: 'Metrics, as Prometheus reads them',
    response: {
      200: { description: 'Metrics', content: { 'text/plain': { schema: { type: 'string' } } } },
      500: internal,
    },
  },
  hidden: { hide: true },
} satisfies Readonly<Record<string, FastifySchema>>;

export const ROUTE_SCHEMAS = {
  newest: {
    summary: 'The list that clients see now',
    response: {
      200: json('The newest published day', { $ref: 'PublishedDay#' }),
      404: failed('No day is published yet'),
      500: internal,
      503: redisAway,
    },
  },
  history: {
    summary: 'Every published day that is kept, newest first',
    response: {
      200: json('Days without any article are among them', { type: 'array', items: { $ref: 'PublishedDay#' } }),
      500: internal,
      503: redisAway,
    },
  },
  ofDay: {
    summary: 'The list of one published day',
    params: { type: 'object', required: ['day'], properties: { day } },
    response: {
      200: json('The list', { $ref: 'PublishedDay#' }),
      400: failed('Not a day'),
      404: failed('Not published yet, or not kept any more'),
      500: internal,
      503: redisAway,
    },
  },
} satisfies Readonly<Record<string, FastifySchema>>;

export const DOCUMENT = documentOf('Hot articles', 'The top articles of each day, from the events of a board.');

export function documentOf(title: string, description: string): FastifyDynamicSwaggerOptions {
  return {
    openapi: { openapi: '3.1.0', info: { title, description, version: '1.0.0' } },
    // Components are named by what they are, not numbered.
    refResolver: {
      buildLocalReference: ({ $id }, _base, _fragment, index) => (typeof $id === 'string' ? $id : `def-${index}`),
    },
  };
}
