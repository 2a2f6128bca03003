// test/simulator/sut/json-lines.test.ts — Whatever a consumer answers, a run goes on.
import { Readable } from 'node:stream';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { z } from 'zod';
import { readModelColumns } from '../../../simulator/observe/read-models.js';
import { articleColumns } from '../../../simulator/sut/consumer-channel.js';
import { AnswerError, answerOf, jsonLines } from '../../../simulator/sut/json-lines.js';

const { signal } = new AbortController();
const schema = z.object({ n: z.number() });

async function all(body: Readable): Promise<number[]> {
  const found: number[] = [];
  for await (const { n } of jsonLines(body, schema)) found.push(n);
  return found;
}

function breakingOff(): Readable {
  return new Readable({
    read() {
      this.push('{"n":1}\n');
      this.destroy(new Error('terminated'));
    },
  });
}

test('lines become values, whatever chunks they come in', async () => {
  assert.equal(await all(Readable.from(['{"n":1}\n{"n"', ':2}\n', '\n{"n":3}'])), [1, 2, 3]);
});

test('a page, garbage, and an answer that breaks off are an error of the answer', async () => {
  for (const body of [Readable.from(['<!doctype html>']), Readable.from(['{"n":"one"}\n']), breakingOff()]) {
    assert.instance(await all(body).catch((error: unknown) => error), AnswerError);
  }
});

test('an answer that cannot be used is as good as none', async () => {
  const page = () => new Response('<!doctype html><title>Not found</title>');
  const state = (articleId: string) =>
    new Response(`{"articleId":"${articleId}","like":1,"comment":0,"view":0,"score":3}`);
  assert.is(await answerOf(page(), articleColumns, signal), undefined);
  assert.is(await answerOf(state('abc'), articleColumns, signal), undefined);
  assert.is((await answerOf(state('7'), articleColumns, signal))?.rows, 1);
  assert.is(await answerOf(page(), readModelColumns, signal), undefined);
  assert.is(await answerOf(new Response('', { status: 404 }), articleColumns, signal), undefined);
});

test('whoever ends the run meanwhile is told', async () => {
  const stop = new AbortController();
  stop.abort(new Error('stopped'));
  const answer = answerOf(new Response('garbage'), articleColumns, stop.signal);
  assert.match(String(await answer.catch((error: unknown) => error)), 'stopped');
});

test.run();
