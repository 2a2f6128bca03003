// test/simulator/workload/local-time.test.ts — Date-times in payloads: both forms are the same instant.
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Calendar, parseLocal } from '../../../contract/calendar.js';
import { decodeEvent } from '../../../contract/codec.js';
import { DEFAULT_RULES } from '../../../contract/rules.js';
import { LocalTime, localTimeBytes } from '../../../simulator/workload/local-time.js';

const { zone } = DEFAULT_RULES;
const instant = fc.integer({ min: Date.parse('2024-01-02'), max: Date.parse('2034-01-01') });

function written(form: 'iso' | 'array', timeMs: number): string {
  const out = Buffer.alloc(64);
  const end = new LocalTime(new Calendar(DEFAULT_RULES), form).write(out, 0, timeMs);
  assert.is(end, localTimeBytes(form));
  return out.toString('utf8', 0, end);
}

test('both forms are JSON of the same local date-time', () => {
  fc.assert(
    fc.property(instant, (timeMs) => {
      assert.is(parseLocal(JSON.parse(written('iso', timeMs)), zone), timeMs);
      const [year, month, day, hour, minute, second, nanos] = JSON.parse(written('array', timeMs)) as number[];
      const two = (value = 0) => String(value).padStart(2, '0');
      const iso = `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
      assert.is((parseLocal(iso, zone) ?? 0) + (nanos ?? 0) / 1_000_000, timeMs);
    }),
  );
});

test('both forms are read as the same day', () => {
  fc.assert(
    fc.property(instant, (timeMs) => {
      const days = (['iso', 'array'] as const).map((form) => {
        const payload = `{"articleId":1,"title":"t","createdAt":${written(form, timeMs)}}`;
        const event = decodeEvent(Buffer.from(`{"eventId":1,"type":"ARTICLE_CREATED","payload":${payload}}`));
        return 'createdDay' in event ? event.createdDay : undefined;
      });
      assert.is(days[0], new Calendar(DEFAULT_RULES).at(timeMs).day);
      assert.is(days[1], days[0]);
    }),
  );
});

test.run();
