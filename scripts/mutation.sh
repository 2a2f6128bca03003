#!/bin/sh
# scripts/mutation.sh — Mutates the oracle and the checkers with Stryker, and writes docs/mutation.md; arguments name files among them, whose results are replaced.
# SIM_MUTATION_TESTS=id-table,log-truth runs these tests alone: id-table.ts is on the way of all others, and takes half an hour with them.
# Stryker comes by npm, on demand: it is too big for everybody's installation.
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P) || exit 70
cd "$root" || exit 70
# shellcheck source=scripts/prepare.sh
. "$root/scripts/prepare.sh"
prepare install || exit

files=''
for name in "$@"; do
  file=$(find simulator/judge/checks simulator/judge/log simulator/judge/oracle simulator/produce/account -name "${name%.ts}.ts")
  if [ -z "$file" ]; then
    echo "mutation: no file $name.ts among those that are mutated" >&2
    exit 64
  fi
  files="$files,$file"
done
if [ -n "$files" ]; then set -- --mutate "${files#,}"; fi
npm exec --yes --package=@stryker-mutator/core@9.6.1 -- stryker run test/mutation/stryker.json --force "$@" || exit
exec node --import tsx test/mutation/report.ts
