// test/simulator/judge/naming/buggy-consumers.ts — Rankings with one bug each, written in the most naive way and apart from the judge's variants.
import type { HotEvent } from '../../../../contract/events.js';
import type { Ranked } from '../../../../contract/rules.js';
import type { LogEvent } from '../../../../simulator/history/log-event.js';

export type Lists = Map<string, Ranked[]>;
export type Consumer = (log: readonly LogEvent[]) => Lists;

interface Article {
  id: string;
  day?: string;
  like: number;
  comment: number;
  view: number;
  isDeleted: boolean;
}
type Board = Map<string, Article>;

const NAMES = {
  ARTICLE_LIKED: 'like',
  ARTICLE_UNLIKED: 'like',
  COMMENT_CREATED: 'comment',
  COMMENT_DELETED: 'comment',
};
export const counterOf = (event: HotEvent) => (NAMES as Record<string, 'like' | 'comment'>)[event.type] ?? 'view';
export const hasCount = (event: HotEvent): event is HotEvent & { readonly count: number } => 'count' in event;

export const dateIn = (zone: string) => {
  const format = new Intl.DateTimeFormat('sv', { timeZone: zone });
  const known = new Map<number, string>();
  return (timeMs: number): string => {
    const minute = Math.floor(timeMs / 60_000);
    const date = known.get(minute) ?? format.format(minute * 60_000).replaceAll('-', '');
    known.set(minute, date);
    return date;
  };
};
export const seoul = dateIn('Asia/Seoul');
const utc = dateIn('UTC');

export const scoreOf = ({ like, comment, view }: Article) => 3 * like + 2 * comment + view;
const newestFirst = (a: Ranked, b: Ranked) => b.score - a.score || (BigInt(b.articleId) > BigInt(a.articleId) ? 1 : -1);

function articleOf(board: Board, id: string): Article {
  const article = board.get(id) ?? { id, like: 0, comment: 0, view: 0, isDeleted: false };
  board.set(id, article);
  return article;
}

export interface Showing {
  readonly rows?: number;
  readonly order?: (a: Ranked, b: Ranked) => number;
  readonly score?: (article: Article) => number;
}

export function listsOf(board: Board, { rows = 10, order = newestFirst, score = scoreOf }: Showing = {}): Lists {
  const lists: Lists = new Map();
  for (const article of board.values()) {
    if (article.day === undefined || article.isDeleted || score(article) === 0) continue;
    lists.set(article.day, [...(lists.get(article.day) ?? []), { articleId: article.id, score: score(article) }]);
  }
  for (const [day, list] of lists) lists.set(day, list.sort(order).slice(0, rows));
  return lists;
}

interface Reading {
  readonly dayOf?: (one: LogEvent) => string;
  readonly createdDayOf?: (one: LogEvent) => string | undefined;
  readonly newer?: (a: string, b: string) => number;
}

const createdDay = ({ event }: LogEvent) => (event && 'createdDay' in event ? event.createdDay : undefined);
export const byInteger = (a: string, b: string) => (BigInt(a) < BigInt(b) ? -1 : BigInt(a) > BigInt(b) ? 1 : 0);

/** Creations first, then every count of the article's day in the order of versions, then deletions. */
export function board(log: readonly LogEvent[], reading: Reading = {}): Board {
  const { dayOf = (one) => seoul(one.timeMs), createdDayOf = createdDay, newer = byInteger } = reading;
  const articles: Board = new Map();
  for (const one of log)
    if (one.event?.type === 'ARTICLE_CREATED') articleOf(articles, one.event.articleId).day = createdDayOf(one) ?? '';
  const counts = log.filter((one) => one.event && hasCount(one.event));
  for (const one of counts.sort((a, b) => newer(a.event?.eventId ?? '', b.event?.eventId ?? ''))) {
    const { event } = one;
    if (!event || !hasCount(event)) continue;
    const article = articleOf(articles, event.articleId);
    if (dayOf(one) === article.day) article[counterOf(event)] = event.count;
  }
  for (const { event } of log)
    if (event?.type === 'ARTICLE_DELETED') articleOf(articles, event.articleId).isDeleted = true;
  return articles;
}

export const right: Consumer = (log) => listsOf(board(log));

export const without =
  (...types: string[]): Consumer =>
  (log) =>
    right(log.filter(({ event }) => !event || !types.includes(event.type)));

export const showing =
  (shown: Showing): Consumer =>
  (log) =>
    listsOf(board(log), shown);

export const dropsOrphans: Consumer = (log) => {
  const known = new Set<string>();
  return right(
    log.filter(({ event }) => {
      if (event?.type === 'ARTICLE_CREATED') known.add(event.articleId);
      return event !== undefined && (!hasCount(event) || known.has(event.articleId));
    }),
  );
};

export const lastArrivalWins: Consumer = (log) => listsOf(board(log, { newer: () => 0 }));

