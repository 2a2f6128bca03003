// test/simulator/judge/naming/uncommitted.test.ts — A lag that stays is named when all was applied, and only then.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { passed, unknown } from '../../../../simulator/judge/checks/checker.js';
import { uncommitted } from '../../../../simulator/judge/naming/uncommitted.js';
import { historyWith } from '../histories.js';

const right = [passed('lists', 'all'), passed('delivery', 'all')];
const lagging = { ...historyWith([]), finalLag: 7 };

test('a lag that stays behind a right ranking was never committed', () => {
  assert.equal(uncommitted(lagging, right), {
    naming: {
      consistent: [
        {
          name: 'PARTIAL_COMMIT',
          does: 'all is applied, and of 7 records that was never committed: a restart would read them again',
        },
      ],
      partly: [],
      not: [],
      untested: [],
    },
  });
});

test('without lag, or where the ranking is not known to be right, it has no name', () => {
  assert.is(uncommitted(historyWith([]), right), undefined);
  assert.is(uncommitted({ ...lagging, finalLag: null }, right), undefined);
  assert.is(uncommitted(lagging, [...right, unknown('retention', 'nothing', 'it was not read')]), undefined);
});

test.run();
