// test/simulator/judge/log/log-oracle-memory.test.ts — What the fold of the log takes of memory, which a run of millions of articles rests on.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ArticleCells } from '../../../../simulator/judge/log/article-cells.js';
import { LogOracle } from '../../../../simulator/judge/log/log-oracle.js';
import { IdTable } from '../../../../simulator/judge/oracle/id-table.js';
import { scenarioWith } from '../../../support/scenarios.js';

const { rules } = scenarioWith();

test('what it takes is the sum of its columns', () => {
  const columns = new ArticleCells(1000).bytes + new IdTable(1000).bytes + 1000 * (1 + 2);
  assert.is(new LogOracle(rules, 1000).bytes, columns);
});

test('an article takes at most 64 bytes, also where more come than were expected', () => {
  for (const articles of [25_000, 50_000]) {
    for (const expected of [0, articles - 1]) {
      const oracle = new LogOracle(rules, expected);
      const times = { timeMs: 1_727_700_000_000, dueMs: 1_727_700_000_000 };
      for (let article = 1; article <= articles; article += 1) {
        const ids = { eventId: String(article), articleId: String(article) };
        const event = { ...ids, type: 'ARTICLE_CREATED' as const, createdDay: '20241001', title: 'a' };
        oracle.add({ stream: 0, partition: 0, offset: article, ...times, event });
      }
      assert.is(oracle.articles, articles);
      assert.ok(oracle.bytes <= 64 * articles, `${oracle.bytes / articles} bytes of ${articles}, ${expected} expected`);
    }
  }
});

test.run();
