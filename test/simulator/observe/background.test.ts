// test/simulator/observe/background.test.ts
// own process: it listens for errors that end a process
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { nextTurn } from '../../../contract/waiting.js';
import { Background } from '../../../simulator/observe/background.js';

test('it is busy until its work has ended', async () => {
  const background = new Background();
  assert.is(background.isBusy, false);
  background.start(async () => undefined);
  assert.is(background.isBusy, true);
  await background.ended();
  assert.is(background.isBusy, false);
});

test('what its work throws is no unhandled rejection, ends nothing, and is thrown when the end is asked for', async () => {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown) => void unhandled.push(reason);
  process.on('unhandledRejection', listen);
  const bug = new Error('the calendar knows no such day');
  const background = new Background();
  background.start(async () => {
    throw bug;
  });
  await nextTurn();
  await nextTurn();
  process.off('unhandledRejection', listen);
  assert.equal(unhandled, []);
  assert.is(background.isBusy, false);
  background.start(async () => undefined);
  assert.is(await background.ended().catch((error: unknown) => error), bug);
});

test.run();
