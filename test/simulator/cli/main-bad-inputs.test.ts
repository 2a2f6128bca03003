// test/simulator/cli/main-bad-inputs.test.ts — A hundred wrong calls, files, records and variables: each ends with its code and a sentence that helps, none with a stack.
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { gzipSync } from 'node:zlib';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { callSim } from '../../support/call-sim.js';
import { temporaryFolder } from '../../support/sim.js';

const folder = temporaryFolder();
test.after(() => folder.remove());

const day = { name: 'day', shape: 'constant', durationHours: 24, events: 100 };
const base = { description: 'a test', articles: { perDay: 10 }, arrivals: [day] };
const created = { time: '2024-10-01T12:00:00', type: 'ARTICLE_CREATED', payload: { articleId: 1 } };
const RUN = 'test/fixtures/old-runs/right';
const recorded: object = JSON.parse(readFileSync(join(RUN, 'run.json'), 'utf8'));
const deep = '['.repeat(100_000) + ']'.repeat(100_000);
let made = 0;

function textFile(text: string | Buffer): string {
  made += 1;
  const path = join(folder.path, `${made}.json`);
  writeFileSync(path, text);
  return path;
}

const file = (content: unknown) => textFile(JSON.stringify(content));
const events = (...all: object[]) => file({ description: 'a test', events: all });
const raw = (fields: object) => ({ time: '2024-10-01T12:00:00', type: 'RAW', topic: 'like', ...fields });
const viewed = (articleViewCount: unknown) => ({
  time: '2024-10-01T12:00:01',
  type: 'ARTICLE_VIEWED',
  payload: { articleId: 1, articleViewCount },
});
const sut = (fields: object) => file({ description: 'a test', command: ['true'], ...fields });

/** A recorded run with other values, or other files. */
function run(changes: object, files: Readonly<Record<string, string | Buffer>> = {}): string {
  made += 1;
  const dir = join(folder.path, `run-${made}`);
  cpSync(RUN, dir, { recursive: true });
  writeFileSync(join(dir, 'run.json'), JSON.stringify({ ...recorded, ...changes }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), content);
  return dir;
}

const history = (content: unknown) =>
  run({ historySha256: undefined }, { 'history.v8.gz': gzipSync(serialize(content)) });

const good = file(base);
const loop = join(folder.path, 'loop.json');
symlinkSync('loop.json', loop);
mkdirSync(join(folder.path, 'empty'));
const set = (setting: string) => ['validate', good, '--set', setting];
const fault = (fields: object) => ['validate', file({ ...base, faults: [{ kind: 'redis-kill', ...fields }] })];

type Case = readonly [name: string, args: readonly string[], sentence: string | RegExp];

