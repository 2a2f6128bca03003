// test/simulator/produce/account/read-model-truth.test.ts — The truth of the read models against the obvious fold of every record of a plan.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Calendar } from '../../../../contract/calendar.js';
import { decodeEvent } from '../../../../contract/codec.js';
import { compareIds } from '../../../../contract/ids.js';
import { Kind } from '../../../../contract/kind.js';
import type { LaneResult, SendEnd } from '../../../../simulator/history/lane-result.js';
import { checkReadModels } from '../../../../simulator/judge/checks/article-read.js';
import { ReadModelTruth } from '../../../../simulator/produce/account/read-model-truth.js';
import { contentPools, titleAt } from '../../../../simulator/workload/content.js';
import { Lane } from '../../../../simulator/workload/lane.js';
import { planOf } from '../../../../simulator/workload/plan.js';
import { RecordStream } from '../../../../simulator/workload/record-stream.js';
import { scenarioWith } from '../../../support/scenarios.js';

const scenario = scenarioWith({
  clock: { start: '2024-10-01T12:00:00' },
  articles: { perDay: 300, older: 30, updateRate: 0.5, deleteRate: 0.1 },
  delivery: { duplicates: { share: 0.1 }, late: { share: 0.1, byMinutes: 90 } },
});
const plan = planOf(scenario);
const pools = contentPools(scenario);

interface PlainModel {
  isCreated: boolean;
  isDeleted: boolean;
  title: string;
  titleVersion: string;
  readonly counts: Record<string, { version: string; count: number }>;
}

const models = new Map<string, PlainModel>();
let retitled = 0;

function fold(value: Buffer): void {
  const event = decodeEvent(value);
  const fresh: PlainModel = { isCreated: false, isDeleted: false, title: '', titleVersion: '0', counts: {} };
  const model = models.get(event.articleId) ?? fresh;
  models.set(event.articleId, model);
  if (event.type === 'ARTICLE_CREATED') model.isCreated = true;
  if (event.type === 'ARTICLE_DELETED') model.isDeleted = true;
  else if ('title' in event) {
    if (compareIds(event.eventId, model.titleVersion) < 0) return;
    if (model.title !== '' && model.title !== event.title) retitled += 1;
    Object.assign(model, { title: event.title, titleVersion: event.eventId });
  }
  if (!('count' in event)) return;
  const counter = /LIKE/.test(event.type) ? 'like' : /COMMENT/.test(event.type) ? 'comment' : 'view';
  const newest = model.counts[counter];
  if (!newest || compareIds(event.eventId, newest.version) > 0)
    model.counts[counter] = { version: event.eventId, count: event.count };
}

function play(index: number): LaneResult {
  const lane = new Lane(plan, index);
  const { world } = lane;
  const readModels = new ReadModelTruth(world.createdMs.length, new Calendar(scenario.rules));
  const records = new RecordStream(plan, lane, pools);
  while (records.advance()) {
    const { article, kind, count, version, timeMs, dueMs } = records;
    const times = { eventMs: timeMs, createdMs: world.createdMs[article] ?? 0, dueMs };
    readModels.settle('ok', { article, kind, count, version }, times);
    fold(records.value);
  }
  return { lane: index, ...records.articles(), truth: readModels.truth, readModels };
}

test('the newest update that was acknowledged stands, whichever send ends last', () => {
  const truth = new ReadModelTruth(2, new Calendar(scenario.rules));
  const times = { eventMs: 0, createdMs: 0, dueMs: 0 };
  const update = (version: number, sent: SendEnd) =>
    truth.settle(sent, { kind: Kind.updated, article: 1, count: 0, version }, times);
  update(7, 'ok');
  update(5, 'ok');
  update(8, 'info');
  update(9, 'fail');
  assert.equal([...truth.editions], [0, 7]);
  assert.equal(truth.maybeEditions, [{ article: 1, edition: 8 }]);
});

test('every article of a plan has the title, the counts and the state that its records say', () => {
  const lanes = Array.from({ length: plan.lanes }, (_, index) => play(index));
  const shown = [...models].filter(([, { isCreated }]) => isCreated);
  const count = (counter: string) => Uint32Array.from(shown, ([, { counts }]) => counts[counter]?.count ?? 0);
  const table = {
    rows: shown.length,
    ids: BigUint64Array.from(shown, ([articleId]) => BigInt(articleId)),
    like: count('like'),
    comment: count('comment'),
    view: count('view'),
    deleted: Uint8Array.from(shown, ([, { isDeleted }]) => (isDeleted ? 1 : 0)),
    titles: shown.map(([, { title }]) => title),
  };
  const titles = pools.titles.map((escaped) => JSON.parse(`"${escaped}"`) as string);
  const titleOf = (lane: number, article: number, edition: number) =>
    titles[titleAt(titles.length, { lane, article, edition })] ?? '';
  const result = checkReadModels({ finalLag: 0, exits: [], models: table }, lanes, titleOf);
  assert.equal(result.findings, []);
  assert.is(result.outcome, 'pass');
  assert.ok(shown.length > 250 && retitled > 100, `${shown.length} articles, ${retitled} new titles`);
});

test.run();
