// simulator/workload/lane.ts — One partition index's share of the plan: its events in time order, one at a time, in a consistent world.
import { Arrivals } from './arrivals.js';
import { People } from './people.js';
import { type Plan, shareOfLane } from './plan.js';
import { RandomStream } from './random.js';
import { World } from './world.js';

/** Positions in contract's EVENT_TYPES. */
export const Kind = {
  created: 0,
  updated: 1,
  deleted: 2,
  commented: 3,
  commentDeleted: 4,
  liked: 5,
  unliked: 6,
  viewed: 7,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

/** Position in contract's STREAMS, by kind. */
export const STREAM_OF_KIND = [0, 0, 0, 1, 1, 2, 2, 3] as const;

const DAY_MS = 86_400_000;
/** Snowflakes hold this many events of one lane in one millisecond. */
const IDS_PER_MS = 4096;

/** `advance()` moves to the next event; the fields then describe it. Nothing is allocated on the way. */
export class Lane {
  readonly lane: number;
  readonly world: World;
  /** Events of this lane in all. */
  readonly events: number;
  kind: Kind = Kind.viewed;
  /** Event time and intended send time, ms. */
  timeMs = 0;
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

  readonly #plan: Plan;
  readonly #arrivals: Arrivals;
  readonly #kinds: RandomStream;
  readonly #choice: RandomStream;
  readonly #due: { readonly creations: number; readonly updates: number; readonly deletions: number };
  readonly #mix: readonly number[];
  readonly #people: People;
  #creations = 0;
  #updates = 0;
  #deletions = 0;

  constructor(plan: Plan, lane: number) {
    const { scenario, lanes } = plan;
    const stream = (concern: string) => new RandomStream(scenario.seed, `lane ${lane} ${concern}`);
    const eventsOf = plan.phases.map((phase, i) => shareOfLane(phase.events, (lane + i) % lanes, lanes));
    const creations = shareOfLane(plan.articles, lane, lanes);
    this.lane = lane;
    this.events = eventsOf.reduce((sum, events) => sum + events, 0);
    this.#plan = plan;
    this.#due = {
      creations: Math.min(creations, this.events),
      updates: Math.round(creations * scenario.articles.updateRate),
      deletions: Math.round(creations * scenario.articles.deleteRate),
    };
    this.#arrivals = new Arrivals(plan.phases, eventsOf, stream('arrivals'));
    this.#kinds = stream('kinds');
    this.#choice = stream('choice');
    this.#mix = cumulative(scenario.mix);
    this.#people = new People(scenario.users);
    this.world = new World({
      lane,
      lanes,
      capacity: creations + shareOfLane(scenario.articles.older, lane, lanes) + 1,
      attention: {
        paretoShape: scenario.popularity.paretoShape,
        halfLifeHours: scenario.popularity.attentionHalfLifeHours,
        originMs: plan.startMs,
      },
      random: stream('attention'),
    });
    this.#createOlder(stream('older'));
  }

  /** @returns false when there are no more events */
  advance(): boolean {
    const time = this.#arrivals.next();
    if (time === undefined) return false;
    this.#setTime(Math.floor(time));
    this.sequence += 1;
    this.phase = this.#arrivals.phase;
    if (isDue(this.#creations, this.#due.creations, this) || this.world.count === 0) this.#create();
    else if (isDue(this.#deletions, this.#due.deletions, this)) this.#changeArticle(Kind.deleted);
    else if (isDue(this.#updates, this.#due.updates, this)) this.#changeArticle(Kind.updated);
    else this.#react();
    return true;
  }

  #setTime(timeMs: number): void {
    if (timeMs > this.timeMs) {
      this.timeMs = timeMs;
      this.tick = 0;
    } else if (this.tick + 1 < IDS_PER_MS) this.tick += 1;
    else {
      this.timeMs += 1;
      this.tick = 0;
    }
  }

  #create(): void {
    this.#creations += 1;
    this.#set(Kind.created, this.world.create(this.timeMs), 0, 0);
  }

  #changeArticle(kind: typeof Kind.deleted | typeof Kind.updated): void {
    if (kind === Kind.deleted) this.#deletions += 1;
    else this.#updates += 1;
    const article = this.world.draw(this.#choice);
    if (article === undefined) {
      this.#create();
      return;
    }
    if (kind === Kind.deleted) this.world.deleted[article] = 1;
    this.#set(kind, article, 0, 0);
  }

  /** A view, like, unlike, comment or comment deletion; what its article cannot have becomes a view. */
  #react(): void {
    const article = this.world.draw(this.#choice);
    if (article === undefined) this.#create();
    else this.#reactTo(article);
  }

  #reactTo(article: number): void {
    const wish = this.#kinds.unit();
    const [unlike = 0, like = 0, comment = 0, commentDelete = 0] = this.#mix;
    if (wish < unlike) this.#unlike(article);
    else if (wish < like) this.#like(article);
    else if (wish < comment) this.#comment(article);
    else if (wish < commentDelete) this.#deleteComment(article);
    else this.#view(article);
  }

  #view(article: number): void {
    const { views } = this.world;
    views[article] = (views[article] ?? 0) + this.#plan.scenario.viewsPerEvent;
    this.#set(Kind.viewed, article, views[article] ?? 0, 0);
  }

  /** The n-th like of an article is by its n-th user in an order of its own, so nobody likes it twice. */
  #like(article: number): void {
    const { likes, unlikes } = this.world;
    const ordinal = likes[article] ?? 0;
    if (ordinal >= this.#people.count) {
      this.#view(article);
      return;
    }
    likes[article] = ordinal + 1;
    this.#set(Kind.liked, article, ordinal + 1 - (unlikes[article] ?? 0), ordinal);
  }

  #unlike(article: number): void {
    const { likes, unlikes } = this.world;
    const ordinal = unlikes[article] ?? 0;
    if (ordinal >= (likes[article] ?? 0)) {
      this.#view(article);
      return;
    }
    unlikes[article] = ordinal + 1;
    this.#set(Kind.unliked, article, (likes[article] ?? 0) - ordinal - 1, ordinal);
  }

  #comment(article: number): void {
    const { comments, commentsDeleted } = this.world;
    const ordinal = comments[article] ?? 0;
    comments[article] = ordinal + 1;
    this.#set(Kind.commented, article, ordinal + 1 - (commentsDeleted[article] ?? 0), ordinal);
  }

  #deleteComment(article: number): void {
    const { comments, commentsDeleted } = this.world;
    const ordinal = commentsDeleted[article] ?? 0;
    if (ordinal >= (comments[article] ?? 0)) {
      this.#view(article);
      return;
    }
    commentsDeleted[article] = ordinal + 1;
    this.#set(Kind.commentDeleted, article, (comments[article] ?? 0) - ordinal - 1, ordinal);
  }

  #set(kind: Kind, article: number, count: number, ordinal: number): void {
    this.kind = kind;
    this.article = article;
    this.count = count;
    this.ordinal = ordinal;
  }

  /** A few articles stand for the whole day before the plan: together they draw as much attention as that day's would. */
  #createOlder(random: RandomStream): void {
    const { startMs, scenario, lanes } = this.#plan;
    const older = shareOfLane(scenario.articles.older, this.lane, lanes);
    const boost = scenario.articles.perDay / Math.max(1, scenario.articles.older);
    for (let i = 0; i < older; i += 1) {
      const at = startMs - DAY_MS + Math.floor(((i + random.unit()) * DAY_MS) / older);
      this.world.create(Math.min(at, startMs - 1), boost);
    }
  }
}

/** `total` occurrences are spread evenly over the lane's events; the first article is created by the first event. */
function isDue(done: number, total: number, lane: Lane): boolean {
  return done < Math.ceil(((lane.sequence + 1) * total) / lane.events);
}

/** Upper ends of unlike, like, comment and commentDelete on the unit line; the rest are views. */
function cumulative(mix: Plan['scenario']['mix']): number[] {
  const total = mix.view + mix.like + mix.unlike + mix.comment + mix.commentDelete;
  let sum = 0;
  return [mix.unlike, mix.like, mix.comment, mix.commentDelete].map((weight) => {
    sum += weight / total;
    return sum;
  });
}
