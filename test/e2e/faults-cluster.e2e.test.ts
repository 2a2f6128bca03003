// test/e2e/faults-cluster.e2e.test.ts — Faults of producers and of the nodes of a Kafka come one after the other where its topics can miss one node only, and are healed.
// time limit: 600 s
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CLUSTER_GROUPS, expectProvenAndHealed } from '../support/fault-groups.js';
import { type TemporaryFolder, temporaryFolder } from '../support/sim.js';

const faults = suite<{ folder: TemporaryFolder }>('faults-cluster');

faults.before.each((context) => {
  context.folder = temporaryFolder();
});
faults.after.each(({ folder }) => folder.remove());

for (const [name, group] of Object.entries(CLUSTER_GROUPS)) {
  faults(`of ${name} happen, are proven and are healed`, async ({ folder }) => {
    const told = await expectProvenAndHealed(name, group, folder.path);
    const inTurn = group.faults.flatMap(() => ['fault', 'healed']);
    if (name === 'brokers') assert.equal(told, inTurn);
  });
}

faults.run();
