// simulator/judge/naming/candidates.ts — The articles that any known bug could bring into a list: only these are folded through all of them.
import type { LogOracle } from '../log/log-oracle.js';
import type { FoundDay } from './explanations.js';

/**
 * By the highest score that an article ever had. A bug would have to take nearly all of these out of a list before
 * another article could come in.
 */
const LEADERS = 300;

export function candidatesOf(log: LogOracle, found: readonly FoundDay[], wrong: readonly string[]): Set<string> {
  const candidates = new Set(wrong);
  for (const { day, list } of found) {
    for (const { articleId } of list) candidates.add(articleId);
    for (const articleId of log.leaders(day, LEADERS)) candidates.add(articleId);
  }
  return candidates;
}
