// test/simulator/run/topic-deletion.test.ts — A run deletes its own topics and groups alone, and says what keeps the others.
import { createRequire } from 'node:module';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { deleteGroups, deleteTopics, whyKept } from '../../../simulator/run/topic-deletion.js';
import { NamedThings } from './named-things.js';

const require = createRequire(import.meta.url);
const { createErrorFromCode } = require('kafkajs/src/protocol/error.js') as {
  readonly createErrorFromCode: (code: number) => Error;
};
const [INVALID_REQUEST, TOPIC_AUTHORIZATION_FAILED, TOPIC_DELETION_DISABLED] = [42, 29, 73];

test('topics that a broker keeps are told with the setting, and what to do', () => {
  const disabled = 'the brokers delete no topics: set delete.topic.enable=true on them, then `sim clean` removes them';
  assert.is(whyKept(createErrorFromCode(TOPIC_DELETION_DISABLED)), disabled);
  assert.is(whyKept(createErrorFromCode(INVALID_REQUEST)), disabled);
  assert.match(whyKept(createErrorFromCode(TOPIC_AUTHORIZATION_FAILED)), 'allow it Delete on topics sim-*');
  assert.is(whyKept(new Error('slow')), 'slow; then `sim clean` removes them');
});

test('only topics of the run that are there are deleted', async () => {
  const admin = new NamedThings(['mine-a', 'mine-b', 'other']);
  assert.equal(await deleteTopics(admin, ['mine-a', 'mine-b', 'mine-c']), { left: [], reason: undefined });
  assert.equal(admin.topics, ['other']);
  assert.equal(await deleteTopics(admin, ['mine-a']), { left: [], reason: undefined });
});

test('what a broker refuses to delete is left, with the reason that it gives', async () => {
  const admin = new NamedThings(['mine-a', 'mine-b', 'mine-c']);
  // As kafkajs wraps what brokers say.
  const error = Object.assign(new Error('Topic deletion errors'), { errors: [new Error('not authorized')] });
  admin.refused = { topic: 'mine-b', error };
  assert.equal(await deleteTopics(admin, ['mine-a', 'mine-b', 'mine-c']), {
    left: ['mine-b', 'mine-c'],
    reason: 'not authorized; then `sim clean` removes them',
  });
});

test('a group that does not bear the name of the run is never deleted', async () => {
  const groups = { 'run-1.service': 0, 'run-1.article-read': 0, 'run-2.service': 0, billing: 0 };
  const admin = new NamedThings([], groups);
  await deleteGroups(admin, { run: 'run-1', groupId: 'run-1.service', articleReadGroupId: 'billing' });
  assert.equal([...admin.groups.keys()], ['run-1.article-read', 'run-2.service', 'billing']);
});

test.run();
