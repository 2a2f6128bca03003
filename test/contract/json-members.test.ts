// test/contract/json-members.test.ts — Members are found where another parser finds them.
import fc from 'fast-check';
import { parseTree } from 'jsonc-parser';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { digitsAt, memberPositions } from '../../contract/json-members.js';
import { jsonObject } from '../support/json-texts.js';

test('each name has the position of its last value', () => {
  fc.assert(
    fc.property(jsonObject(['articleId', 'eventId', 'payload', '']), (text) => {
      const members = parseTree(text)?.children ?? [];
      const expected = new Map(members.map(({ children }) => [children?.[0]?.value, children?.[1]?.offset]));
      assert.equal(memberPositions(text, text.indexOf('{')), expected);
    }),
    { numRuns: 2000 },
  );
});

test('a value nested deeper than calls can be is passed', () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  assert.equal(memberPositions(`{"a":${deep},"b":1}`, 0), new Map([['a', 5], ['b', 5 + deep.length + 5]])); // biome-ignore format: one line
});

test('digits are those of a whole number alone', () => {
  assert.is(digitsAt('[12 ]', 1), '12');
  assert.is(digitsAt('{"a":9007199254740993}', 5), '9007199254740993');
  for (const text of ['1.5', '1e3', '-1', '"1"', 'null']) assert.is(digitsAt(`[${text}]`, 1), '');
});

test.run();
