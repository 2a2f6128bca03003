// contract/observation.ts — What a consumer may tell the harness about itself, over HTTP. A consumer can do without.
import { z } from 'zod';
import { isId } from './ids.js';

/**
 * `GET /internal/observation`: progress and latency since the process started.
 * Histograms are HdrHistogram V2 in base64 (compressed), values in microseconds.
 */
export const observationSchema = z.object({
  /** Records read from the topics, also those that changed nothing. */
  consumed: z.number().int(),
  /** Records whose effect is in Redis. */
  applied: z.number().int(),
  /** Records skipped because their batch had already been applied. */
  skipped: z.number().int(),
  /** Records that came after their day was published, and changed nothing. */
  late: z.number().int(),
  deadLetters: z.number().int(),
  /**
   * Time from a record's timestamp, mapped to wall time, to its effect being in Redis: a histogram for each stretch of
   * event time between the boundaries that the consumer was given; absent without such a mapping.
   */
  endToEndLatency: z.array(z.string()).optional(),
  /** Time of one atomic script call, from call to reply. */
  applyLatency: z.string(),
});
export type Observation = z.infer<typeof observationSchema>;

/**
 * `GET /internal/articles/{yyyyMMdd}`: one JSON object a line for every article of the day that is created, not deleted,
 * and has a score above zero.
 */
export const articleStateSchema = z.object({
  articleId: z.string().refine(isId),
  like: z.number().int(),
  comment: z.number().int(),
  view: z.number().int(),
  /** Only where commenters have a weight. */
  commenter: z.number().int().optional(),
  score: z.number(),
});
export type ArticleState = z.infer<typeof articleStateSchema>;

/**
 * `GET /internal/cut/{yyyyMMdd}`: the list of a day as it is, and up to where each partition is in it, at one instant.
 * 404 where there is no such instant, as several shards make the list.
 */
export const cutSchema = z.object({
  /** Whether the day is published: then its list is no longer what the offsets say. */
  published: z.boolean(),
  /** Next offset, in decimal, by `topic/partition`; of partitions without any record none. */
  offsets: z.record(z.string(), z.string()),
  list: z.array(z.object({ articleId: z.string(), score: z.number() })),
});
export type Cut = z.infer<typeof cutSchema>;

/** `GET /internal/read-models`, of the article-read service: one JSON object a line for every article that was created. */
export const readModelSchema = z.object({
  articleId: z.string().refine(isId),
  title: z.string(),
  /** Deleted ones stay, and keep what they had. */
  state: z.enum(['created', 'deleted']),
  likeCount: z.number().int(),
  commentCount: z.number().int(),
  viewCount: z.number().int(),
  /** ISO instant: event time of the creation or update that gave the title. */
  updatedAt: z.string(),
});
export type ReadModel = z.infer<typeof readModelSchema>;
