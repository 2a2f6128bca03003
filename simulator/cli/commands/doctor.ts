// simulator/cli/commands/doctor.ts — `sim doctor`: what this machine has and lacks.
import { EXIT } from '../../errors.js';
import { commandOf } from '../command.js';

export const doctorCommand = commandOf({
  command: 'doctor',
  describe: 'Say what is there, what is missing, and how to get it',
  examples: [],
  isPrinted: true,
  positionals: {},
  options: {},
  handler: async (_args, context) => {
    const { doctor } = await import('../handlers/doctor.js');
    return (await doctor(context)) ? EXIT.pass : EXIT.infrastructure;
  },
});
