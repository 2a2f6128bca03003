// test/simulator/run/topic-deletion.test.ts — What keeps topics is told in our words, with what to do.
import { createRequire } from 'node:module';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { whyKept } from '../../../simulator/run/topic-deletion.js';

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

test.run();
