// test/simulator/scenario/settings.test.ts — The algebra of `extends`, of the environment, and of `--set`.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ScenarioError } from '../../../simulator/errors.js';
import { loadScenario } from '../../../simulator/scenario/load.js';
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

test('--set is a patch: as extending by the same value at its path, whole lists but for one item, and twice is once', () => {
  const key = fc.constantFrom('count', 'inner');
  fc.assert(
    fc.property(tree, fc.array(key, { minLength: 1, maxLength: 3 }), tree, (content, path, value) => {
      const patch = path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
      // A number in the way of a path has no fields.
      fc.pre(path.slice(0, -1).every((name) => name === 'inner'));
      const setting = `${path.join('.')}=${JSON.stringify(value)}`;
      const once = withSettings(content, [setting], fail);
      assert.equal(once, merged(content, patch));
      assert.equal(withSettings(once, [setting], fail), once);
    }),
  );
});

test('--set joins objects, adds to the end of a list, and takes away with null', () => {
  const content = { a: { b: 1, c: [1, 2] }, d: 'x' };
  const set = (...settings: string[]) => withSettings(content, settings, fail);
  assert.equal(set('a={"b":2}'), { a: { b: 2, c: [1, 2] }, d: 'x' });
  assert.equal(set('a.c.2=3'), { a: { b: 1, c: [1, 2, 3] }, d: 'x' });
  assert.equal(set('e.0.f=1'), { ...content, e: [{ f: 1 }] });
  assert.equal(set('a.b=null', 'a.c.0=null'), { a: { c: [2] }, d: 'x' });
  assert.equal(set('a.x=null', 'a.c.2=null'), content);
  for (const wrong of ['a.c.4=1', 'a.c.length=0', 'a.c.-1=1', 'a.b.x=1', '.=1', '__proto__.x=1', 'a', '=1']) {
    assert.throws(() => set(wrong), undefined, wrong);
  }
  assert.is(JSON.stringify(set('constructor.x=1')), '{"a":{"b":1,"c":[1,2]},"d":"x","constructor":{"x":1}}');
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
  const missing: string[] = [];
  withEnvironment({ a: '${MISSING}', b: ['${LOST} one'] }, environment, (problem) => missing.push(problem));
  assert.equal(
    missing.map((problem) => problem.split(';')[0]),
    ['${MISSING}: the environment has no MISSING', '${LOST} one: the environment has no LOST'],
  );
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
    write('lost.json', { extends: 'nowhere.json' });
    await loadScenario(join(dir, 'lost.json')).then(
      () => assert.unreachable(),
      (error: ScenarioError) => {
        assert.match(error.message, 'lost.json');
        assert.match(error.problems.join(), 'extends nowhere.json: no such file');
      },
    );
    write('a.json', { extends: 'b.json' });
    write('b.json', { extends: 'a.json' });
    await loadScenario(join(dir, 'a.json')).then(
      () => assert.unreachable(),
      (error: ScenarioError) =>
        assert.match(error.problems.join(), 'extends b.json: extends: a.json goes round in a circle'),
    );
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test.run();