/** What was seen before is put after everything that came before it; all else is in the order of versions. */
export const repeatsOverwrite: Consumer = (log) => {
  const seen = new Set<string>();
  const standing = new Map<string, string>();
  const articles = board(log.filter(({ event }) => !event || !hasCount(event)));
  for (const one of log) {
    const { event } = one;
    if (!event || !hasCount(event) || articles.get(event.articleId)?.day !== seoul(one.timeMs)) continue;
    const key = `${event.articleId} ${counterOf(event)}`;
    const isRepeat = seen.has(event.eventId);
    seen.add(event.eventId);
    if (!isRepeat && byInteger(event.eventId, standing.get(key) ?? '0') <= 0) continue;
    standing.set(key, event.eventId);
    articleOf(articles, event.articleId)[counterOf(event)] = event.count;
  }
  return listsOf(articles);
};

export const deletionIsUndone: Consumer = (log) => {
  const articles = board(log);
  for (const { event } of log) {
    if (event?.type === 'ARTICLE_DELETED') articleOf(articles, event.articleId).isDeleted = true;
    else if (event && hasCount(event)) articleOf(articles, event.articleId).isDeleted = false;
  }
  return listsOf(articles);
};

export const countsDeliveries: Consumer = (log) => {
  const articles = board(log.filter(({ event }) => !event || !hasCount(event)));
  for (const one of log) {
    const { event } = one;
    const article = event && articles.get(event.articleId);
    if (!event || !hasCount(event) || article?.day !== seoul(one.timeMs)) continue;
    const isLess = event.type === 'ARTICLE_UNLIKED' || event.type === 'COMMENT_DELETED';
    article[counterOf(event)] = Math.max(0, article[counterOf(event)] + (isLess ? -1 : 1));
  }
  return listsOf(articles);
};

export const dayOfProcessing: Consumer = (log) => listsOf(board(log, { dayOf: (one) => seoul(one.dueMs) }));
export const dayInUtc: Consumer = (log) =>
  listsOf(board(log, { dayOf: (one) => utc(one.timeMs), createdDayOf: (one) => utc(one.timeMs) }));
export const dayIn =
  (zone: string): Consumer =>
  (log) => {
    const date = dateIn(zone);
    return listsOf(board(log, { dayOf: (one) => date(one.timeMs), createdDayOf: (one) => date(one.timeMs) }));
  };
export const dayOfEventsInUtc: Consumer = (log) => listsOf(board(log, { dayOf: (one) => utc(one.timeMs) }));

export const countsAfterTheClose: Consumer = (log) => {
  const created = new Map(log.map((one) => [one.event?.articleId, createdDay(one)] as const).filter(([, day]) => day));
  return listsOf(board(log, { dayOf: (one) => created.get(one.event?.articleId) ?? '' }));
};

export const versionsAsText: Consumer = (log) => listsOf(board(log, { newer: (a, b) => (a < b ? -1 : a > b ? 1 : 0) }));

export const idsAsDoubles =
  (text: (id: number) => string): Consumer =>
  (log) =>
    right(
      log.map((one) => ({
        ...one,
        event: one.event && { ...one.event, articleId: text(Number(one.event.articleId)) },
      })),
    );

/** A plain array, sorted and cut after every event. */
export const trimmed =
  (cut: (list: Ranked[]) => Ranked[]): Consumer =>
  (log) => {
    const lists: Lists = new Map();
    const articles: Board = new Map();
    const versions = new Map<string, string>();
    for (const one of log) {
      const { event } = one;
      if (!event || event.type === 'ARTICLE_UPDATED') continue;
      const article = articleOf(articles, event.articleId);
      if (event.type === 'ARTICLE_CREATED') article.day = event.createdDay;
      if (event.type === 'ARTICLE_DELETED') article.isDeleted = true;
      if (hasCount(event)) {
        if (seoul(one.timeMs) !== article.day) continue;
        const key = `${event.articleId} ${counterOf(event)}`;
        if (byInteger(event.eventId, versions.get(key) ?? '0') > 0) article[counterOf(event)] = event.count;
        versions.set(key, event.eventId);
      }
      if (article.day === undefined) continue;
      const others = (lists.get(article.day) ?? []).filter(({ articleId }) => articleId !== article.id);
      const own =
        article.isDeleted || scoreOf(article) === 0 ? [] : [{ articleId: article.id, score: scoreOf(article) }];
      lists.set(article.day, cut([...others, ...own].sort(newestFirst)));
    }
    return lists;
  };

/** One counter of views for all; a score is written when its article has an event. */
export const sharesViews: Consumer = (log) => {
  const scores = new Map<string, number>();
  const articles: Board = new Map();
  let views = 0;
  for (const one of log) {
    const { event } = one;
    if (event?.type === 'ARTICLE_VIEWED') views = event.count;
    if (!event || event.type === 'ARTICLE_UPDATED') continue;
    const article = articleOf(articles, event.articleId);
    if (event.type === 'ARTICLE_CREATED') article.day = event.createdDay;
    if (event.type === 'ARTICLE_DELETED') article.isDeleted = true;
    if (!hasCount(event) || seoul(one.timeMs) !== article.day) continue;
    article[counterOf(event)] = event.count;
    scores.set(event.articleId, scoreOf({ ...article, view: views }));
  }
  return listsOf(articles, { score: ({ id }) => scores.get(id) ?? 0 });
};

export const stopsAtPoison: Consumer = (log) => {
  const stopped = new Set<string>();
  return right(
    log.filter(({ event, stream, partition }) => {
      if (!event) stopped.add(`${stream} ${partition}`);
      return !stopped.has(`${stream} ${partition}`);
    }),
  );
};
