#!/usr/bin/env bash
# witness.sh -- the log's checkpoints, cosigned: one witness signs, one does not
# know the log, one knows another key, one is down; and a store that was put
# back from an old copy is found out by who has seen more.

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

TODAY=2026-11-24
holds "a body is founded" "$TENSTAR" demo "$DATA" --size 3 --today $TODAY
vkey=$("$TENSTAR" log vkey --data "$DATA")

# --- whoever runs meanwhile --------------------------------------------------

running=
stop_all() {
    # shellcheck disable=SC2086 # they are numbers
    [ -z "$running" ] || kill -TERM $running 2>/dev/null || true
}
trap 'stop_all; wait; rm -rf "$story_dir"' EXIT
mkfifo "$story_dir/said"

# witness NAME LINE...: it watches the logs of these lines; its verifier key
# and its address are in vkey_NAME and at_NAME.
witness() {
    local name=$1 said
    shift
    mkdir -p "$story_dir/$name"
    printf '%s\n' "$@" "quorum none" >"$story_dir/$name/logs.policy"
    "$TENSTAR" witness --data "$story_dir/$name" --name "$name.example" \
        --listen 127.0.0.1:0 --json >"$story_dir/said" \
        2>"$story_dir/$name.log" &
    running="$running $!"
    said=$(jq --unbuffered -c -n input <"$story_dir/said")
    declare -g "vkey_$name=$(jq -r .vkey <<<"$said")"
    declare -g "at_$name=http://127.0.0.1:$(jq -r .port <<<"$said")"
}

server=
start_server() {
    "$TENSTAR" serve --data "$DATA" --listen 127.0.0.1:0 --today $TODAY \
        --json >"$story_dir/said" 2>"$story_dir/log" &
    server=$!
    running="$running $server"
    port=$(jq --unbuffered -n 'input.port' <"$story_dir/said")
}
stop_server() {
    kill -TERM "$server"
    wait "$server" || true
}
fetch() { curl -sS "http://127.0.0.1:$port$1"; }

# log WORD...: tenstar log, what it says into out.
log() {
    "$TENSTAR" log "$@" --data "$DATA" --lang en >"$story_dir/out" \
        2>"$story_dir/err"
}
refuses() {
    local what=$1 id=$2
    shift 2
    if log "$@" --json; then
        fail "$what: went through"
    else
        expect "$what" "$(jq -r .refused.id "$story_dir/out")" "$id"
    fi
}
signed_size() {
    "$TENSTAR" log show --data "$DATA" --json | jq .size || true
}

# soon COMMAND...: it succeeds, now or within a minute.
soon() {
    local tries=600
    while [ $((tries -= 1)) -gt 0 ]; do
        "$@" && return 0
        sleep 0.1
    done
    return 1
}

# A case whose certificate is valid.
is_valid() {
    [ "$("$TENSTAR" certificate show "$1" --data "$DATA" --today $TODAY \
        --json | jq -r .status)" = valid ]
}
while read -r CASE NUMBER; do
    is_valid "$NUMBER" && break
done < <("$TENSTAR" case list --data "$DATA" --as quality --json |
    jq -r '.[] | select(.certificate) | "\(.number) \(.certificate)"')

# --- named by an administrator -----------------------------------------------

# shellcheck disable=SC2154 # witness() sets vkey_NAME and at_NAME
name_witnesses() {
    holds "one that signs" log witness add good "$vkey_good" "$at_good/" \
        --as admin
    holds "one that does not know the log" log witness add stranger \
        "$vkey_stranger" "$at_stranger" --as admin
    holds "one that knows another key of it" log witness add other \
        "$vkey_other" "$at_other" --as admin
    holds "one that is down" log witness add down "$vkey_down" \
        http://127.0.0.1:1 --as admin
}

# other_key: a verifier key of the same log's name that is not the log's.
other_key() {
    local name=${vkey%%+*} key
    key=$(printf 'A%.0s' {1..32})
    printf '%s+%s+%s' "$name" "$(printf '%s\n\001%s' "$name" "$key" |
        sha256sum | cut -c 1-8)" "$(printf '\001%s' "$key" | base64)"
}
witness good "log $vkey"
witness stranger "log example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2L\
KaANYcrnKv3U2k"
witness other "log $(other_key)"
witness down "log $vkey"
kill -TERM "${running##* }"

