// test/simulator/scenario/settings.test.ts — The algebra of `extends`, of the environment, and of `--set`.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { loadScenario, type ScenarioError } from '../../../simulator/scenario/load.js';
import { merged, withEnvironment, withSettings } from '../../../simulator/scenario/settings.js';
import { loadGenerated } from '../../support/scenarios.js';

const fail = (problem: string): never => {
  throw new Error(problem);
};
// As in a scenario, a key has one type wherever it stands.
const tree = fc.letrec((tie) => ({
  object: fc.record(
    {
      count: fc.integer(),
      list: fc.array(fc.integer()),
      inner: fc.oneof({ depthSize: 'small' }, fc.constant({}), tie('object')),
    },
    { requiredKeys: [], noNullPrototype: true },
  ),
})).object;

test('a scenario extended by nothing is itself, and extending by itself changes nothing', () => {
  fc.assert(
    fc.property(tree, (one) => {
      assert.equal(merged(one, {}), one);
      assert.equal(merged({}, one), one);
      assert.equal(merged(one, one), one);
    }),
  );
});

test('extending is associative', () => {
  fc.assert(
    fc.property(tree, tree, tree, (a, b, c) => {
      assert.equal(merged(merged(a, b), c), merged(a, merged(b, c)));
    }),
  );
});

test('--set changes its path alone, and the last one wins', () => {
  const content = { a: { b: 1, c: [1, 2] }, d: 'x' };
  assert.equal(withSettings(content, ['a.b=2', 'a.c.1=7', 'a.b=3'], fail), { a: { b: 3, c: [1, 7] }, d: 'x' });
  assert.equal(content, { a: { b: 1, c: [1, 2] }, d: 'x' });
  assert.equal(withSettings({}, ['a.b.c=true'], fail), { a: { b: { c: true } } });
});

test('the environment fills in texts, and makes numbers of those that are nothing else', () => {
  const environment = { SEED: '7', NAME: 'night', EMPTY: '' };
  const content = { seed: '${SEED}', text: 'a ${NAME} run', other: ['${MISSING:-3}', '${EMPTY:-x}'], plain: '$5' };
  assert.equal(withEnvironment(content, environment, fail), {
    seed: 7,
    text: 'a night run',
    other: [3, 'x'],
    plain: '$5',
  });
  assert.throws(() => withEnvironment('${MISSING}', environment, fail), /no MISSING/);
});

test('a file takes over what it extends, across folders, and a circle is refused', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'sim-test-'));
  const write = (name: string, content: object) => writeFileSync(join(dir, name), JSON.stringify(content));
  try {
    write('base.json', {
      description: 'base',
      articles: { perDay: 10, older: 3 },
      arrivals: [{ name: 'day', shape: 'constant', durationHours: 24, events: 100 }],
    });
    write('child.json', { extends: 'base.json', description: 'child', articles: { perDay: 20 } });
    const scenario = await loadGenerated(join(dir, 'child.json'));
    assert.is(scenario.description, 'child');
    assert.is(scenario.articles.perDay, 20);
    assert.is(scenario.articles.older, 3);
    assert.is(scenario.arrivals[0]?.events, 100);
    write('a.json', { extends: 'b.json' });
    write('b.json', { extends: 'a.json' });
    await loadScenario(join(dir, 'a.json')).then(
      () => assert.unreachable(),
      (error: ScenarioError) => assert.match(error.problems.join(), 'circle'),
    );
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test.run();
