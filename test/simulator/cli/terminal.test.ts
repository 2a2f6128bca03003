// test/simulator/cli/terminal.test.ts — Colours and moving bars are shown only where they are wanted.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { canRedraw, hasColor, terminalOptions } from '../../../simulator/cli/terminal.js';

const terminal = { isTTY: true } as const;
const pipe = { isTTY: false } as const;

test('a terminal has colours, and a pipe has none', () => {
  assert.is(hasColor(terminal, { TERM: 'xterm' }), true);
  assert.is(hasColor(pipe, { TERM: 'xterm' }), false);
});

test('NO_COLOR and a dumb terminal take colours away', () => {
  assert.is(hasColor(terminal, { NO_COLOR: '1' }), false);
  assert.is(hasColor(terminal, { NO_COLOR: '' }), true);
  assert.is(hasColor(terminal, { TERM: 'dumb' }), false);
});

test('FORCE_COLOR decides against all others', () => {
  assert.is(hasColor(pipe, { FORCE_COLOR: '1' }), true);
  assert.is(hasColor(pipe, { FORCE_COLOR: '1', NO_COLOR: '1', TERM: 'dumb' }), true);
  assert.is(hasColor(terminal, { FORCE_COLOR: '0' }), false);
  assert.is(hasColor(pipe, { FORCE_COLOR: '' }), false);
});

test('a bar is drawn on a terminal that can move its cursor', () => {
  assert.is(canRedraw(terminal, { TERM: 'xterm', NO_COLOR: '1' }), true);
  assert.is(canRedraw(terminal, { TERM: 'dumb' }), false);
  assert.is(canRedraw(pipe, { TERM: 'xterm' }), false);
});

test('a document is as wide as its terminal, within what can be read', () => {
  const width = (columns?: number) => terminalOptions({ isTTY: true, ...(columns ? { columns } : {}) }, {}).width;
  assert.equal([width(20), width(40), width(77), width(250), width()], [40, 40, 77, 100, 100]);
});

test.run();