/** Exit code 64. */
const usage: readonly Case[] = [
  ['validate without a file', ['validate'], 'an argument is missing: 0 given, 1 needed'],
  ['a folder', ['validate', folder.path], 'is a folder; name one file'],
  ['a device that is empty', ['validate', '/dev/null'], 'is empty'],
  ['a device that never ends', ['validate', '/dev/zero'], 'is larger than 16 MB'],
  ['a link to itself', ['validate', loop], 'cannot be read: ELOOP'],
  ['a name of 5,000 letters', ['validate', 'x'.repeat(5000)], 'ENAMETOOLONG'],
  ['--set without a value', ['validate', good, '--set'], 'Not enough arguments following: set'],
  ['--set without =', set('seed'), '--set seed: expected path=value'],
  ['--set of nothing', set('=5'), '--set =5: expected path=value'],
  ['--set of dots', set('...=5'), 'not a path'],
  ['--set of a prototype', set('__proto__.x=1'), 'not a path'],
  ['--set of a constructor', set('constructor.prototype.x=1'), 'constructor: unknown key'],
  ['--set of an item before the first', set('arrivals.-1.events=1'), 'no item -1: the list has 1'],
  ['--set of an item far behind', set('arrivals.99999999999999999999.events=1'), 'the list has 1'],
  ['--set into a text', set('description.x=1'), 'description holds no fields'],
  ['--set of what is needed to nothing', set('arrivals=null'), 'arrivals: expected array, found nothing'],
  ['--set along 20,000 steps', set(`${'a.'.repeat(20_000)}b=1`), 'the path has more than 100 parts'],
  ['--set of 100,000 lists', set(`aim=${deep}`), 'the value is nested deeper than 100 levels'],
  ['--set of lists that are never closed', set(`aim=${'['.repeat(100_000)}`), 'nested deeper than 100 levels'],
  ['--set of digits of another script', set('seed=\u0661'), 'seed: expected number, found "١"'],
  ['--set in hexadecimal', set('seed=0x10'), 'seed: expected number, found "0x10"'],
  ['--set beyond doubles', set('scale=1e999'), 'scale: expected number, found Infinity'],
  ['a Redis with TLS as a parameter', ['validate', good, '--redis', 'redis://h/0?tls=1'], 'unknown parameter "tls"'],
  ['a socket of Redis', ['validate', good, '--redis', '/var/run/redis.sock'], 'expected redis:// or rediss://'],
  ['a login without a host', ['validate', good, '--redis', 'redis://u:p@'], 'expected redis:// or rediss://'],
  ['a host with a blank', ['validate', good, '--redis', 'redis://a b'], 'expected redis:// or rediss://'],
  ['half an IPv6 address', ['validate', good, '--redis', 'redis://[::1'], 'expected host:port'],
  ['a database of a Cluster', ['validate', good, '--redis', 'redis://a:1,b:2/5'], 'a Redis Cluster has only 0'],
  ['a comma alone', ['validate', good, '--brokers', ','], '--brokers: expected host:port,host:port, found ""'],
  ['a port below 0', ['validate', good, '--brokers', 'a:-1'], 'found "a:-1"'],
  ['a broker with a login', ['validate', good, '--brokers', 'u:p@a:1'], 'found "u:p@a:1"'],
  ['plan with a scenario as SUT', ['plan', good, '--sut', good], 'articles: unknown key'],
  ['plan with a SUT that is not there', ['plan', good, '--sut', 'nowhere.json'], 'no such file; suts/'],
  ['two plans', ['plan', good, good], 'Unknown argument'],
  ['a switch with a value', ['plan', good, '--hash=maybe'], 'hash: is on or off, and takes no value; found maybe'],
  ['--hold with a value', ['run', good, '--hold=3'], 'hold: is on or off'],
  ['a SUT that is empty', ['run', good, '--sut', '/dev/null'], 'is empty'],
  ['NUL in a folder', ['run', good, '--reports', 'a\0b'], 'reports: holds a NUL character'],
  [
    'containers beside addresses',
    ['run', good, '--break-containers', '--brokers', 'a:1'],
    '--break-containers: breaks those of docker-compose.yml',
  ],
  ['init without a name', ['init', ''], 'name: expected a value, found an empty one'],
  ['init of a folder above', ['init', '..'], 'name the scenario'],
  ['init with NUL', ['init', 'a\0b'], 'name: holds a NUL character'],
  ['init with a name of 300 letters', ['init', join(folder.path, 'y'.repeat(300))], 'ENAMETOOLONG'],
  ['init where the system keeps its own', ['init', '/proc/x.json'], 'cannot be written'],
  ['init below a file', ['init', join(good, 'x')], 'cannot be written: ENOTDIR'],
  ['report without a run', ['report'], 'an argument is missing'],
  ['report of a file', ['report', good], /expected a recorded run at .*ENOTDIR[\s\S]*name the folder of one run/],
  ['report of a device', ['report', '/dev/null'], 'expected a recorded run at /dev/null/run.json'],
  ['check of an empty folder', ['check', join(folder.path, 'empty')], 'expected a recorded run at'],
  ['an article below 0', ['extract', run({}), '--article', '-5'], 'expected the id of an article, in digits'],
  ['an article beyond 64 bits', ['extract', run({}), '--article', '9'.repeat(30)], 'expected the id of an article'],
  ['an article of no run', ['extract', run({}), '--article', '5'], 'no event of this run is about article 5'],
  ['rivals below 0', ['extract', run({}), '--rivals', '-1'], '--rivals: expected how many'],
  ['an expectation that is none', ['extract', run({}), '--expect', 'maybe'], 'Choices: "pass", "found"'],
  ['two brokers', ['up', '--nodes', '2'], 'Choices: 1, 3'],
  ['clean with a word', ['clean', 'all'], 'Unknown argument: all'],
  ['a misspelt --help', ['--hepl'], 'Unknown option of sim: hepl; did you mean --help?'],
  ['a misspelt --version', ['--verison'], 'did you mean --version?'],
  ['dashes alone', ['--'], 'Name a command'],
  ['the name of a prototype', ['__proto__'], 'Unknown command: __proto__'],
  ['days that are nothing', ['report', run({ days: null })], 'days: expected array, found null'],
  ['a start that is no time', ['report', run({ startedAt: 'yesterday' })], 'startedAt: Invalid ISO datetime'],
  ['an exit code of 999', ['report', run({ exitCode: 999 })], 'exitCode: Too big'],
  ['an exit code below 0', ['report', run({ exitCode: -1 })], 'exitCode: Too small'],
  ['a status that is none', ['report', run({ status: 'weird' })], 'status: Invalid option'],
  ['no verdict', ['report', run({ verdict: null })], 'verdict: expected object, found null'],
  ['a series of garbage', ['report', run({}, { 'series.ndjson': 'garbage\nmore\n' })], 'line 1: expected JSON'],
  ['a history that is a number', ['check', history(5)], 'is not the history of a run'],
  ['a history that is nothing', ['check', history(null)], 'is not the history of a run'],
  ['a history without its parts', ['check', history({ historyVersion: 4 })], 'is not the history of a run'],
  ['a matrix of garbage', ['report', run({}, { 'matrix.json': 'garbage' })], 'matrix.json cannot be read'],
  ['a matrix of 100,000 lists', ['report', run({}, { 'matrix.json': deep })], 'expected object, found […]'],
  ['a record of 100,000 lists', ['report', run({}, { 'run.json': deep })], 'expected recordVersion 1, found none'],
  ['a record in UTF-16', ['report', run({}, { 'run.json': Buffer.from('{}', 'utf16le') })], 'expected JSON, found'],
  ['no event', ['validate', events()], 'events: Too small'],
  ['a raw record with two values', ['validate', events(raw({ text: 'x', base64: 'eA==' }))], 'exactly one of text'],
  ['bytes that are not base64', ['validate', events(raw({ base64: '%%%' }))], 'expected bytes in base64'],
  ['a record of 1.1 MB', ['validate', events(raw({ text: 'x'.repeat(1.1e6) }))], 'is a record of 1100000 bytes; Kafka'],
  ['the id 0', ['validate', events({ ...created, payload: { articleId: 0 } })], 'expected a 64-bit id from 1'],
  ['an id that is a word', ['validate', events({ ...created, payload: { articleId: 'a' } })], 'expected a 64-bit id'],
  ['a count below 0', ['validate', events(created, viewed(-1))], 'articleViewCount: Too small'],
  ['a count beyond 32 bits', ['validate', events(created, viewed(2 ** 40))], 'articleViewCount: Too big'],
  ['a partition that is none', ['validate', events({ ...created, partition: 99 })], 'partitions go from 0 to 2'],
  ['a leap second', ['validate', events({ ...created, time: '2024-12-31T23:59:60' })], 'expected a date-time that'],
  ['events beside arrivals', ['validate', file({ ...base, events: [created] })], 'cannot be given beside events'],
  ['a file that extends a folder', ['validate', file({ extends: '.' })], 'extends .: is a folder'],
  ['a file that extends a page', ['validate', file({ extends: 'https://example.org/x.json' })], 'no such file'],
  ['a file that extends a number', ['validate', file({ extends: 5 })], 'extends: expected the path of a file'],
  ['a file that extends a device', ['validate', file({ extends: '/dev/zero' })], 'is larger than 16 MB'],
  ['a variable in a variable', ['validate', file({ ...base, seed: '${A${B}}' })], 'the environment has no B'],
  ['a matrix in a matrix', ['validate', file({ ...base, matrix: [{ name: 'a', set: { matrix: [] } }] })], 'one run'],
  ['a setting above all', ['validate', file({ ...base, matrix: [{ name: '../x', set: {} }] })], 'matrix[0].name'],
  ['a load of years', ['validate', file({ ...base, clock: { speed: 0.001 } })], '1,000 days of wall time'],
  ['nobody', ['validate', file({ ...base, users: 0 })], 'users: Too small'],
  ['transactions that all abort', ['validate', file({ ...base, producer: { abortedShare: 1 } })], 'abortedShare: Too'],
  ['a compacted topic', ['validate', file({ ...base, topics: { compacted: true } })], 'compaction takes events away'],
  ['a fault after the end', fault({ at: { progress: 2 } }), 'at.progress: Too big'],
  ['a fault every no time', fault({ at: { progress: 0.1 }, every: { seconds: 0 } }), 'every.seconds: Too small'],
  ['a fault years later', fault({ at: { time: '2030-01-01T00:00:00' } }), 'is not within the time of the load'],
  ['a SUT in a home', ['plan', good, '--sut', sut({ cwd: '~' })], 'cwd: there is no folder'],
  ['a list key of a page', ['plan', good, '--sut', sut({ listKey: `{day}${'x'.repeat(1000)}` })], 'listKey: Too big'],
  [
    'a SUT whose scenario is wrong',
    ['plan', good, '--sut', sut({ scenario: { seed: 'x' } })],
    /with seed of the SUT file: one problem\n {2}seed: expected number/,
  ],
];
for (const [name, args, sentence] of usage) test(`${name}: exit code 64`, () => expectEnd(args, 64, sentence));

