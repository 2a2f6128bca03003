// simulator/vocabulary/bugs-in-lists.ts — Known bugs in how a list is made from the counts: what is cut, the order, the ids, the score.
import type { Bug } from './bug.js';

export const BUGS_IN_LISTS = {
  TRIM_LOSS: {
    does: 'The sorted set is cut to a few rows at every write, and what is cut off is forgotten.',
    shows: 'When a leader falls, the article that should take its place is missing.',
    foundBy: ['variant fold'],
    shownBy: { scenario: 'leader-falls' },
    heal: 'Keep the score of every article of the day. Or keep the highest score that was ever cut off, and rebuild the list from the counts as soon as its last row is no better.',
  },
  TRIM_WRONG_END: {
    does: 'The cut removes the best rows instead of the worst.',
    shows: 'The leaders are missing.',
    foundBy: ['variant fold'],
    shownBy: { scenario: 'smoke' },
    heal: 'A sorted set counts ranks from the lowest score. `ZREMRANGEBYRANK key 0 -11` keeps the ten highest.',
  },
  WRONG_LIMIT: {
    does: 'The list has another number of rows than the rules say.',
    shows: 'Rows are missing at the end of the list, or there are too many.',
    foundBy: ['found lists'],
    shownBy: { scenario: 'smoke' },
    heal: 'Compare the limit where the list is cut with `rules.top`. Ranks are inclusive: ten rows are 0 to 9.',
  },
  WRONG_WEIGHTS: {
    does: 'Likes, comments and views weigh other than the rules say.',
    shows: 'Scores are another sum of the same counts.',
    foundBy: ['found lists'],
    shownBy: { scenario: 'smoke' },
    heal: 'Compare the weights in the code with `rules.weights`.',
  },
  SCORE_TORN: {
    does: 'A count is written, the others are read, and the score is written, in steps between which another process writes.',
    shows: 'The counts are right, and the score in the list does not fit them.',
    foundBy: ['found lists'],
    shownBy: { scenario: 'smoke' },
    heal: 'Compute and write the score in one atomic step, such as a Lua script in Redis.',
  },
  MISSING_AS_ZERO: {
    does: 'An error while a count is read is taken for a count of zero.',
    shows: 'A score is too low by just what one of its counts is worth.',
    foundBy: ['found lists'],
    shownBy: { scenario: 'unlike-storm' },
    heal: 'Let a failed read fail the whole update, and try it again.',
  },
  SCORE_PRECISION: {
    does: 'Score and id are packed into one double, which holds only 53 bits.',
    shows: 'Articles with equal or near scores are in the wrong order.',
    foundBy: ['variant fold'],
    shownBy: { scenario: 'big-ids' },
    heal: 'Store the score alone, and order equal scores by id where the list is read.',
  },
  TIE_ORDER: {
    does: 'Equal scores are left to the order of texts, or the older article ranks higher.',
    shows: 'Articles with equal scores stand in the wrong order, or the wrong one is cut off at the end.',
    foundBy: ['variant fold'],
    shownBy: { scenario: 'ties' },
    heal: 'Order equal scores by id as a number, the larger first. As texts, pad ids with zeros to one length.',
  },
  ID_PRECISION: {
    does: 'A 64-bit id goes through a double.',
    shows: 'Ids in the list end in zeros and belong to no article, or two articles become one.',
    foundBy: ['variant fold'],
    shownBy: { scenario: 'big-ids' },
    heal: 'Read ids as text or as 64-bit integers. `JSON.parse` alone rounds them.',
  },
  KEYSPACE: {
    does: 'The list is written under another key, or under the key of another day.',
    shows: 'No list is where it should be.',
    foundBy: ['found lists'],
    shownBy: { scenario: 'smoke' },
    heal: 'Compare the key with `hot-article::list::{yyyyMMdd}`, and the date in it with the day of the event.',
  },
} as const satisfies Readonly<Record<string, Bug>>;
