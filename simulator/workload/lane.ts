// simulator/workload/lane.ts — One partition index's share of the plan: its events in time order, one at a time, in a consistent world.

import { elementAt } from '../../contract/assert.js';
import { Kind } from '../../contract/kind.js';
import { Arrivals } from './arrivals.js';
import { Field } from './article-table.js';
import type { Aimed, DirectedLane } from './director.js';
import { Directors } from './directors.js';
import { type Bursts, burstsOf, type Edges, edgesOf } from './edges.js';
import { type ArticleEvents, articleEventsOf, type Streams, worldOf } from './lane-start.js';
import { Mix } from './mix.js';
import { People } from './people.js';
import { clockErrorsMs, type GeneratedPlan, weightedShareOfLane } from './plan.js';
import { RandomStream } from './random.js';
import type { World } from './world.js';

/** Snowflakes hold this many events of one lane in one millisecond. */
const IDS_PER_MS = 4096;

/** `advance()` moves to the next event; the fields then describe it. Nothing is allocated on the way. */
export class Lane implements DirectedLane {
  readonly lane: number;
  readonly world: World;
  /** Events of this lane in all. */
  readonly events: number;
  kind: Kind = Kind.viewed;
  /** Event time by the clock of the lane's producer, ms. */
  timeMs = 0;
  /** How far that clock is ahead, ms. The event is sent so much earlier. */
  readonly clockErrorMs: number;
  /** 0, 1, 2, ... in this lane; grows with the event id, so it serves as the version of a count. */
  sequence = -1;
  /** Position among the lane's events of the same millisecond. */
  tick = 0;
  /** Index of the article in `world`. */
  article = 0;
  /** The absolute count that the event carries; 0 for article events. */
  count = 0;
  /** Which like or comment of its article this is: 0, 1, 2, ... */
  ordinal = 0;
  /** Index of the phase in the plan. */
  phase = 0;

  readonly viewsPerEvent: number;
  readonly #plan: GeneratedPlan;
  readonly #arrivals: Arrivals;
  readonly #kinds: RandomStream;
  readonly #choice: RandomStream;
  readonly #aims: RandomStream;
  readonly #directors: Directors;
  readonly #edges: Edges | undefined;
  readonly #bursts: Bursts | undefined;
  #dayEndMs: number;
  readonly #due: ArticleEvents;
  readonly #mix: Mix;
  readonly #people: People;
  #creations = 0;
  #updates = 0;
  #deletions = 0;