const unavailable: readonly Case[] = [
  ['reports below a device', ['run', good, '--reports', '/dev/null'], 'name a folder that you may write to'],
  ['reports where the system keeps its own', ['run', good, '--reports', '/proc'], 'could not be written'],
  ['a broker that is not there', ['clean', '--brokers', '127.0.0.1:1'], 'expected Kafka at 127.0.0.1:1 to answer'],
  ['a Redis that is not there', ['clean', '--redis', 'redis://127.0.0.1:1'], 'expected Redis at 127.0.0.1:1 to'],
];
for (const [name, args, sentence] of unavailable) test(`${name}: exit code 69`, () => expectEnd(args, 69, sentence));

const variables: readonly (readonly [name: string, value: string, args: readonly string[], sentence: string])[] = [
  ['SIM_BROKERS', 'nowhere', ['validate', good], 'SIM_BROKERS: expected host:port'],
  ['SIM_REDIS', 'localhost', ['validate', good], 'SIM_REDIS: expected redis://'],
  ['SIM_KAFKA_SECURITY', '{', ['validate', good, '--brokers', 'a:1'], 'SIM_KAFKA_SECURITY: expected JSON'],
];
for (const [name, value, args, sentence] of variables) {
  test(`a wrong ${name} is told by its name`, async () => {
    const before = process.env[name];
    process.env[name] = value;
    try {
      await expectEnd(args, 64, sentence);
    } finally {
      if (before === undefined) delete process.env[name];
      else process.env[name] = before;
    }
  });
}

test('a record with the mark of UTF-8 before it is read', async () => {
  const ended = await callSim(['report', run({}, { 'run.json': `\uFEFF${JSON.stringify(recorded)}` })]);
  assert.is(ended.exitCode, 0, ended.stderr);
});

async function expectEnd(args: readonly string[], exitCode: number, sentence: string | RegExp): Promise<void> {
  const ended = await callSim(args);
  const output = ended.stdout + ended.stderr;
  assert.is(ended.exitCode, exitCode, output.slice(0, 2000));
  assert.match(output, sentence);
  assert.not.match(output, /^\s+at /m);
}

test.run();
