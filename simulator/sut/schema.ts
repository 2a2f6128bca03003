// simulator/sut/schema.ts — The system under test as data: how its processes are started, seen to be ready, and where its lists lie.
import { z } from 'zod';
import type { Issue } from '../scenario/issue.js';
import { DECLARABLE_BUGS } from '../vocabulary/declared-deviations.js';
import { PLACEHOLDERS, unknownIn } from './template.js';
import { groupText, httpAddress, programText, topicPrefixText, variableName } from './text-checks.js';

const processPlaceholders = PLACEHOLDERS.process.map((name) => `{${name}}`).join(' ');

export const sutSchema = z
  .strictObject({
    $schema: z.string().optional(),
    extends: z
      .string()
      .optional()
      .describe('Path of a SUT file, from this one, whose values stand where this one gives none.'),
    description: z.string().min(1).describe('What it is, in one or two sentences.'),
    command: z
      .array(programText.min(1))
      .min(1)
      .optional()
      .describe(
        `Program and arguments of one process; without it the consumer runs elsewhere already. Placeholders here, in env and in URLs: ${processPlaceholders}.`,
      ),
    cwd: programText
      .default('.')
      .describe('Working directory of its processes, from the file that is run, also where `extends` gives it.'),
    env: z
      .record(variableName, programText)
      .default({})
      .describe('Environment of its processes, besides that of sim. What ends up empty is left out.'),
    group: groupText.default('{run}.hot-article-service').describe('Consumer group. Placeholders: {run}.'),
    topicPrefix: topicPrefixText
      .default('{run}.{prefix}')
      .describe('Of the four topics. Placeholders: {run}, and {prefix}, which is topics.prefix of the scenario.'),
    listKey: programText
      .max(1000)
      .default('{keyPrefix}hot-article::list::{day}')
      .describe('Redis key of a day’s list, a sorted set. Placeholders: {keyPrefix}, {run}, and {day} as yyyyMMdd.'),
    listTtlDays: z
      .number()
      .positive()
      .optional()
      .describe(
        'How long after its last write Redis is to keep a list. Where none is given, a list that never expires is wrong, and no other.',
      ),
    ready: z
      .strictObject({
        assigned: z.boolean().default(true).describe('The group is stable, and owns every partition.'),
        url: httpAddress.optional().describe('Every process answers here with a status of 200 to 299.'),
        probe: z
          .boolean()
          .default(false)
          .describe('Articles that are made for this come into the list, and leave it when they are deleted.'),
        timeoutSeconds: z.number().positive().max(3600).default(60),
      })
      .prefault({})
      .describe('How one sees that load may start.'),
    stopSeconds: z.number().positive().max(300).default(10).describe('From SIGTERM to SIGKILL.'),
    channel: httpAddress
      .optional()
      .describe('Base URL under which each process tells of itself as contract/observation.ts says; most have none.'),
    clock: z
      .enum(['any', 'wall'])
      .default('wall')
      .describe('wall: its days are those of its own clock, so runs start now, at speed 1. any: it takes {clock}.'),
    ties: z
      .enum(['newest first', 'oldest first', 'reverse text'])
      .default('newest first')
      .describe('Order of equal scores; but for newest first, a known difference from the rules.'),
    zeroScore: z
      .enum(['unlisted', 'listed'])
      .default('unlisted')
      .describe('Whether an article without any score is in its list; listed is a known difference from the rules.'),
    traits: z
      .array(z.enum(DECLARABLE_BUGS))
      .default([])
      .describe('Bugs that it is known to have. The verdict comes twice: by the rules, and but for these.'),
    scenario: z
      .record(z.string(), z.unknown())
      .default({})
      .describe(
        'Laid over every scenario: what its producers are like, such as partitioning and content.dates. Where a scenario gives its events, what only drawn ones have is left out.',
      ),
  })
  .superRefine((sut, context) => {
    const issue: Issue = (path, message) => context.addIssue({ code: 'custom', path, message });
    checkPlaceholders(sut, issue);
    if ('extends' in sut.scenario)
      issue(['scenario', 'extends'], 'is not read here; extends of the file itself names another SUT file');
    if (sut.command) return;
    const texts: [string[], string | undefined][] = [
      [['ready', 'url'], sut.ready.url],
      [['channel'], sut.channel],
    ];
    for (const [path, text] of texts) {
      if (text && /\{(?:port|instance)\}/.test(text))
        issue(path, 'has no {port} and no {instance} where no command is given, as sim starts no process then');
    }
    for (const [path, text] of [['group', sut.group] as const, ['topicPrefix', sut.topicPrefix] as const]) {
      if (text.includes('{run}'))
        issue([path], 'a consumer that runs elsewhere cannot know {run}; give the name that it has, or a command');
    }
    if (/\{(?:run|keyPrefix)\}/.test(sut.listKey))
      issue(['listKey'], 'a consumer that runs elsewhere cannot know the names of a run; give the key that it writes');
  });

export type SutFile = z.infer<typeof sutSchema>;

function checkPlaceholders(sut: z.infer<typeof sutSchema>, issue: Issue): void {
  const check = (path: (string | number)[], text: string | undefined, known: readonly string[]) => {
    for (const name of unknownIn(text ?? '', known))
      issue(path, `unknown placeholder {${name}}; known here: ${known.map((one) => `{${one}}`).join(' ')}`);
  };
  const { name, list, process } = PLACEHOLDERS;
  sut.command?.forEach((text, index) => {
    check(['command', index], text, process);
  });
  for (const [key, text] of Object.entries(sut.env)) check(['env', key], text, process);
  check(['ready', 'url'], sut.ready.url, process);
  check(['channel'], sut.channel, process);
  check(['group'], sut.group, name);
  check(['topicPrefix'], sut.topicPrefix, name);
  check(['listKey'], sut.listKey, list);
  if (!sut.listKey.includes('{day}')) issue(['listKey'], 'expected {day} in it, as each day has a list of its own');
}
