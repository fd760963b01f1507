#!/usr/bin/env bash
# backup.sh -- an installation is backed up while its server works, its folder
# is lost, and what comes back is what was there: pages, log and files; a
# backup of before is brought back too, and what was altered is refused.

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

TODAY=2026-11-24
BACKUPS=$story_dir/backups
AGAIN=$story_dir/again
holds "a body is founded" "$TENSTAR" demo "$DATA" --size 3 --today $TODAY
holds "its log is signed" "$TENSTAR" log checkpoint --data "$DATA" \
    --today $TODAY

# fails WHAT ID COMMAND...: refused, with this error.
fails() {
    local what=$1 id=$2 status=0
    shift 2
    "$@" --json >"$story_dir/out" 2>"$story_dir/err" || status=$?
    expect "$what" "$status $(cat "$story_dir/out" "$story_dir/err" |
        jq -r '.error.id // .refused.id // .id' 2>/dev/null | head -1)" "1 $id"
}

# --- while it works ---------------------------------------------------------

mkfifo "$story_dir/said"
"$TENSTAR" serve --data "$DATA" --listen 127.0.0.1:0 --today $TODAY --json \
    >"$story_dir/said" 2>"$story_dir/log" &
server=$!
trap 'kill -TERM "$server" 2>/dev/null || true; wait; rm -rf "$story_dir"' EXIT
site=http://127.0.0.1:$(jq --unbuffered -n 'input.port' <"$story_dir/said")
number=$(curl -sS "$site/api/v1/changes?limit=1" | jq -r '.changes[0].number')
curl -sS "$site/api/v1/certificates/$number" >"$story_dir/before.json"

holds "a backup is made while it serves" "$TENSTAR" backup "$BACKUPS" \
    --data "$DATA" --json
first=$(jq -r .name "$story_dir/out")
expect "all of it is new" "$(jq '.pieces == .new_pieces and .rows > 100' \
    "$story_dir/out")" true
holds "so is another" "$TENSTAR" backup "$BACKUPS" --data "$DATA" --json
expect "which writes next to nothing" "$(jq '.new_pieces < 10' \
    "$story_dir/out")" true
kill -TERM "$server"
wait "$server"

# --- what happens after it --------------------------------------------------

holds "a case is opened since" "$TENSTAR" tick --data "$DATA" \
    --today 2026-11-25
holds "and a third backup made" "$TENSTAR" backup "$BACKUPS" --data "$DATA"
holds "there are three" "$TENSTAR" restore "$BACKUPS" --list --json
expect "the newest first" "$(jq -r '.[2].name' "$story_dir/out")" "$first"

# --- the folder is lost -----------------------------------------------------

fails "without keys nothing comes back" backup.no_keys \
    "$TENSTAR" restore "$BACKUPS" --data "$AGAIN"
mkdir -m 700 "$AGAIN"
cp -r "$DATA/keys" "$AGAIN/"
rm -rf "$DATA"
holds "the first comes back" "$TENSTAR" restore "$BACKUPS" --data "$AGAIN" \
    --to "$first"
holds "and agrees" "$TENSTAR" check --data "$AGAIN"
fails "a second time it does not" app.exists \
    "$TENSTAR" restore "$BACKUPS" --data "$AGAIN"
holds "a certificate is as it was" "$TENSTAR" certificate show "$number" \
    --data "$AGAIN" --today $TODAY --json
expect "to the status" "$(jq -r .status "$story_dir/out")" \
    "$(jq -r .status "$story_dir/before.json")"

# --- what was altered -------------------------------------------------------

mkdir -m 700 "$DATA"
cp -r "$AGAIN/keys" "$DATA/"
find "$BACKUPS/packs" -type f | while read -r pack; do
    printf X | dd of="$pack" bs=1 seek=40 conv=notrunc 2>/dev/null
done
fails "a byte that was changed is found" backup.piece \
    "$TENSTAR" restore "$BACKUPS" --data "$DATA"

the_end
