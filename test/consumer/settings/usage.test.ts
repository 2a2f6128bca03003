// test/consumer/settings/usage.test.ts
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { SETTINGS } from '../../../consumer/settings/config.js';
import { helpText } from '../../../consumer/settings/usage.js';

test('the help names every setting as a flag and as a variable, with what it means', () => {
  const text = helpText();
  assert.match(text, '  --redis-url, REDIS_URL\n      redis://');
  for (const [name, meaning] of Object.entries(SETTINGS))
    assert.ok(text.includes(`, ${name}\n      ${meaning}\n`), name);
});

test.run();
