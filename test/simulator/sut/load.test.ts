// test/simulator/sut/load.test.ts — SUT files: those that come with sim can be read, and of others every problem is named.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ScenarioError } from '../../../simulator/errors.js';
import { jsonSchemaText } from '../../../simulator/scenario/json-schema.js';
import { loadSut } from '../../../simulator/sut/load.js';
import { sutSchema } from '../../../simulator/sut/schema.js';
import { filled } from '../../../simulator/sut/template.js';

const sut = suite('SUT files');
let folder = '';
sut.before(() => {
  folder = mkdtempSync(join(tmpdir(), 'sim-sut-'));
  process.env.SUT_JAR = 'theirs.jar';
});
sut.after(() => {
  delete process.env.SUT_JAR;
  rmSync(folder, { recursive: true });
});

function file(content: unknown): string {
  const path = join(folder, 'one.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const problemsOf = (content: unknown) => problemsIn(file(content));

async function problemsIn(path: string): Promise<readonly string[]> {
  try {
    await loadSut(path);
    return [];
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  }
}

for (const name of ['suts/reference.json', 'suts/article-read.json', 'suts/de-facto.json', 'suts/example.json'])
  sut(`${name} can be read`, async () => {
    const { command, description } = await loadSut(name);
    assert.ok(command);
    assert.ok(description);
  });

sut('the common one takes its program from the environment, and says so where there is none', async () => {
  assert.is((await loadSut('suts/de-facto.json')).command?.at(-1), 'theirs.jar');
  delete process.env.SUT_JAR;
  const [problem = '', ...others] = await problemsIn('suts/de-facto.json');
  assert.match(problem, 'the environment has no SUT_JAR');
  assert.equal(others, []);
  assert.ok(await loadSut('suts/example.json'));
});

sut('the example takes over all but its program', async () => {
  const { command, env, traits, scenario } = await loadSut('suts/example.json');
  assert.match(command?.join(' ') ?? '', /de-facto-consumer/);
  assert.is(env.SPRING_KAFKA_BOOTSTRAPSERVERS, '{brokers}');
  assert.is(env.TOPIC_PREFIX, '{topicPrefix}');
  assert.ok(traits.includes('TRIM_LOSS'));
  assert.is(scenario.partitioning, 'shard4');
});

sut('names every problem at once, with the nearest known key', async () => {
  const problems = await problemsOf({ description: 'x', comand: ['a'], env: { A: '{broker}' }, listKey: 'top' });
  assert.ok(problems.some((one) => one.includes('comand: unknown key; did you mean "command"?')));
});

sut('names placeholders that nothing fills', async () => {
  const problems = await problemsOf({ description: 'x', command: ['a', '{broker}'], listKey: 'top' });
  assert.match(problems.join('\n'), /command\[1\]: unknown placeholder \{broker\}; known here: .*\{brokers\}/);
  assert.match(problems.join('\n'), /listKey: expected \{day\} in it/);
});

sut('asks for names that a consumer elsewhere can have', async () => {
  const problems = await problemsOf({ description: 'x', ready: { url: 'http://localhost:{port}/' } });
  assert.equal(
    problems.map((one) => one.split(':')[0]),
    ['ready.url', 'group', 'topicPrefix', 'listKey'],
  );
  const named = { description: 'x', group: 'g', topicPrefix: 'board', listKey: 'list:{day}' };
  assert.equal(await problemsOf(named), []);
});

sut('says of a folder that is not there', async () => {
  const problems = await problemsOf({ description: 'x', command: ['a'], cwd: 'nowhere' });
  assert.match(problems.join(), /cwd: there is no folder .*nowhere/);
});

sut('fills what it knows, and leaves other braces alone', () => {
  assert.is(
    filled('{"spring":{"port":{port}}} {rules}', { port: '80', rules: '{"top":10}' }),
    '{"spring":{"port":80}} {"top":10}',
  );
});

sut('suts/sut.schema.json is current (npm run schema)', () => {
  assert.is(readFileSync('suts/sut.schema.json', 'utf8'), jsonSchemaText('sim system under test', sutSchema));
});

sut.run();
