// test/e2e/faults.e2e.test.ts — Faults of consumers, Redis and links leave a receipt that proves them, and are healed; and the ranking is right after all of them.
// time limit: 600 s
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { faultSchema } from '../../simulator/scenario/fault.js';
import { CLUSTER_GROUPS, expectProvenAndHealed, SERVER_GROUPS } from '../support/fault-groups.js';
import { type TemporaryFolder, temporaryFolder } from '../support/sim.js';

const faults = suite<{ folder: TemporaryFolder }>('faults');

faults.before.each((context) => {
  context.folder = temporaryFolder();
});
faults.after.each(({ folder }) => folder.remove());

for (const [name, group] of Object.entries(SERVER_GROUPS)) {
  faults(`of ${name} happen, are proven and are healed`, async ({ folder }) => {
    await expectProvenAndHealed(name, group, folder.path);
  });
}

faults('of every kind are put to this test', () => {
  const kinds = faultSchema.options.map(({ shape }) => shape.kind.value);
  const groups = [...Object.values(SERVER_GROUPS), ...Object.values(CLUSTER_GROUPS)];
  const tested = groups.flatMap((group) => group.faults.map(({ kind }) => kind));
  assert.equal([...new Set(tested)].sort(), kinds.sort());
});

faults.run();
