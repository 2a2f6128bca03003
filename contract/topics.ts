// contract/topics.ts — Topic names: `<prefix>-article`, `-comment`, `-like`, `-view`.
import { STREAMS, type Stream } from './events.js';

export const DEFAULT_TOPIC_PREFIX = 'board';

export function topicOf(prefix: string, stream: Stream): string {
  return `${prefix}-${stream}`;
}

/** The four topics in the order of `STREAMS`. */
export function topicsOf(prefix: string): string[] {
  return STREAMS.map((stream) => topicOf(prefix, stream));
}

/** Where the consumer puts records that it cannot decode. */
export function deadLetterTopicOf(prefix: string): string {
  return `${prefix}-dead-letter`;
}
