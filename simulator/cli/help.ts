// simulator/cli/help.ts — What `sim --help` teaches beside the list of commands.
import { EXIT_CODES } from '../errors.js';

export const USAGE = `$0 <command>

Plays millions of article, comment, like and view events into a Kafka + Redis hot-article pipeline,
and says whether the ranking was right, how fast it was, and where it went wrong.`;

const EXIT_TEXT = EXIT_CODES.map(({ code, meaning }) => `  ${String(code).padEnd(4)} ${meaning}`).join('\n');

export const EPILOGUE = `Exit codes
${EXIT_TEXT}

Kafka and Redis are taken, in this order, from --brokers/--redis (or SIM_BROKERS/SIM_REDIS),
from \`sim up\`, from a running docker compose, or started here for this run and stopped after it.

Examples
  sim run scenarios/quickstart.json                     the main job
  sim run scenarios/peak-day.json --set seed=7          another day of the same kind
  sim run my.json --brokers kafka:9092 --redis redis://cache:6379/3
  sim report reports/quickstart/latest                  render the report again
  sim check reports/quickstart/latest                   judge it again, without any server
  sim extract reports/quickstart/latest -o found.json   keep what went wrong as a test`;
