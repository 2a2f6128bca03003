// test/contract/json-object.test.ts — Objects alone have members.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isObject } from '../../contract/json-object.js';

test('null, lists and plain values are no objects', () => {
  for (const value of [{}, { a: 1 }]) assert.ok(isObject(value));
  for (const value of [null, undefined, [], [{}], 'a', 1, true]) assert.not.ok(isObject(value));
});

test.run();
