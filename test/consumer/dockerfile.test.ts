// test/consumer/dockerfile.test.ts — The image, without a Docker: its form, and what it promises its users.
import { existsSync, readFileSync } from 'node:fs';
import { validate } from 'dockerfile-utils';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { environmentOf, execForm, ignoring, type Stage, stagesOf } from '../support/image.js';

const text = readFileSync('consumer/Dockerfile', 'utf8');
const stages = stagesOf(text);
const image = stages.at(-1) as Stage;
const valuesOf = (keyword: string) => image.steps.filter((step) => step.keyword === keyword).map((step) => step.text);
const isIgnored = ignoring(readFileSync('.dockerignore', 'utf8'));

test('the file is one that Docker accepts', () => {
  assert.equal(validate(text), []);
  assert.is(validate(text.replace('STOPSIGNAL', 'STOPSINGAL')).length, 1);
});

test('every stage starts from one line of Node.js that the package accepts', () => {
  const [first] = new Set(stages.map((stage) => stage.image));
  assert.is(new Set(stages.map((stage) => stage.image)).size, 1);
  const major = Number(/^node:(\d+)-bookworm-slim$/.exec(first ?? '')?.[1]);
  const wanted = Number(/>=(\d+)/.exec(JSON.parse(readFileSync('package.json', 'utf8')).engines.node)?.[1]);
  assert.ok(major >= wanted, first);
});

test('it holds what the service needs, and nothing that only builds or tests it', () => {
  const copies = image.steps.filter(({ keyword }) => keyword === 'COPY');
  assert.equal(
    copies.map(({ words, from = 'project' }) => `${from}: ${words[0]}`),
    [
      'project: package.json',
      ...['dependencies: /app/node_modules/', 'build: /app/dist/contract/', 'build: /app/dist/consumer/'],
    ],
  );
  const installs = stages.find(({ name }) => name === 'dependencies')?.steps.filter(({ keyword }) => keyword === 'RUN');
  assert.equal(
    installs?.map((step) => step.text),
    ['npm ci --omit=dev --ignore-scripts'],
  );
});

test('what it takes from the project is there, and given to Docker', () => {
  const fromProject = stages.flatMap(({ steps }) =>
    steps
      .filter(({ keyword, from }) => keyword === 'COPY' && from === undefined)
      .flatMap(({ words }) => words.slice(0, -1)),
  );
  for (const path of fromProject.map((name) => name.replace(/\/$/, '')))
    assert.ok(existsSync(path) && !isIgnored(path), path);
  for (const path of ['node_modules', '.git', 'simulator/cli/main.ts', 'consumer/kubernetes', 'scripts/test.sh'])
    assert.ok(isIgnored(path), path);
});

test('it does not run as root, and the user is a number', () => {
  assert.equal(valuesOf('USER'), ['1000:1000']);
});

test('signals reach the service, and its health is asked for without a shell', () => {
  assert.equal(valuesOf('STOPSIGNAL'), ['SIGTERM']);
  assert.is(execForm(image, 'ENTRYPOINT').at(-1), 'dist/consumer/main.js');
  assert.equal(execForm(image, 'HEALTHCHECK'), ['node', 'dist/consumer/healthcheck.js']);
  for (const program of ['main', 'healthcheck']) assert.ok(existsSync(`consumer/${program}.ts`));
});

test('it listens where it says', () => {
  const { HTTP_HOST, HTTP_PORT, HTTP_INTERNAL, NODE_ENV } = environmentOf(image);
  assert.equal([HTTP_HOST, NODE_ENV, HTTP_INTERNAL], ['0.0.0.0', 'production', 'off']);
  assert.equal(valuesOf('EXPOSE'), [HTTP_PORT]);
});

test.run();
