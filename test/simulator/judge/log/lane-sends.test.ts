// test/simulator/judge/log/lane-sends.test.ts — What was not acknowledged is known by lane and version, garbage apart from events.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { wasAcknowledged } from '../../../../simulator/judge/log/lane-sends.js';

test('a send that is not named was acknowledged', () => {
  const acknowledged = wasAcknowledged([{ lane: 0, unacknowledged: [3, -5] }, { lane: 1 }]);
  assert.equal(
    [acknowledged(0, 3), acknowledged(0, 5), acknowledged(0, -5), acknowledged(1, 3), acknowledged(2, 1)],
    [false, true, false, true, true],
  );
});

test.run();
