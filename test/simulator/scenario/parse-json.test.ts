// test/simulator/scenario/parse-json.test.ts — What a JSON text loses in silence, or breaks a parser with, is a problem with its line.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseJson } from '../../../simulator/scenario/parse-json.js';

const cases: readonly (readonly [name: string, text: string, problem: string])[] = [
  ['nothing', ' \n', 'is empty; scenarios/smoke.json is a small one to start from'],
  ['a list', '[]', 'expected an object with fields, { ... }, found a list'],
  ['null', 'null', 'expected an object with fields, { ... }, found null'],
  ['a text', '"x"', 'expected an object with fields, { ... }, found a text'],
  ['a number', '1', 'expected an object with fields, { ... }, found a number'],
  ['a missing value', '{\n  "a": }', 'line 2, column 8: not JSON: value expected'],
  ['a key given twice', '{"a":1,\n"a":2}', 'line 2: the key "a" is given twice'],
  ['__proto__', '{"a":{\n"__proto__":{}}}', 'line 2: the key "__proto__" cannot be used'],
  ['a number without bounds', '{"a":\n-1e999}', 'line 2: -1e999 is larger than any number that can be held'],
  ['100,000 objects in each other', '{"a":'.repeat(100_000), 'line 1: is nested deeper than 100 levels'],
  ['lists that are never closed', `{"a":\n${'['.repeat(200)}`, 'line 2: is nested deeper than 100 levels'],
];
for (const [name, text, problem] of cases) {
  test(`${name} is refused`, () => assert.equal(parseJson(text), { problems: [problem] }));
}

test('braces in texts and comments are no levels', () => {
  const braces = '{['.repeat(200);
  assert.equal(parseJson(`// ${braces}\n{"a": "${braces}", /* ${braces} */ }`), { content: { a: braces } });
});

test('a hundred levels are read', () => {
  const { length } = JSON.stringify(parseJson(`${'{"a":'.repeat(99)}{}${'}'.repeat(99)}`));
  assert.ok(length > 500);
});

test('ids beyond 2^53 keep their digits', () => {
  assert.equal(parseJson('{"id": 184721186232410113}'), { content: { id: '184721186232410113' } });
});

test.run();
