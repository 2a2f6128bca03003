// simulator/workload/record-stream.ts — A lane's events as records, in the order in which they are sent: in time, late, twice, or beside garbage.
import { elementAt } from '../../contract/assert.js';
import { STREAMS } from '../../contract/events.js';
import { snowflake } from '../../contract/ids.js';
import { STREAM_OF_KIND } from '../../contract/kind.js';
import { partitionOf } from '../../contract/partition.js';
import type { DeliveryPlan } from '../scenario/schema.js';
import type { ContentPools } from './content.js';
import type { Aimed } from './director.js';
import { EventEncoder } from './encode.js';
import { HeldRecords } from './held-records.js';
import type { Lane } from './lane.js';
import { keptCopy, LaneRecord } from './lane-record.js';
import { People } from './people.js';
import type { GeneratedPlan } from './plan.js';
import { type LaneArticles, type PlannedLane, POISON } from './planned-lane.js';
import { poisonValue } from './poison.js';
import { RandomStream } from './random.js';

const SHARDS = 4;
const ARTICLE_STREAM = 0;

export class RecordStream extends LaneRecord implements PlannedLane {
  readonly #lane: Lane;
  readonly #encoder: EventEncoder;
  readonly #plan: GeneratedPlan;
  readonly #delivery: DeliveryPlan;
  readonly #skewMs: readonly number[];
  readonly #random: RandomStream;
  readonly #people: People;
  readonly #held = new HeldRecords();
  #hasEvent = false;
  #poisoned = 0;

  constructor(plan: GeneratedPlan, lane: Lane, pools: ContentPools) {
    super();
    const { delivery, seed } = plan.scenario;
    this.#plan = plan;
    this.#lane = lane;
    // Not shared: another lane's next event would overwrite the record that waits here to be sent.
    this.#encoder = new EventEncoder(plan, pools);
    this.#delivery = delivery;
    this.#skewMs = STREAMS.map((stream) => (delivery.skewSeconds?.[stream] ?? 0) * 1000);
    this.#random = new RandomStream(seed, `lane ${lane.lane} delivery`);
    this.#people = new People(plan.scenario.users);
  }

  get lane(): number {
    return this.#lane.lane;
  }

  get capacity(): number {
    return this.#lane.world.createdMs.length;
  }

  createdMs(article: number): number {
    return this.#lane.world.createdMs[article] ?? 0;
  }

  writerOf(article: number, ordinal: number): number {
    return this.#people.commenter(this.lane, article, ordinal);
  }

  get aimed(): readonly Aimed[] {
    return this.#lane.aimed;
  }

  /** The articles that exist so far. */
  articles(): LaneArticles {
    const { count, createdMs, idLow } = this.#lane.world;
    const ids = BigUint64Array.from({ length: count }, (_, i) =>
      snowflake(elementAt(createdMs, i), elementAt(idLow, i)),
    );
    return { articles: count, createdMs, ids };
  }

  advance(): boolean {
    for (;;) {
      this.#hasEvent ||= this.#lane.advance();
      const held = this.#held.peek();
      if (held && (!this.#hasEvent || held.dueMs <= this.#lane.timeMs - this.#lane.clockErrorMs)) {
        this.#held.take();
        this.take(held);
        return true;
      }
      if (!this.#hasEvent) return false;
      this.#hasEvent = false;
      this.#encode();
      if (this.#sendsNow()) return true;
    }
  }

  #encode(): void {
    const lane = this.#lane;
    this.timeMs = lane.timeMs;
    this.dueMs = lane.timeMs - lane.clockErrorMs;
    this.stream = STREAM_OF_KIND[lane.kind];
    this.kind = lane.kind;
    this.article = lane.article;
    this.count = lane.count;
    this.version = lane.sequence + 1;
    this.ordinal = lane.ordinal;
    this.value = this.#encoder.value(lane);
    this.#address();
  }

  /** Sets key and partition. */
  #address(): void {
    const { lanes, scenario } = this.#plan;
    const lane = this.#lane;
    this.key = this.#encoder.key(lane);
    this.partition = lane.lane;
    switch (scenario.partitioning) {
      case 'articleId':
        break;
      case 'round-robin':
        this.partition = (lane.sequence + lane.lane) % lanes;
        break;
      case 'explicit':
        this.partition = (lane.article + lane.lane) % lanes;
        break;
      case 'shard4': {
        // As public producers do: the board for article events, the article for all others, each modulo four.
        const lastDigits = Number(this.key.toString('latin1', Math.max(0, this.key.length - 2)));
        const shard = this.stream === ARTICLE_STREAM ? (lane.lane + 1) % SHARDS : lastDigits % SHARDS;
        this.key = Buffer.from(String(shard));
        this.partition = partitionOf(this.key, lanes);
      }
    }
  }

  /** Holds back what is to be sent later. @returns false when that is the event itself */
  #sendsNow(): boolean {
    const { duplicates, resend, late, poisonShare } = this.#delivery;
    if (poisonShare > 0 && this.#random.unit() < poisonShare) this.#holdPoison();
    if (duplicates && this.#random.unit() < duplicates.share) this.#hold(duplicates.delaySeconds * 1000);
    if (resend) {
      const sinceStart = this.dueMs - this.#plan.startMs;
      if (sinceStart % (resend.everyMinutes * 60_000) < resend.sliceSeconds * 1000)
        this.#hold(resend.delaySeconds * 1000);
    }
    let delayMs = this.#skewMs[this.stream] ?? 0;
    if (late && this.#random.unit() < late.share) delayMs += Math.round(this.#random.unit() * late.byMinutes * 60_000);
    if (delayMs === 0) return true;
    this.#hold(delayMs);
    return false;
  }

  #hold(delayMs: number): void {
    const held = keptCopy(this);
    held.dueMs += delayMs;
    this.#held.add(held);
  }

  #holdPoison(): void {
    const held = keptCopy(this);
    held.kind = POISON;
    held.value = poisonValue(this.#poisoned, this.value);
    this.#held.add(held);
    this.#poisoned += 1;
  }
}
