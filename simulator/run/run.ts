// simulator/run/run.ts — One run, top to bottom: provision, own, ready, play, drain, collect, judge, record.
import { InterruptedError } from '../errors.js';
import { declaredBy } from '../sut/load.js';
import { planOf } from '../workload/plan.js';
import { Breakage, expectPossible } from './breakage.js';
import { collectHistory } from './collect.js';
import { expectDiskRoom } from './disk-room.js';
import { drain } from './drain.js';
import { judgeHistory } from './judge.js';
import type { PortsRunOptions, RunOptions } from './options.js';
import { own } from './own.js';
import { planWarnings } from './plan-warnings.js';
import { playLoad } from './play.js';
import type { RunPorts } from './ports.js';
import { provisionServers } from './provision.js';
import { readyRun } from './ready.js';
import { recordRun } from './record.js';
import { type RunResult, serversOf } from './result.js';
import { Watching } from './watching.js';

/** A run on real servers. @throws ScenarioError, InfraError, InterruptedError */
export async function run(options: RunOptions): Promise<RunResult> {
  const { suts, scenario } = options;
  expectPossible(scenario, options.infra, suts.sut);
  const plan = planOf(scenario);
  options.stage('starting', plan);
  for (const warning of planWarnings(plan)) options.say(`warning: ${warning}`);
  await using servers = await provisionServers(scenario, options);
  const { infra } = servers;
  if (infra.kafka.mode === 'local') await expectDiskRoom(plan);
  const signal = AbortSignal.any([options.signal, infra.died]);
  try {
    await using owned = await own({ ...options, plan, infra });
    await using ready = await readyRun({ ...options, ...servers, plan, owned, signal });
    const { channel, listTtlDays } = suts.sut;
    const { keyPrefix } = owned.names;
    const result = await runOn(ready.ports, {
      ...options,
      plan,
      signal,
      sut: { isOpaque: channel === undefined, listTtlDays, declared: declaredBy(suts.sut) },
      beforeCheck: async () => options.hold?.({ redisUrl: infra.redis.connection.url, keyPrefix }),
    });
    return { ...result, servers: serversOf(infra) };
  } catch (error) {
    // Whatever failed first, the reason is that the run was interrupted or lost its servers.
    if (options.signal.aborted) throw new InterruptedError('interrupted', { cause: error });
    if (infra.died.aborted) throw infra.died.reason;
    throw error;
  }
}

/** A run on whatever the ports lead to, from its load to its record. */
export async function runOn(ports: RunPorts, options: PortsRunOptions): Promise<Omit<RunResult, 'servers'>> {
  const { plan, sut, signal, stage } = options;
  const { declared } = sut;
  await using breakage = new Breakage(ports, options);
  const watching = new Watching(ports, { ...options, breakage });
  stage('load', plan);
  const results = await playLoad(ports, { watching, breakage });
  stage('drain', plan);
  // A consumer that shows nothing may commit what it has not applied yet.
  const drained = await drain(ports, {
    plan,
    watching,
    mayMove: sut.isOpaque || plan.scenario.faults.length > 0,
    signal,
  });
  await options.beforeCheck();
  stage('check', plan);
  const history = await collectHistory(ports, { plan, results, drained, watching, breakage, sut, signal });
  const lanes = results.flatMap((result) => result.lanes);
  const judged = await judgeHistory(history, { plan, lanes, openLog: ports.openLog, declared, signal });
  const { harnessRssBytesMax } = watching.sampler;
  return recordRun(ports, {
    ...judged,
    plan,
    dir: options.dir,
    declared,
    history,
    lanes,
    results,
    drained,
    harnessRssBytesMax,
  });
}
