// test/simulator/judge/log/logged-commenters.test.ts — Users with a comment that stands, by the records of the log.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { HotEvent } from '../../../../contract/events.js';
import { LoggedCommenters } from '../../../../simulator/judge/log/logged-commenters.js';

const comment = (commentId: string, writerId: string, type: 'COMMENT_CREATED' | 'COMMENT_DELETED'): HotEvent => ({
  eventId: '1',
  type,
  articleId: '7',
  commentId,
  writerId,
  count: 1,
});

test('each user counts once, and not after the last of their comments is deleted', () => {
  const commenters = new LoggedCommenters();
  assert.equal(commenters.range('20241001', '7'), { low: 0, high: 0 });
  commenters.add(comment('1', 'a', 'COMMENT_CREATED'), '20241001', false);
  commenters.add(comment('2', 'a', 'COMMENT_CREATED'), '20241001', false);
  commenters.add(comment('3', 'b', 'COMMENT_CREATED'), '20241001', false);
  assert.equal(commenters.range('20241001', '7'), { low: 2, high: 2 });
  commenters.add(comment('3', 'b', 'COMMENT_DELETED'), '20241001', false);
  assert.equal(commenters.range('20241001', '7'), { low: 1, high: 1 });
  assert.equal(commenters.range('20241002', '7'), { low: 0, high: 0 });
  assert.equal(commenters.range('20241001', '8'), { low: 0, high: 0 });
});

test('what came after the publication may count or not', () => {
  const commenters = new LoggedCommenters();
  commenters.add(comment('1', 'a', 'COMMENT_CREATED'), '20241001', true);
  assert.equal(commenters.range('20241001', '7'), { low: 0, high: 1 });
  commenters.add(comment('2', 'b', 'COMMENT_CREATED'), '20241001', false);
  commenters.add(comment('2', 'b', 'COMMENT_DELETED'), '20241001', true);
  assert.equal(commenters.range('20241001', '7'), { low: 0, high: 2 });
});

test('other events say nothing of commenters', () => {
  const commenters = new LoggedCommenters();
  commenters.add({ eventId: '1', type: 'ARTICLE_VIEWED', articleId: '7', count: 1 }, '20241001', false);
  assert.equal(commenters.range('20241001', '7'), { low: 0, high: 0 });
});

test.run();
