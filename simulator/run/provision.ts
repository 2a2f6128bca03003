// simulator/run/provision.ts — Phase 1: a Kafka and a Redis, and a guardian that ends what the run starts even if the run is killed.
import type { StartedInfra } from '../infra/infra.js';
import { type Guardian, startGuardian } from '../infra/processes/guardian.js';
import { provision } from '../infra/provision.js';
import type { Scenario } from '../scenario/schema.js';
import { breakableOptions } from './breakage.js';
import type { RunOptions } from './options.js';

export interface Provisioned extends AsyncDisposable {
  readonly infra: StartedInfra;
  readonly guardian: Guardian;
}

/** @throws InfraError, or the signal's reason */
export async function provisionServers(scenario: Scenario, options: RunOptions): Promise<Provisioned> {
  const guardian = await startGuardian();
  try {
    const breakable = breakableOptions(scenario);
    const infra = await provision({
      ...options.infra,
      ...(breakable ? { breakable } : {}),
      nodes: scenario.topics.replicationFactor > 1 ? 3 : 1,
      logDir: options.logDir,
      say: options.say,
      signal: options.signal,
    });
    const dispose = async () => {
      try {
        await infra[Symbol.asyncDispose]();
      } finally {
        await guardian[Symbol.asyncDispose]();
      }
    };
    return { infra, guardian, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await guardian[Symbol.asyncDispose]();
    throw error;
  }
}