  constructor(plan: GeneratedPlan, lane: number) {
    const { scenario } = plan;
    const stream: Streams = (concern) => new RandomStream(scenario.seed, `lane ${lane} ${concern}`);
    const eventsOf = plan.phases.map((phase, i) => weightedShareOfLane(plan, phase.events, lane, i));
    this.lane = lane;
    this.clockErrorMs = elementAt(clockErrorsMs(scenario), lane);
    this.events = eventsOf.reduce((sum, events) => sum + events, 0);
    this.#plan = plan;
    this.viewsPerEvent = scenario.viewsPerEvent;
    this.#due = articleEventsOf(plan, lane, this.events);
    this.#arrivals = new Arrivals(plan.phases, eventsOf, stream('arrivals'));
    this.#kinds = stream('kinds');
    this.#choice = stream('choice');
    this.#aims = stream('aims');
    this.#directors = new Directors(plan);
    this.#edges = edgesOf(plan);
    this.#bursts = burstsOf(plan);
    this.#dayEndMs = plan.days[0]?.endMs ?? plan.endMs;
    this.#mix = new Mix(scenario.mix);
    this.#people = new People(scenario.users);
    this.world = worldOf(plan, lane, { inBurst: this.#bursts?.articles ?? 1, stream });
  }

  get weights(): GeneratedPlan['scenario']['rules']['weights'] {
    return this.#plan.scenario.rules.weights;
  }

  /** A number in (0, 1) for aims. */
  chance(): number {
    return this.#aims.unit();
  }

  /** @returns false when there are no more events */
  advance(): boolean {
    const time = this.#arrivals.next();
    if (time === undefined) return false;
    this.#setTime(this.#drawnToEdge(Math.floor(time) + this.clockErrorMs));
    if (this.timeMs >= this.#dayEndMs) this.#beginDay();
    this.sequence += 1;
    this.phase = this.#arrivals.phase;
    if (isDue(this.#creations, this.#due.creations, this) || this.#isInBurst || this.world.count === 0) this.#create();
    else if (this.#directors.take(this)) return true;
    else if (isDue(this.#deletions, this.#due.deletions, this)) this.#changeArticle(Kind.deleted);
    else if (isDue(this.#updates, this.#due.updates, this)) this.#changeArticle(Kind.updated);
    else this.#react();
    return true;
  }

  /** By position of the aim in the scenario, as far as the lane has been played. */
  get aimed(): Aimed[] {
    return this.#directors.aimed;
  }

  /**
   * Makes the current event this one, if the world allows it.
   * @returns false when it does not: nothing has changed
   */
  move(kind: Kind, article: number): boolean {
    const { table } = this.world;
    const { likes, unlikes, comments, commentsDeleted, views, isDeleted } = Field;
    switch (kind) {
      case Kind.viewed: {
        const count = table.get(article, views) + this.viewsPerEvent;
        table.set(article, views, count);
        return this.#set(kind, article, count, 0);
      }
      // The n-th like of an article is by its n-th user in an order of its own, so no user likes it twice.
      case Kind.liked:
        if (table.get(article, likes) >= this.#people.count) return false;
        return this.#step(kind, article, [likes, unlikes]);
      case Kind.unliked:
        if (table.get(article, unlikes) >= table.get(article, likes)) return false;
        return this.#step(kind, article, [unlikes, likes]);
      case Kind.commented:
        return this.#step(kind, article, [comments, commentsDeleted]);
      case Kind.commentDeleted:
        if (table.get(article, commentsDeleted) >= table.get(article, comments)) return false;
        return this.#step(kind, article, [commentsDeleted, comments]);
      case Kind.deleted:
        if (table.get(article, isDeleted) !== 0 || this.world.alive <= 1) return false;
        this.world.delete(article);
        return this.#set(kind, article, 0, 0);
      case Kind.updated:
        table.set(article, Field.edition, this.sequence + 1);
        return this.#set(kind, article, 0, 0);
      case Kind.created:
        return this.#set(kind, article, 0, 0);
    }
  }

  /** Adds one to the first field. The count that stands is the difference to its counterpart. */
  #step(kind: Kind, article: number, [moved, other]: readonly [Field, Field]): true {
    const { table } = this.world;
    const ordinal = table.get(article, moved);
    table.set(article, moved, ordinal + 1);
    return this.#set(kind, article, Math.abs(ordinal + 1 - table.get(article, other)), ordinal);
  }

  #beginDay(): void {
    this.world.older = this.world.count;
    this.#dayEndMs = this.#plan.days.find(({ endMs }) => endMs > this.timeMs)?.endMs ?? Number.POSITIVE_INFINITY;
  }

  /** An article of a burst has just been created, and more of the burst are to come. */
  get #isInBurst(): boolean {
    if (!this.#bursts) return false;
    const isBegun = this.kind === Kind.created && this.#creations % this.#bursts.articles !== 0;
    return isBegun && this.#creations < this.#due.creations;
  }

  #setTime(timeMs: number): void {
    // Articles of a burst share a millisecond, so their ids are neighbours.
    if (timeMs > this.timeMs && !this.#isInBurst) {
      this.timeMs = timeMs;
      this.tick = 0;
    } else if (this.tick + 1 < IDS_PER_MS) this.tick += 1;
    else {
      this.timeMs += 1;
      this.tick = 0;
    }
  }

  /** Moves an instant close to an edge to the last millisecond before it, or to the first after it. */
  #drawnToEdge(timeMs: number): number {
    if (!this.#edges) return timeMs;
    const { atMs, withinMs, aim } = this.#edges;
    const edge = atMs.find((at) => Math.abs(timeMs - at) < withinMs);
    if (edge === undefined) return timeMs;
    this.#directors.count(aim);
    return timeMs < edge ? edge - 1 : edge;
  }

  #create(): void {
    if (this.#bursts && this.#isInBurst) this.#directors.count(this.#bursts.aim);
    this.#creations += 1;
    this.move(Kind.created, this.world.create(this.timeMs));
  }

  #changeArticle(kind: typeof Kind.deleted | typeof Kind.updated): void {
    if (kind === Kind.deleted) this.#deletions += 1;
    else this.#updates += 1;
    const article = this.world.draw(this.#choice, this.timeMs);
    if (!this.move(kind, article)) this.#view(article);
  }

  /** Draws a view, like, unlike, comment or comment deletion. What its article cannot have becomes a view. */
  #react(): void {
    const article = this.world.draw(this.#choice, this.timeMs);
    const kind = this.#mix.kindOf(this.#kinds.unit());
    if (!this.move(kind, article)) this.#view(article);
  }

  #view(article: number): void {
    this.move(Kind.viewed, article);
  }

  #set(kind: Kind, article: number, count: number, ordinal: number): true {
    this.kind = kind;
    this.article = article;
    this.count = count;
    this.ordinal = ordinal;
    return true;
  }
}

/** `total` occurrences are spread evenly over the lane's events; the first article is created by the first event. */
function isDue(done: number, total: number, lane: Lane): boolean {
  return done < Math.ceil(((lane.sequence + 1) * total) / lane.events);
}
