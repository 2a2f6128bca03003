// simulator/workload/world.ts — One lane's articles: who they are, how much attention they draw, and what has happened to them.
import { murmur2 } from '../../contract/partition.js';
import { ArticleTable, Field } from './article-table.js';
import { AttentionSums } from './attention-sums.js';
import { exp, ln } from './exact-math.js';
import type { RandomStream } from './random.js';
import { writeSnowflake } from './snowflake.js';

const NODE = 4096;
/** Articles and events come from different id generators: their node numbers differ. */
const ARTICLE_NODE = 512;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const TRIES = 64;
const MAX_DIGITS = 20;

export interface Attention {
  readonly model: 'pareto' | 'zipf' | 'uniform';
  readonly paretoShape: number;
  readonly zipfExponent: number;
  readonly attentionHalfLifeHours: number;
  /** Share of the draws that goes to articles of earlier days; without it their attention decides. */
  readonly olderShare?: number | undefined;
  /** Articles older than this draw nothing. */
  readonly lifetimeHours?: number | undefined;
  /** Ages count from here; any instant near the plan will do. */
  readonly originMs: number;
}

/** Typed arrays by article index, in order of creation; about 85 bytes an article. */
export class World {
  readonly lane: number;
  readonly lanes: number;
  readonly createdMs: Float64Array;
  readonly idLow: Uint32Array;
  /** The first likes are taken back first. */
  readonly table: ArticleTable;
  count = 0;
  /** Articles of earlier days than the one that is played; they come first. */
  older = 0;
  lastDeleted: number | undefined;
  /** Articles that are not deleted. */
  alive = 0;
  readonly #sums: AttentionSums;
  readonly #attention: Attention;
  readonly #random: RandomStream;
  readonly #key = Buffer.alloc(MAX_DIGITS);
  /** Articles that are too old to draw anything; they come first. */
  #expired = 0;

  constructor(options: { lane: number; lanes: number; capacity: number; attention: Attention; random: RandomStream }) {
    this.lane = options.lane;
    this.lanes = options.lanes;
    this.#attention = options.attention;
    this.#random = options.random;
    this.createdMs = new Float64Array(options.capacity);
    this.idLow = new Uint32Array(options.capacity);
    this.table = new ArticleTable(options.capacity);
    this.#sums = new AttentionSums(options.capacity);
  }

  /**
   * Attention is Pareto-distributed over articles and halves every half-life. All of it fades alike, so an article's
   * share is fixed at its creation (forward decay: Cormode et al., ICDE 2009), and sums only grow at the end.
   * @param boost multiplies the article's attention
   * @returns the article's index
   */
  create(timeMs: number, boost = 1): number {
    const index = this.count;
    const { attentionHalfLifeHours, originMs } = this.#attention;
    const age = (timeMs - originMs) / HOUR_MS / attentionHalfLifeHours;
    this.#sums.append(exp(this.#lnAttraction() + age * Math.LN2) * boost);
    this.createdMs[index] = timeMs;
    this.idLow[index] = this.#freeId(timeMs, index);
    this.count = index + 1;
    this.alive += 1;
    return index;
  }

  delete(article: number): void {
    this.table.set(article, Field.isDeleted, 1);
    this.lastDeleted = article;
    this.alive -= 1;
  }

  /** Ranked by attraction, Pareto(shape) draws follow Zipf's law with exponent 1 / shape (M. Newman, Power laws, 2005). */
  #lnAttraction(): number {
    const { model, paretoShape, zipfExponent } = this.#attention;
    // Drawn in any case, so that the models differ in nothing else.
    const exponential = -ln(this.#random.unit());
    if (model === 'uniform') return 0;
    return model === 'zipf' ? exponential * zipfExponent : exponential / paretoShape;
  }

  /** An article that is not deleted, drawn by attention at an instant of event time. At least one must be left. */
  draw(random: RandomStream, timeMs: number): number {
    const { olderShare } = this.#attention;
    const all = this.#sums.at(this.count - 1);
    const ofOlder = this.#sums.at(this.older - 1);
    const ofExpired = this.#sumOfExpired(timeMs);
    const isSplit = olderShare !== undefined && ofExpired < ofOlder && this.count > this.older;
    // Drawn once, not for each try; otherwise the share would change with every deletion.
    const isNew = isSplit && random.unit() >= olderShare;
    const from = isNew ? ofOlder : ofExpired;
    const to = isSplit && !isNew ? ofOlder : all;
    for (let i = 0; i < TRIES; i += 1) {
      const article = this.#sums.find(from + random.unit() * (to - from));
      if (this.table.get(article, Field.isDeleted) === 0) return article;
    }
    // Nearly all attention is on deleted articles, so the newest that is left will do.
    let article = this.count - 1;
    while (article > 0 && this.table.get(article, Field.isDeleted) !== 0) article -= 1;
    return article;
  }

  /** The newest article is never too old: something must be left to draw. */
  #sumOfExpired(timeMs: number): number {
    const { lifetimeHours } = this.#attention;
    if (lifetimeHours === undefined) return 0;
    const bornMs = timeMs - lifetimeHours * HOUR_MS;
    while (this.#expired < this.count - 1 && (this.createdMs[this.#expired] ?? 0) < bornMs) this.#expired += 1;
    return this.#sums.at(this.#expired - 1);
  }

  /** The next id of this millisecond whose key Kafka's own partitioner puts into this lane's partition. */
  #freeId(timeMs: number, index: number): number {
    const node = (ARTICLE_NODE + this.lane) * NODE;
    const before = index > 0 && this.createdMs[index - 1] === timeMs ? (this.idLow[index - 1] ?? 0) + 1 : node;
    for (let low = before; low < node + NODE; low += 1) {
      const end = writeSnowflake(this.#key, 0, timeMs, low);
      if ((murmur2(this.#key, end) & 0x7fffffff) % this.lanes !== this.lane) continue;
      this.table.setId(index, this.#key, end);
      return low;
    }
    throw new Error(
      `lane ${this.lane}: more articles in one millisecond than ids; spread the load over more event time`,
    );
  }
}

/** A few articles stand for the whole day before the plan. Together they draw as much attention as that day's would. */
export function populate(
  world: World,
  options: { readonly older: number; readonly boost: number; readonly beforeMs: number; readonly random: RandomStream },
): void {
  const { older, boost, beforeMs, random } = options;
  for (let i = 0; i < older; i += 1) {
    const at = beforeMs - DAY_MS + Math.floor(((i + random.unit()) * DAY_MS) / older);
    world.create(Math.min(at, beforeMs - 1), boost);
  }
  world.older = older;
}
