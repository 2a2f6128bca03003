// test/simulator/judge/log/log-oracle.test.ts — The fold of the log agrees with the plan's oracle, with the obvious fold, and with itself in any order.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Calendar } from '../../../../contract/calendar.js';
import type { LogEvent } from '../../../../simulator/history/log-event.js';
import { disagreements } from '../../../../simulator/judge/log/disagreements.js';
import { lanesByLog } from '../../../../simulator/judge/log/lanes-by-log.js';
import { LogOracle } from '../../../../simulator/judge/log/log-oracle.js';
import { EXACT } from '../../../../simulator/judge/naming/traits.js';
import { VariantFold } from '../../../../simulator/judge/naming/variant-fold.js';
import { Oracle } from '../../../../simulator/judge/oracle/oracle.js';
import { planOf } from '../../../../simulator/workload/plan.js';
import { scenarioWith } from '../../../support/scenarios.js';
import { arrivalOn } from '../naming/hand-fold.js';
import { plannedLanes, plannedLog } from '../planned-log.js';

const { rules } = scenarioWith();

function folded(log: readonly LogEvent[]): LogOracle {
  const oracle = new LogOracle(rules);
  for (const one of log) oracle.add(one);
  return oracle;
}

const stateOf = (oracle: LogOracle) =>
  Array.from({ length: oracle.articles }, (_, i) => ({ id: oracle.idAt(i), ...oracle.at(i) })).sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );

const workloads = {
  'a plain day': {},
  'two days with deletions after publication': {
    arrivals: [{ name: 'days', shape: 'constant', durationHours: 40, events: 6000 }],
    articles: { perDay: 300, older: 30, deleteRate: 0.4 },
    aim: [{ kind: 'resurrection' }],
  },
  'clocks that are ahead and behind, over midnight and the publication': {
    clock: { start: '2024-10-01T22:00:00' },
    arrivals: [{ name: 'night', shape: 'constant', durationHours: 4, events: 6000 }],
    articles: { perDay: 1000, older: 30, deleteRate: 0.5 },
    delivery: {
      wrongClocks: [
        { lane: 0, seconds: 3000 },
        { lane: 1, seconds: -3000 },
      ],
    },
  },
  'creations late, repeats, and late events over midnight': {
    clock: { start: '2024-10-01T18:00:00' },
    arrivals: [{ name: 'night', shape: 'constant', durationHours: 9, events: 6000 }],
    delivery: {
      skewSeconds: { article: 900 },
      duplicates: { share: 0.1, delaySeconds: 60 },
      late: { share: 0.3, byMinutes: 120 },
    },
  },
};

for (const [name, fields] of Object.entries(workloads)) {
  test(`both oracles agree: ${name}`, () => {
    const scenario = scenarioWith(fields);
    const lanes = plannedLanes(scenario);
    const oracle = folded(plannedLog(scenario));
    assert.equal(disagreements(lanes, oracle), []);
    const [byPlan, byLog] = [lanes, lanesByLog(lanes, oracle)].map((one) => new Oracle(scenario.rules, one));
    for (const day of planOf(scenario).days) {
      assert.equal([...(byLog?.articlesOf(day) ?? [])], [...(byPlan?.articlesOf(day) ?? [])]);
      assert.ok((byLog?.expectedList(day).length ?? 0) > 0);
    }
  });

  test(`the lists of a part of the log are those of the fold by the rules, and so are the scores: ${name}`, () => {
    const scenario = scenarioWith({ ...fields, rules: { weights: { commenter: 2 } } });
    const options = { rules: scenario.rules, calendar: new Calendar(scenario.rules), viewsPerEvent: 1 };
    const [fold, oracle] = [new VariantFold(EXACT, options), new LogOracle(scenario.rules)];
    const days = planOf(scenario).days.map(({ day }) => day);
    for (const [index, { timeMs, ...rest }] of plannedLog(scenario).entries()) {
      // As it stood at its own time: by when a record was late, both may differ.
      const log = { ...rest, timeMs, dueMs: timeMs };
      const { day } = options.calendar.at(timeMs);
      oracle.add(log);
      fold.add(arrivalOn(day, log));
      if (index % 500 !== 0) continue;
      for (const one of days) {
        const list = fold.list(one);
        assert.equal(oracle.list(one), list);
        for (const { articleId, score } of list) assert.is(oracle.scoreOf(articleId, one), score);
      }
    }
  });

  test(`a count that is not in the log is a disagreement: ${name}`, () => {
    const scenario = scenarioWith(fields);
    const log = plannedLog(scenario).filter(({ event }) => event?.type !== 'ARTICLE_LIKED');
    const [first] = disagreements(plannedLanes(scenario), folded(log));
    assert.match(first?.message ?? '', /has \d+ likes by the log, and \d+ to \d+ by the plan/);
  });
}

test('a creation or a deletion that is not in the log is a disagreement', () => {
  const scenario = scenarioWith({ articles: { perDay: 300, older: 30, deleteRate: 0.4 } });
  const [lanes, log] = [plannedLanes(scenario), plannedLog(scenario)];
  for (const [type, state] of [
    ['ARTICLE_CREATED', 'created'],
    ['ARTICLE_DELETED', 'deleted'],
  ]) {
    const found = disagreements(lanes, folded(log.filter(({ event }) => event?.type !== type)));
    assert.match(found[0]?.message ?? '', `was not ${state} by the log, and was by the plan`);
  }
});

test('an article whose creation ended unknown may be missing from the log, and its counts with it', () => {
  const lanes = plannedLanes(scenarioWith());
  const [first] = plannedLog(scenarioWith()).flatMap(({ event }) => (event?.type === 'ARTICLE_CREATED' ? [event] : []));
  const log = folded(plannedLog(scenarioWith()).filter(({ event }) => event?.eventId !== first?.eventId));
  assert.ok(disagreements(lanes, log).length > 0);
  const MAY = 1;
  const unsure = lanes.map(({ truth, ...lane }) => {
    const created = truth.created.slice();
    const index = [...lane.ids].map(String).indexOf(first?.articleId ?? '');
    if (index >= 0) created[index] = MAY;
    const { deleted, withdrawn, counts, versions, maybes } = truth;
    return { ...lane, truth: { created, deleted, withdrawn, counts, versions, maybes } };
  });
  assert.equal(disagreements(unsure, log), []);
});

test('order and repeats change nothing', () => {
  const log = plannedLog(scenarioWith({ delivery: { late: { share: 0.2, byMinutes: 30 } } })).slice(0, 400);
  const expected = stateOf(folded(log));
  const shuffled = fc.shuffledSubarray([...log, ...log.slice(0, 100)], { minLength: 500, maxLength: 500 });
  fc.assert(
    fc.property(shuffled, (other) => {
      assert.equal(stateOf(folded(other)), expected);
    }),
    { numRuns: 30 },
  );
});

test.run();
