#!/usr/bin/env bash
# tampered.sh -- somebody changes an event of a case right in the store:
# `tenstar check` names it, the case takes no command, the server signs nothing
# on top of it and goes on answering. [17065 7.12]

cd "$(dirname "$0")/.."
# shellcheck source=tests/story.sh
. tests/story.sh

TODAY=2026-11-24
holds "a demonstration" "$TENSTAR" demo "$DATA" --today $TODAY
holds "in which everything fits" "$TENSTAR" check --data "$DATA"
cp -r "$DATA" "$story_dir/mended"
CASE=$("$TENSTAR" case list --data "$DATA" --json |
    jq -r '[.[] | select(.stage == "certificate")][0].number')
NUMBER=$("$TENSTAR" case list --data "$DATA" --json |
    jq -r '[.[].certificate | values][0]')

# sql STATEMENT [VALUE...]: run it in the store, print the first row's first.
sql() {
    python3 - "$DATA/tenstar.db" "$@" <<'END'
import sqlite3, sys

with sqlite3.connect(sys.argv[1]) as db:
    row = db.execute(sys.argv[2], sys.argv[3:]).fetchone()
    print(row[0] if row else "")
END
}

# refusal COMMAND...: exit status, id, and what it names.
refusal() {
    local status=0
    "$TENSTAR" "$@" --data "$DATA" --json >"$story_dir/out" \
        2>"$story_dir/err" || status=$?
    echo "$status $(jq -r '.refused | [.id, .arguments.stream?,
        .arguments.event?] | map(values) | join(" ")' "$story_dir/out")"
}

# --- an event of the ninth line is changed ----------------------------------

sql "UPDATE journal SET body = replace(body, '2026', '2025')
    WHERE version = 9 AND stream = (SELECT id FROM stream WHERE number = ?)" \
    "$CASE" >"$story_dir/out"
before=$(sql "SELECT count(*) FROM log_checkpoint")
expect "it is named, with its case" "$(refusal check)" \
    "1 journal.tampered $CASE 9"
expect "the certificate that was due is not issued" \
    "$(refusal case 'do' "$CASE" certificate.issue --as certificates \
        --today $TODAY)" "1 journal.tampered $CASE 9"
expect "nor anything else" "$(sql "SELECT count(*) FROM certificate
    WHERE case_id = (SELECT id FROM stream WHERE number = ?)" "$CASE")" 0

# --- the server -------------------------------------------------------------

server=
stop_server() { [ -z "$server" ] || kill -TERM "$server" 2>/dev/null || true; }
trap 'stop_server; wait; rm -rf "$story_dir"' EXIT

# serve: on a free port; ask PATH: the status of the answer.
serve() {
    rm -f "$story_dir/said"
    mkfifo "$story_dir/said"
    "$TENSTAR" serve --data "$DATA" --listen 127.0.0.1:0 --today $TODAY \
        --json >"$story_dir/said" 2>"$story_dir/log" &
    server=$!
    port=$(jq --unbuffered -n 'input.port' <"$story_dir/said")
}
ask() { curl -sS -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port$1"; }

# Wait for a line of the sequencer, or for the server's end; what it said.
hear() {
    grep -qm1 '"event":"sequencer"' \
        < <(tail -n +1 -f --pid="$server" "$story_dir/log") || true
}
said() {
    jq -r 'select(.event == "sequencer") | "\(.id) \(.error_event)"' \
        "$story_dir/log"
}

serve
expect "the register answers" "$(ask "/c/$NUMBER")" 200
expect "for programs too" "$(ask "/api/v1/certificates/$NUMBER")" 200
hear
kill -TERM "$server"
wait "$server" || fail "the server ends in good order"
server=
expect "it said why it signs nothing, once" "$(said)" "journal.tampered 9"
expect "and signed nothing" "$(sql "SELECT count(*) FROM log_checkpoint")" \
    "$before"

# --- mended -----------------------------------------------------------------

rm -rf "$DATA"
cp -r "$story_dir/mended" "$DATA"
serve
expect "the register answers" "$(ask "/c/$NUMBER")" 200
done_by certificates certificate.issue
kill -TERM "$server"
wait "$server" || fail "the server ends in good order"
server=
expect "nothing was amiss" "$(said)" ""
holds "everything fits again" "$TENSTAR" check --data "$DATA"

the_end
