// simulator/infra/machine/package-commands.ts — The one command that installs a missing program, for the system that asks.
import { findProgram } from './programs.js';

const PACKAGES = {
  java: { 'apt-get': 'openjdk-17-jre-headless', dnf: 'java-17-openjdk-headless', brew: 'openjdk@17' },
  maven: { 'apt-get': 'maven', dnf: 'maven', brew: 'maven' },
  redis: { 'apt-get': 'redis-server', dnf: 'redis', brew: 'redis' },
} as const;

const COMMANDS = {
  'apt-get': 'sudo apt-get update && sudo apt-get install -y --no-install-recommends',
  dnf: 'sudo dnf install -y',
  brew: 'brew install',
} as const;

type PackageTool = keyof typeof COMMANDS;

/** One command, or all three when this system has none of the package managers. */
export function installCommand(program: keyof typeof PACKAGES): string {
  return commandsFor(program).join('   or   ');
}

/** For an error: the commands on lines of their own, indented, so that they can be copied; then another way, if there is one. */
export function installHint(program: keyof typeof PACKAGES, otherwise?: string): string {
  const commands = commandsFor(program).map((command) => `  ${command}`);
  return ['install it:', ...commands, ...(otherwise === undefined ? [] : [`or ${otherwise}`])].join('\n');
}

function commandsFor(program: keyof typeof PACKAGES): string[] {
  const tools = Object.keys(COMMANDS) as PackageTool[];
  const present = tools.find((tool) => findProgram(tool) !== undefined);
  return (present === undefined ? tools : [present]).map((tool) => `${COMMANDS[tool]} ${PACKAGES[program][tool]}`);
}
