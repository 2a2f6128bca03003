// test/simulator/report/document.test.ts — Each medium is shown its part of a table.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { shownTable, type Table } from '../../../simulator/report/document.js';

const table: Table = {
  kind: 'table',
  caption: 'Latencies',
  columns: [{ name: 'What' }, { name: 'Mean', media: ['page'] }, { name: 'p99', media: ['page', 'terminal'] }],
  rows: [{ cells: ['sends', '3 ms', '9 ms'], tone: 'fail' }, { cells: ['reads', '1 ms', '2 ms'] }],
};

test('a column that a medium does not show goes with its cells, and a row keeps its tone', () => {
  const { columns, rows } = shownTable(table, 'terminal');
  assert.equal(
    columns.map(({ name }) => name),
    ['What', 'p99'],
  );
  assert.equal(rows, [{ cells: ['sends', '9 ms'], tone: 'fail' }, { cells: ['reads', '2 ms'] }]);
});

test('a column that says nothing of media is shown in all', () => {
  assert.equal(shownTable(table, 'page'), table);
  assert.equal(shownTable(table, 'summary').rows, [{ cells: ['sends'], tone: 'fail' }, { cells: ['reads'] }]);
});

test('a row with too few cells is a bug', () => {
  const broken: Table = { ...table, rows: [{ cells: ['sends'] }] };
  assert.throws(() => shownTable(broken, 'page'), /expected an element at 1 of 1/);
});

test.run();