holds "nobody is named" log witness list
expect "and it is said" "$(cat "$story_dir/out")" "No witness is named."
# shellcheck disable=SC2154
{
    refuses "nobody but an administrator names one" witnesses.names \
        witness add good "$vkey_good" "$at_good" --as head
    refuses "nobody is asked over plain http elsewhere" witnesses.where \
        witness add good "$vkey_good" http://witness.example --as admin
    refuses "a log's key is none of a witness" witnesses.kind \
        witness add good "$vkey" "$at_good" --as admin
}
name_witnesses
refuses "once" witnesses.twice witness add good "$vkey_good" "$at_good" \
    --as admin
holds "they are listed" log witness list --json
expect "in their order" "$(jq -r '[.[] | "\(.name) \(.outcome)"] |
    join(", ")' "$story_dir/out")" \
    "good never, stranger never, other never, down never"

# --- asked by hand -----------------------------------------------------------

# outcomes: what each said last.
outcomes() {
    "$TENSTAR" log witness list --data "$DATA" --json |
        jq -r '[.[] | "\(.name) \(.outcome) \(.told)"] | join(", ")'
}
status=0
log witness ask || status=$?
expect "one that did not sign is found wrong" "$status" 1
expect "each is told of" "$(outcomes)" \
    "good cosigned 0, stranger refused 404, other refused 403, down unreached 0"
first=$(signed_size)

# --- shown -------------------------------------------------------------------

holds "the log shows who signed" log show
expect "which size" "$(grep -c "^Cosigned by good.example at $first entries" \
    "$story_dir/out")" 1
holds "the checkpoint" log checkpoint
expect "has both signatures" "$(grep -c '^— ' "$story_dir/out")" 2
holds "a proof" log proof "$NUMBER" --out "$story_dir/p.tlog-proof"
expect "brings it along" "$(grep -c '^— good.example ' \
    "$story_dir/p.tlog-proof")" 1
holds "so does a copy" log export "$story_dir/copy"
expect "of the same checkpoint" "$(grep -c '^— good.example ' \
    "$story_dir/copy/checkpoint")" 1

# quorum NAME: a policy that wants the cosignature of that witness.
quorum() {
    local key=vkey_$1
    printf 'log %s\nwitness w %s\nquorum w\n' "$vkey" "${!key}" \
        >"$story_dir/policy"
}
verify() {
    "$TENSTAR" verify "$story_dir/p.tlog-proof" --policy "$story_dir/policy" \
        --on $TODAY --json >"$story_dir/out" 2>"$story_dir/err"
}
quorum good
holds "whoever trusts that witness takes the proof" verify
quorum down
if verify; then
    fail "whoever trusts another took it"
fi
expect "and says why not" "$(jq -r '[.findings[] |
    select(.is == "refuted").id] | join(" ")' "$story_dir/out")" proof.quorum

# --- by the server, after each act -------------------------------------------

start_server
done_by certificates certificate.suspend code=0111 reasons="热线停用" \
    confirmed=$TODAY
# cosigned: does the checkpoint that is served cover more, with a cosignature?
cosigned() {
    fetch /log/checkpoint >"$story_dir/note"
    [ "$(sed -n 2p "$story_dir/note")" -gt "$1" ] &&
        grep -q '^— good.example ' "$story_dir/note"
}
holds "it is signed and cosigned, whoever else is down" soon cosigned "$first"
second=$(sed -n 2p "$story_dir/note")
expect "the page shows it" "$(fetch /log?lang=en |
    grep -c "good.example</span> · $second entries")" 1
expect "nobody else has signed" "$(grep -c '^— ' "$story_dir/note")" 2
expect "the server's log says who refused" \
    "$(jq -r 'select(.event == "cosigning.asked") |
        "\(.witness) \(.outcome) \(.told)"' "$story_dir/log" | sort -u |
        grep -v '^good ')" "down unreached 0
other refused 403
stranger refused 404"
stop_server
checked

# --- the store is put back from an old copy ----------------------------------

