// test/simulator/fault/fault.test.ts — What faults need to know before they break something.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { NoTargetError, seenBefore } from '../../../simulator/fault/fault.js';

test('what cannot be seen before it is broken is waited for', async () => {
  const failure = await seenBefore(Promise.reject(new Error('no leader'))).catch((error: unknown) => error);
  assert.instance(failure, NoTargetError);
  assert.is((failure as Error).message, 'no leader');
});

test.run();
