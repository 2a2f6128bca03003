// simulator/judge/naming/behind.ts — What is wrong because the group had not read everything. This is looked at before any bug.

import type { History } from '../../history/history.js';
import type { LogEvent } from '../../history/log-event.js';
import { isBefore, type Offsets } from '../../history/observed-commits.js';
import type { BugName } from '../../vocabulary/bugs.js';
import type { CodedResult } from '../checks/checker.js';
import type { Cause } from './causes.js';

/** Fed with the log, it knows the articles of records that the group had not committed at the last snapshot. */
export class Behind {
  readonly #lag: number;
  readonly #committed: Offsets;
  readonly #articles = new Set<string>();

  constructor({ finalLag, commits }: Pick<History, 'finalLag' | 'commits'>) {
    this.#lag = finalLag ?? 0;
    this.#committed = commits.at(-1)?.committed ?? [];
  }

  get isBehind(): boolean {
    return this.#lag > 0;
  }

  add(record: LogEvent): void {
    if (!record.event || this.#lag === 0) return;
    if (!isBefore(this.#committed, record)) this.#articles.add(record.event.articleId);
  }

  /** The share of the findings whose article has unread records; 1 is all. */
  share(wrong: readonly CodedResult[]): number {
    const findings = wrong.flatMap((check) => check.findings);
    const unread = findings.filter(({ articleId }) => articleId !== undefined && this.#articles.has(articleId));
    return findings.length === 0 ? 0 : unread.length / findings.length;
  }

  get bug(): Cause<BugName> {
    return { name: 'BEHIND', does: `by what the group had committed, ${this.#lag} records were not read yet` };
  }
}
