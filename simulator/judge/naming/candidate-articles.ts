// simulator/judge/naming/candidate-articles.ts — The articles that any known bug could bring into a list. Only these are folded through all bugs.
import type { LogOracle } from '../log/log-oracle.js';
import type { FoundDay } from './shown-facts.js';

/** Articles a day, by the highest score that each ever had. Others come in only if a bug takes nearly all of these out. */
const LEADERS = 300;

export function candidatesOf(log: LogOracle, found: readonly FoundDay[], wrong: readonly string[]): Set<string> {
  const candidates = new Set(wrong);
  for (const { day, list } of found) {
    for (const { articleId } of list) candidates.add(articleId);
    for (const articleId of log.leaders(day, LEADERS)) candidates.add(articleId);
  }
  return candidates;
}
