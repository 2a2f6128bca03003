// test/e2e/faults-life.e2e.test.ts — Faults that cannot be had, and whose run is ended in the middle of them.
// runs alone: it breaks servers under paced load
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  privateTemporaryFolder,
  processesOf,
  startSim,
  type TemporaryFolder,
  temporaryFolder,
} from '../support/sim.js';

const life = suite<{ folder: TemporaryFolder }>('life of faults');

life.before.each((context) => {
  context.folder = temporaryFolder();
});
life.after.each(({ folder }) => folder.remove());

function writeScenario(folder: TemporaryFolder, ...faults: readonly Readonly<Record<string, unknown>>[]): string {
  const file = join(folder.path, 'one-fault.json');
  const content = {
    description: 'One fault.',
    clock: { start: '2024-10-01T00:00:00', speed: 5760 },
    articles: { perDay: 1000 },
    arrivals: [{ name: 'day', shape: 'constant', durationHours: 24, events: 10_000 }],
    faults,
  };
  writeFileSync(file, JSON.stringify(content));
  return file;
}

/** Command lines of the processes with a private folder that the kernel has stopped. */
function frozenIn(folder: string): string[] {
  return processesOf(folder).filter((line) => {
    try {
      return /^State:\s+T/m.test(readFileSync(`/proc/${Number.parseInt(line, 10)}/status`, 'utf8'));
    } catch {
      return false;
    }
  });
}

const FROZEN_WITHIN_MS = 60_000;

for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGKILL', null],
] as const) {
  life(
    `${signal} while a consumer and a broker are paused leaves nothing frozen and nothing running`,
    async ({ folder }) => {
      const temporary = privateTemporaryFolder();
      try {
        // The first asks Kafka about the group before it pauses anything.
        const file = writeScenario(
          folder,
          { kind: 'consumer-pause', at: { progress: 0.05 }, forSeconds: 300 },
          { kind: 'broker-pause', at: { progress: 0.3 }, forSeconds: 300 },
        );
        const sim = startSim(['run', file, '--reports', folder.path], temporary.env);
        await sim.until(/^load: /m);
        const deadlineMs = performance.now() + FROZEN_WITHIN_MS;
        const frozen = () => frozenIn(temporary.env.TMPDIR ?? '');
        while (frozen().length < 2 && performance.now() < deadlineMs) await sleep(50);
        const isFrozen = (command: string) => frozen().some((line) => line.includes(command));
        assert.equal([frozen().length, isFrozen('--enable-source-maps'), isFrozen('java')], [2, true, true]);
        sim.kill(signal);
        const ended = await sim.ended;
        assert.is(ended.exitCode, exitCode, ended.stdout + ended.stderr);
        assert.equal(await temporary.left(), { directories: [], processes: [] });
      } finally {
        temporary.remove();
      }
    },
  );
}

for (const kind of ['broker-kill', 'redis-full', 'link-drop']) {
  life(`a ${kind} of servers that were given is refused by name, before anything is started`, async ({ folder }) => {
    const file = writeScenario(folder, { kind, at: { progress: 0.5 } });
    // Nothing listens there, so asking these servers first would give another message.
    const servers = ['--brokers', '127.0.0.1:1', '--redis', 'redis://127.0.0.1:1'];
    const { exitCode, stdout, stderr } = await startSim(['run', file, '--reports', folder.path, ...servers]).ended;
    assert.is(exitCode, 64, stdout + stderr);
    const refusal = `faults[0]: ${kind}: the servers at the addresses given are not this run’s to break`;
    assert.match(stdout + stderr, refusal);
    assert.not.match(stdout + stderr, 'Kafka:');
  });
}

life.run();
