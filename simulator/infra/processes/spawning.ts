// simulator/infra/processes/spawning.ts — Starting a program: what the system refuses at once is told as what it refuses later is.
import { InfraError } from '../../errors.js';

/**
 * Node.js reports a missing program as an event, and throws what else is wrong: too many arguments, a path that is too
 * long or goes in circles, or no memory.
 * @param name of the program, for people
 * @param spawn starts it
 * @throws InfraError
 */
export function spawned<Child>(name: string, spawn: () => Child): Child {
  try {
    return spawn();
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new InfraError(`${name} could not be started: ${said}`, {
      hint: 'check the path of the program, and the length of its arguments and variables',
      cause,
    });
  }
}
