# Helpers of the scripts in this folder's parent; sourced, not run.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
script_name=$(basename "$0")
if [ -t 1 ]; then bold=$'\e[1m' plain=$'\e[0m'; else bold='' plain=''; fi

# say TEXT...: a heading of its own.
say() { printf '%s%s%s\n' "$bold" "$*" "$plain"; }

# fail TEXT...: says why and ends the script.
fail() {
    printf '%s: %s\n' "$script_name" "$*" >&2
    exit 1
}

# The processes that this script started and has to end.
started=()

# start COMMAND...: runs it in the background and remembers it. In a process group of its own, so that Ctrl-C reaches this script
# alone, which then ends one after the other in the right order.
start() {
    set -m
    "$@" </dev/null &
    set +m
    started+=($!)
}

# stop_started: ends them, the last one first; gives each 5 s before it is killed.
stop_started() {
    local index pid tries
    for ((index = ${#started[@]} - 1; index >= 0; index--)); do
        pid=${started[index]}
        kill -TERM "$pid" 2>/dev/null || continue
        for ((tries = 0; tries < 50; tries++)); do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.1
        done
        kill -KILL "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    started=()
}

# start_server PROGRAM FOLDER: starts `serve` on a free port, its output below FOLDER; sets `endpoint` once it listens.
start_server() {
    local program=$1 folder=$2 tries
    start "$program" serve --port 0 >"$folder/serve.out" 2>"$folder/serve.err"
    local pid=${started[-1]}
    for ((tries = 0; tries < 200; tries++)); do
        endpoint=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$folder/serve.out" | head -n 1 || true)
        [ -n "$endpoint" ] && return
        if ! kill -0 "$pid" 2>/dev/null; then
            cat "$folder/serve.out" "$folder/serve.err" >&2
            fail "the local server did not start; its output is above"
        fi
        sleep 0.1
    done
    fail "the local server did not say within 20 s where it listens"
}

# clear_environment: the settings of whoever calls the script must not leak into it.
clear_environment() {
    local name
    for name in $(compgen -e); do
        case $name in SMQ_* | WORKER_* | HANDLERS_* | QUEUES_* | DEAD_LETTERS_*) unset "$name" ;; esac
    done
}
