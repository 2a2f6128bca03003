// consumer/main.ts — The hot-article consumer as a program.

import { runProgram, type ServiceOptions } from './process.js';
import { Service } from './service.js';
import { readConfig } from './settings/config.js';
import { helpText } from './settings/usage.js';

const program = {
  name: 'hot-article',
  help: () => helpText(),
  create: (options: ServiceOptions) => new Service(options),
  exit: (code: number) => process.exit(code),
};
await runProgram(program, readConfig(process.env, process.argv.slice(2)));
