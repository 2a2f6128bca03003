# scripts/prepare.sh — Brings node_modules and dist up to date; sourced by ./sim and the scripts, which set `root`.
# shellcheck shell=sh disable=SC2154
# `prepare install build` returns 0 when both are fresh, and 69 when that cannot be had.

NODE_WANTED=20.19 # as `engines` in package.json
UNAVAILABLE=69
WAIT_SECONDS_MAX=${SIM_PREPARE_WAIT_SECONDS:-600}
lock=$root/.sim-prepare.lock
log=$root/.sim-prepare.log

prepare() {
  check_node || return
  [ -d "$root/simulator" ] || return 0 # an installed package brings dist and has no sources
  is_stale "$@" || return 0
  take_lock || return
  trap 'stop 130' HUP INT TERM # 130: interrupted, whatever did it
  bring_up_to_date "$@"
  result=$?
  rm -rf "$lock"
  trap - HUP INT TERM
  return "$result"
}

check_node() {
  if ! found=$(command -v node); then
    say "Node.js >= $NODE_WANTED is needed, and no node was found on PATH. Get it from https://nodejs.org/"
    return $UNAVAILABLE
  fi
  if ! version=$(node --version 2>/dev/null); then
    say "$found does not run: $(node --version 2>&1)"
    return $UNAVAILABLE
  fi
  major=${version#v} && major=${major%%.*}
  minor=${version#v*.} && minor=${minor%%.*}
  if [ "$major" -lt "${NODE_WANTED%.*}" ] || { [ "$major" -eq "${NODE_WANTED%.*}" ] && [ "$minor" -lt "${NODE_WANTED#*.}" ]; }; then
    say "Node.js >= $NODE_WANTED is needed, found ${version#v} at $found. Get a newer one from https://nodejs.org/"
    return $UNAVAILABLE
  fi
}

is_stale() {
  for step in "$@"; do
    "is_${step}_stale" && return 0
  done
  return 1
}

# npm writes this file last, so it is also missing after an installation that was cut short.
is_install_stale() {
  installed=$root/node_modules/.package-lock.json
  [ ! -f "$installed" ] || [ -n "$(find "$root/package-lock.json" -newer "$installed")" ]
}

# The stamp is as old as the build's start: what changed while it ran is newer. A folder is newer when a file left it.
is_build_stale() {
  stamp=$root/dist/.built
  [ ! -f "$stamp" ] || [ -n "$(find "$root/contract" "$root/consumer" "$root/simulator" "$root/tsconfig.json" \
    "$root/scripts/build.mjs" -newer "$stamp" | head -n 1)" ]
}

bring_up_to_date() {
  is_stale "$@" || return 0 # another process did it while it held the lock
  if is_install_stale; then say 'installing dependencies and building (once)…'; else say 'sources changed: building…'; fi
  : >"$log"
  for step in "$@"; do
    "is_${step}_stale" || continue
    "run_$step" && continue
    tail -n 20 "$log" >&2
    say "the $step failed; all of its output is in $log"
    return $UNAVAILABLE
  done
  rm -f "$log"
}

# TypeScript is a development dependency and builds dist: it is installed whatever NODE_ENV or npm's `omit` say.
run_install() {
  rm -f "$root/node_modules/.package-lock.json"
  logged npm ci --include=dev --include=optional --no-audit --no-fund || return
  touch "$root/node_modules/.package-lock.json"
}

run_build() {
  logged node scripts/build.mjs
}

# In the background, so that a signal reaches `stop` at once; the lock names the child too, as it outlives a killed shell.
logged() {
  (CDPATH='' cd -- "$root" && exec "$@") >>"$log" 2>&1 </dev/null &
  echo "$!" >>"$lock/pids"
  wait "$!"
}

stop() {
  kill -TERM $! 2>/dev/null # fails when nothing was started yet
  wait
  rm -rf "$lock" "$log"
  exit "$1"
}

# A lock folder holds the ids of the processes at work. mkdir is atomic everywhere; flock is not there on every system.
take_lock() {
  waited=0
  refused=0
  until mkdir "$lock" 2>/dev/null; do
    if [ ! -d "$lock" ]; then # refused, or freed between the two calls
      refused=$((refused + 1))
      [ "$refused" -ge 5 ] || continue
      say "cannot write to $root, where dependencies and build would go"
      return $UNAVAILABLE
    fi
    break_lock && continue
    [ "$waited" -ne 1 ] || say 'waiting for another launch that is installing or building…'
    if [ "$waited" -ge "$WAIT_SECONDS_MAX" ]; then
      say "another launch holds $lock for more than $WAIT_SECONDS_MAX s; if none is at work, remove that folder"
      return $UNAVAILABLE
    fi
    sleep 1
    waited=$((waited + 1))
  done
  echo "$$" >"$lock/pids"
}

# Of several that see a dead holder, the one that makes `breaking` may remove the lock, after it looked again.
break_lock() {
  holder_is_dead || return
  mkdir "$lock/breaking" 2>/dev/null || return
  if ! holder_is_dead; then
    rmdir "$lock/breaking"
    return 1
  fi
  rm -rf "$lock"
}

# Without ids the holder has only just made the lock, or died right then: a minute tells.
holder_is_dead() {
  pids=$(cat "$lock/pids" 2>/dev/null)
  [ -n "$pids" ] || [ -n "$(find "$lock" -prune -mmin +1 2>/dev/null)" ] || return 1
  for pid in $pids; do
    ! kill -0 "$pid" 2>/dev/null || return 1
  done
}

say() {
  printf 'sim: %s\n' "$*" >&2
}
