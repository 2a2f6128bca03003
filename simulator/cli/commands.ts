// simulator/cli/commands.ts — Every command of the line, in the order in which help lists them.
import type { Command } from './command.js';
import { checkCommand } from './commands/check.js';
import { cleanCommand } from './commands/clean.js';
import { doctorCommand } from './commands/doctor.js';
import { downCommand } from './commands/down.js';
import { extractCommand } from './commands/extract.js';
import { initCommand } from './commands/init.js';
import { listCommand } from './commands/list.js';
import { planCommand } from './commands/plan.js';
import { reportCommand } from './commands/report.js';
import { runCommand } from './commands/run.js';
import { upCommand } from './commands/up.js';
import { validateCommand } from './commands/validate.js';

export const COMMANDS: readonly Command[] = [
  runCommand,
  validateCommand,
  planCommand,
  listCommand,
  initCommand,
  reportCommand,
  checkCommand,
  extractCommand,
  upCommand,
  downCommand,
  cleanCommand,
  doctorCommand,
];
