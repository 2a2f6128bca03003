// simulator/vocabulary/checks.ts — The registry of checks: what each proves, when it fails, and what it must have seen. Docs are written from it.

export interface CheckText {
  /** One sentence that holds when the check passes. */
  readonly proves: string;
  /** Completes "it fails when", or "it is unknown when" for a check that never fails. */
  readonly fails: string;
  readonly neverFails?: true;
  /** What it must have seen; without it the check is unknown, or absent. */
  readonly needs: string;
  /** What it says when it does not pass. */
  readonly example: string;
}

/** In the order in which a report lists them. Records and scenarios hold these names. */
export const CHECKS = {
  load: {
    proves: 'Every planned event was sent, and none failed.',
    fails: 'nothing was acknowledged, a send failed, or a planned event was not sent',
    neverFails: true,
    needs: 'at least one acknowledged event',
    example: '3 events could not be sent: request timed out (3 times)',
  },
  'consumers alive': {
    proves: 'No consumer ended unless a fault ended it.',
    fails: 'a consumer ended by itself',
    needs: 'nothing',
    example: 'consumer 2 ended with exit code 1: out of memory',
  },
  drained: {
    proves: 'The consumer read every partition to its end, and then its lists stayed the same.',
    fails: 'lag does not reach 0 in time, or lists still change when it is 0',
    needs: 'the offsets of the group at the end',
    example: 'lag is still 12 records 60.0 s after the load, expected 0; behind are board-like/1 at 88 of 100',
  },
  progress: {
    proves: 'No partition stood still while it had records to read and nothing was broken.',
    fails: 'the group commits nothing in a partition for 15 s though it has records to read, and no fault explains it',
    needs: 'committed offsets of the group while load ran',
    example: 'like/1 stood still for 21.0 s, beginning 4.0 s into the load, with 300 records to read',
  },
  lists: {
    proves: "Each day's list in Redis is the one that the rules make of the events.",
    fails:
      "a day's list differs from the oracle's: a row, a score, the order of ties at the cut, a deleted or foreign article, a missing one, a row too many",
    needs:
      'a row of a list, at least a quarter of the listed scores certain, and what the scenario aims at, such as an unlike of one of the first 20',
    example: '20241001 #1: article 7 has score 383, expected 382 (3 x 39 likes + 2 x 13 comments + 1 x 239 views)',
  },
  scores: {
    proves: 'Each listed score is what the rules make of the counts that the consumer shows for the article.',
    fails: "a listed score is not what the consumer's own counts of the article make",
    needs: 'nothing',
    example: 'article 7 has score 9 in the list of 20241001, and its own counts (1 likes, 2 comments, 3 views) make 10',
  },
  delivery: {
    proves: 'Every acknowledged event of every article was applied, and none twice in effect.',
    fails:
      'any article of the day, listed or not, has other counts than its acknowledged events say: lost, or counted twice',
    needs:
      "the consumer's own counts of an article, at least a quarter of all scores certain, and what the scenario aims at, such as an event that came twice",
    example: 'article 7 has 38 likes, expected 39: events are missing',
  },
  retention: {
    proves: "Each day's list stays for as long as the day can be read, and no longer.",
    fails: 'a list expires before its days can no longer be read, or later, or never',
    needs: 'when a list expires, or that one is gone',
    example: 'the list of 20241001 never expires, expected 7 days after its publication',
  },
  'dead letters': {
    proves: 'The consumer put exactly the undecodable records aside.',
    fails: 'the consumer put other records aside than the undecodable ones, or fewer',
    needs: "the consumer's count of dead letters, and an undecodable record where the scenario sends some",
    example: '4 records were put aside as undecodable, expected 5',
  },
  faults: {
    proves: 'Every fault of the scenario was injected, is proven, and was healed.',
    fails: 'a fault of the scenario was not injected, left no proof, or was not healed',
    neverFails: true,
    needs: 'a fault in the scenario',
    example: 'fault 1, crash of consumer 2: was not injected: no such consumer runs',
  },
  'closed days': {
    proves: 'A list that was right after its publication changed by deletions alone.',
    fails: 'a list that was right after its publication changes other than by deletions',
    needs: 'two snapshots of the list of a published day',
    example: 'the list of 20241001 was right after its publication, and changed 61.0 s after the load began',
  },
  publication: {
    proves: 'Clients were given each day from its publication on, complete, and always the same.',
    fails:
      'clients were given a day before 01:00, or when it was not right, or something else of it later, or not at all',
    needs: 'an answer to clients',
    example: 'clients were given 20241001 58.2 s after the load began, before its publication',
  },
  cuts: {
    proves: 'Each list that was seen while load ran is what the records up to its stored offsets make.',
    fails: 'a list that was seen while load ran is not what the records up to its offsets make',
    needs: 'a row of a list together with its offsets, and the topics read again',
    example:
      '3.1 s after the load began, with 900 records applied, rank 2 of 20241001 was article 7 with 9, expected 8',
  },
  staleness: {
    proves: 'A consumer without stored offsets showed what its group had committed 5 s before.',
    fails: 'a list does not show a record that the group had committed 5 s before, and nothing is broken',
    needs: 'a row of a list while load ran, committed offsets of the group, and the topics read again',
    example: '9.0 s after the load began the list of 20241001 did not show like/1 offset 88, committed 6.2 s before',
  },
  'log equals plan': {
    proves: 'The topics hold what was sent: every acknowledged record is there, and no other.',
    fails:
      'an acknowledged record is missing from the topics, or one is there that was never planned, or the two oracles disagree',
    needs: 'the topics read again, with a record',
    example: 'Kafka lost 2 acknowledged records with acks=1; the ranking equals the log',
  },
  'read model': {
    proves:
      'The article-read service shows every created article, and no other, with its newest title, counts and state.',
    fails: "the second group's read model of an article has another title, state or count, or is missing",
    needs: 'the read models and the committed offsets of the article-read service',
    example: 'article 7 is read with 38 likes, expected 39',
  },
} as const satisfies Readonly<Record<string, CheckText>>;

export type CheckName = keyof typeof CHECKS;

/** They compare all that the consumer shows in the end with all that was sent, so a known bug can be what is wrong. */
export const RANKING_CHECKS: readonly CheckName[] = ['lists', 'scores', 'delivery', 'retention'];
