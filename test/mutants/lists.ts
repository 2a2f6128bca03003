// test/mutants/lists.ts — Planted bugs in how the list is made from the counts: what is cut, the order, the ids, the score.
import { APPLY, type Mutant, ONE_AT_A_TIME, otherRules, type Patch, perEvent, SLOWLY } from './mutant.js';

/** Only the candidates are known, and only this many of them are kept. */
function trimTo(rows: number): Patch[] {
  return [
    ONE_AT_A_TIME,
    {
      file: APPLY,
      find: 'local candidatesFewest = math.max(1000, 2 * top)',
      replace: `local candidatesFewest = ${rows}`,
    },
    {
      file: APPLY,
      find: 'local candidatesMost = 2 * candidatesFewest',
      replace: 'local candidatesMost = candidatesFewest',
    },
    {
      file: APPLY,
      find: "  call('HSET', self.floorKey, 'score', best[2], 'member', best[1])\n",
      replace: '  self.floorMember, self.floorScore = "", -1\n',
    },
  ];
}

export const LISTS: readonly Mutant[] = [
  {
    name: 'trim-to-10',
    does: 'the list is cut to its 10 rows',
    patches: trimTo(10),
    scenario: 'leader-falls',
    set: SLOWLY,
    finding: 'TRIM_LOSS',
    missedBy: [{ scenario: 'ties' }],
  },
  {
    name: 'trim-to-30',
    does: 'the list is cut to 30 rows',
    patches: trimTo(30),
    scenario: 'leader-falls',
    set: SLOWLY,
    finding: 'TRIM_LOSS',
    missedBy: [{ scenario: 'leader-falls', set: [...SLOWLY, 'aim.0.leaders=3'] }],
  },
  {
    name: 'trim-the-best',
    does: 'the cut takes the best instead of the worst',
    patches: [
      ...trimTo(10),
      {
        file: APPLY,
        find: "  call('ZREMRANGEBYRANK', self.key, 0, last)",
        replace: "  call('ZREMRANGEBYRANK', self.key, candidatesFewest, -1)",
      },
    ],
    scenario: 'smoke',
    finding: 'TRIM_WRONG_END',
  },
  {
    name: 'torn-score',
    does: 'the score is of the counts before the last update',
    patches: [
      {
        file: APPLY,
        find: '      local score = rankScore(state, commenters, flagsOf(state, 1))',
        replace:
          '      local score = rankScore(state, commenters, flagsOf(state, 1))\n' +
          '      if before > 0 and score > 0 then score = before end',
      },
    ],
    scenario: 'smoke',
    finding: 'SCORE_TORN',
  },
  {
    name: 'missing-as-zero',
    does: 'the likes of one article in ten cannot be read and are taken for 0',
    patches: [
      {
        file: APPLY,
        find: '      if score > 0 and candidates:hold(score, padded) then',
        replace:
          "      if score > 0 and sub(id, -1) == '7' and byte(state, 1) % 4 == CREATED and select(2, flagsOf(state, 1)) > 0 then\n" +
          '        score = score - likeWeight * unpackNumbers(COUNT[select(2, flagsOf(state, 1))], state, 10)\n' +
          '      end\n      if score > 0 and candidates:hold(score, padded) then',
      },
    ],
    scenario: 'unlike-storm',
    finding: 'MISSING_AS_ZERO',
  },
  {
    name: 'swapped-weights',
    does: 'a like weighs 2 and a comment 3',
    patches: otherRules('weights: { ...config.rules.weights, like: 2, comment: 3 }'),
    scenario: 'smoke',
    finding: 'WRONG_WEIGHTS',
  },
  {
    name: 'list-of-20',
    does: 'the list has 20 rows',
    patches: otherRules('top: 20'),
    scenario: 'smoke',
    finding: 'WRONG_LIMIT',
    missedBy: [{ scenario: 'quiet-day' }],
  },
  {
    name: 'list-of-9',
    does: 'the list has 9 rows',
    patches: otherRules('top: 9'),
    scenario: 'smoke',
    finding: 'WRONG_LIMIT',
    missedBy: [{ scenario: 'quiet-day' }],
  },
  {
    name: 'ties-as-text',
    does: 'equal scores are ordered by the id as text',
    patches: [
      {
        file: APPLY,
        find: '  return high * 256 + low, padded, sub(padded, zeros + 1), sub(rows, at + 22, last), last + 1',
        replace:
          '  local id = sub(padded, zeros + 1)\n  return high * 256 + low, id, id, sub(rows, at + 22, last), last + 1',
      },
    ],
    scenario: 'ties',
    finding: 'TIE_ORDER',
    missedBy: [{ scenario: 'smoke' }],
  },
  {
    name: 'oldest-first',
    does: 'of equal scores the older article ranks higher',
    patches: [
      {
        file: APPLY,
        find: '  return high * 256 + low, padded, sub(padded, zeros + 1), sub(rows, at + 22, last), last + 1',
        replace:
          "  local id, mirrored = sub(padded, zeros + 1), string.gsub(padded, '%d', function(d) return 9 - d end)\n" +
          '  return high * 256 + low, mirrored, id, sub(rows, at + 22, last), last + 1',
      },
      {
        file: APPLY,
        find: "      rows[#rows + 1] = match(ranked[i], '^0*(%d+)$')",
        replace:
          "      rows[#rows + 1] = match(string.gsub(ranked[i], '%d', function(d) return 9 - d end), '^0*(%d+)$')",
      },
    ],
    scenario: 'all-equal',
    finding: 'TIE_ORDER',
  },
  {
    name: 'ids-as-doubles',
    does: 'an id goes through a double',
    patches: perEvent('', 'event = { ...event, articleId: String(Number(event.articleId)) };'),
    scenario: 'big-ids',
    finding: 'ID_PRECISION',
  },
  {
    name: 'ids-as-doubles-in-full',
    does: 'an id goes through a double, and is written with all its digits',
    patches: perEvent('', 'event = { ...event, articleId: String(BigInt(Number(event.articleId))) };'),
    scenario: 'big-ids',
    finding: 'ID_PRECISION',
  },
  {
    name: 'other-key',
    does: 'the list is written under another key',
    patches: [
      {
        file: 'consumer/applying/ranking-keys.ts',
        find: '    return listKey(this.#prefix, day);\n',
        replace: '    return `${listKey(this.#prefix, day)}:`;\n',
      },
    ],
    scenario: 'smoke',
    finding: 'KEYSPACE',
  },
];
