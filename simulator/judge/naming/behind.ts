// simulator/judge/naming/behind.ts — What is wrong because the group had not read all of it: that comes before any bug.

import type { History } from '../../history/history.js';
import type { LogEvent } from '../../history/log-event.js';
import { isBefore, type Offsets } from '../../history/observed-commits.js';
import type { NamedBug } from '../../record/diagnosis-record.js';
import type { CheckResult } from '../../record/verdict-record.js';

/** Fed with the log, it knows the articles of records that the group had not committed at the last look. */
export class Behind {
  readonly #lag: number;
  readonly #committed: Offsets;
  readonly #articles = new Set<string>();

  constructor({ finalLag, commits }: Pick<History, 'finalLag' | 'commits'>) {
    this.#lag = finalLag ?? 0;
    this.#committed = commits.at(-1)?.committed ?? [];
  }

  /** Then nobody can tell a bug from what was not read yet, unless it explains all that is wrong. */
  get isBehind(): boolean {
    return this.#lag > 0;
  }

  add(record: LogEvent): void {
    if (!record.event || this.#lag === 0) return;
    if (!isBefore(this.#committed, record)) this.#articles.add(record.event.articleId);
  }

  /** @param wrong of the ranking @returns 1 when every wrong article has records that were not read */
  share(wrong: readonly CheckResult[]): number {
    const findings = wrong.flatMap((check) => check.findings);
    const unread = findings.filter(({ articleId }) => articleId !== undefined && this.#articles.has(articleId));
    return findings.length === 0 ? 0 : unread.length / findings.length;
  }

  get bug(): NamedBug {
    return { name: 'BEHIND', does: `by what the group had committed, ${this.#lag} records were not read yet` };
  }
}
