// test/mutants/mutants.test.ts — Every planted bug still fits the sources, and is meant for a scenario that is there.
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadScenario } from '../../simulator/scenario/load.js';
import { Matrix } from './matrix.js';
import { MUTANTS } from './mutants.js';
import { patched } from './planting.js';

const mutants = suite('mutants');
const LEAST = 25;

mutants('there are many, each with a name of its own', () => {
  assert.ok(MUTANTS.length >= LEAST);
  assert.is(new Set(MUTANTS.map(({ name }) => name)).size, MUTANTS.length);
});

mutants('every one is caught, under its name, in docs/kill-matrix.md', () => {
  const matrix = Matrix.read();
  assert.equal(
    MUTANTS.filter((mutant) => !matrix.isDone(mutant)).map(({ name }) => name),
    [],
  );
});

for (const mutant of MUTANTS) {
  const { name, patches, missedBy = [] } = mutant;
  mutants(`${name} fits`, async () => {
    const sources = new Map<string, string>();
    for (const patch of patches) {
      const source = sources.get(patch.file) ?? readFileSync(patch.file, 'utf8');
      sources.set(patch.file, patched(source, patch));
    }
    for (const { scenario, set } of [mutant, ...missedBy]) await loadScenario(`scenarios/${scenario}.json`, set);
  });
}

mutants('a text that is not there, or there twice, is refused', () => {
  const patch = { file: 'a.ts', find: 'b', replace: 'c' };
  assert.throws(() => patched('a', patch), /a\.ts: expected once, found 0 times: b/);
  assert.throws(() => patched('bb', patch), /found 2 times/);
  assert.is(patched('abd', { ...patch, replace: '$&' }), 'a$&d');
});

mutants.run();