cp -a "$DATA" "$story_dir/old"
start_server
done_by reviewer certificate.restore reasons="已整改"
holds "more is signed and cosigned" soon cosigned "$second"
third=$(sed -n 2p "$story_dir/note")
stop_server
mv "$DATA" "$story_dir/newest"
cp -a "$story_dir/old" "$DATA"
holds "nothing in the folder tells" "$TENSTAR" check --data "$DATA"

start_server
stopped() { [ -f "$DATA/log.shown" ] && fetch /log | grep -q 'role="alert"'; }
holds "the witness has seen more, and shows it" soon stopped
expect "the server's log says so" "$(jq -r 'select(.event ==
    "cosigning.asked" and .witness == "good") | "\(.outcome) \(.told)"' \
    "$story_dir/log")" "differs $third"
if case_do reviewer certificate.restore reasons="已整改"; then
    fail "an act was signed"
fi
expect "an act waits" "$(jq -r .refused.id "$story_dir/out")" tlog.restored
expect "nothing is signed" "$(signed_size)" "$second"
expect "who wants the register has it" "$(curl -sS -o "$story_dir/body" \
    -w '%{http_code}' "http://127.0.0.1:$port/c/$NUMBER")" 200
stop_server
expect "still nothing is signed" "$(signed_size)" "$second"
if log show --json; then
    fail "the log has not stopped"
fi
expect "the log says why" "$(jq -r .stopped "$story_dir/out")" tlog.restored
if "$TENSTAR" check --data "$DATA" --json >"$story_dir/out" \
    2>"$story_dir/err"; then
    fail "check found nothing"
fi
expect "so does check" "$(jq -r .refused.id "$story_dir/out")" tlog.restored
expect "what it showed is kept" "$(sed -n 2p "$DATA/log.shown")" "$third"
expect "with its signature" "$(grep -c '^— good.example ' "$DATA/log.shown")" 1

# --- the newest is put back --------------------------------------------------

cp "$DATA/log.shown" "$story_dir/newest/log.shown"
rm -r "$DATA"
mv "$story_dir/newest" "$DATA"
checked
holds "what a witness showed is continued again" log show
TODAY=2026-11-25
start_server
done_by certificates certificate.suspend code=0111 reasons="热线停用" \
    confirmed=$TODAY
holds "and signing goes on" soon cosigned "$third"
stop_server

# --- the log changes its key -------------------------------------------------

# A witness and a stranger who know the old key go on during the change.
TODAY=2026-11-26
holds "the log's next key is made" "$TENSTAR" key make log --data "$DATA" \
    --as admin --today $TODAY
expect "both are told" "$("$TENSTAR" log vkey --data "$DATA" | sed -n 2p)" \
    "$vkey"
new=$("$TENSTAR" log vkey --data "$DATA" | sed -n 1p)
log witness ask || true
expect "who knows the old one cosigns" "$(outcomes | cut -d , -f 1)" \
    "good cosigned 0"
holds "what both have signed" log proof "$NUMBER" \
    --out "$story_dir/p.tlog-proof"
expect "has both signatures and the witness's" \
    "$(grep -c '^— ' "$story_dir/p.tlog-proof")" 3
quorum good
holds "who trusts the old key takes it" verify
old=$vkey
vkey=$new
quorum good
holds "so does who trusts the new one" verify
checked

holds "the change is over" "$TENSTAR" key retire log 1 --why rotated \
    --data "$DATA" --as admin --today $TODAY
holds "another act" "$TENSTAR" key make qr --data "$DATA" --as admin \
    --today $TODAY
expect "one key is told" "$("$TENSTAR" log vkey --data "$DATA")" "$new"
holds "a checkpoint" log checkpoint
expect "the new key signs alone" "$(grep -c '^— ' "$story_dir/out")" 1
log witness ask || true
expect "who does not know it refuses" "$(outcomes | cut -d , -f 1)" \
    "good refused 403"
holds "what both had signed" verify
vkey=$old
quorum good
holds "holds for ever, by the old key too" verify
checked

# --- named no longer ---------------------------------------------------------

holds "one that is of no use is named no longer" log witness remove stranger \
    --as admin
refuses "twice" witnesses.unknown witness remove stranger --as admin
expect "three are left" "$("$TENSTAR" log witness list --data "$DATA" --json |
    jq length)" 3

stop_all
running=
the_end
