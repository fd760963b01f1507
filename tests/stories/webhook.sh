#!/usr/bin/env bash
# webhook.sh -- whoever follows the register: by its list of changes, by a feed,
# and by webhooks to a receiver that nobody here wrote the checks of.

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

running=
stop_all() {
    local p
    for p in $running; do
        kill -TERM "$p" 2>/dev/null || true
        wait "$p" 2>/dev/null || true
    done
}
trap 'stop_all; rm -rf "$story_dir"' EXIT
mkfifo "$story_dir/said"

box=$story_dir/box # what the receiver is told and writes
mkdir "$box"
echo 204 >"$box/says"
: >"$box/heard"
tests/foreign/webhook/receiver.py "$box" >"$story_dir/said" &
running="$running $!"
port=$(jq --unbuffered -n 'input.port' <"$story_dir/said")

# webhook WORD...: tenstar webhook, what it says into out.
webhook() {
    "$TENSTAR" webhook "$@" --data "$DATA" --today "$TODAY" --lang en \
        >"$story_dir/out" 2>"$story_dir/err"
}
# fails WHAT ID WORD...: it is refused.
fails() {
    local what=$1 id=$2
    shift 2
    if webhook "$@" --json; then
        fail "$what: went through"
    else
        expect "$what" "$(jq -r .refused.id "$story_dir/out")" "$id"
    fi
}
# of FILTER: of newcomer's only webhook.
of() {
    webhook list --as newcomer --json && jq -r ".[0] | $1" "$story_dir/out"
}
# heard FILTER: of the last message that came.
heard() { tail -n 1 "$box/heard" | jq -r "$1"; }
count() { wc -l <"$box/heard"; }
# sends WHAT STATUS TAKEN/WAITING/STOPPED
sends() {
    local status=0
    webhook send --json || status=$?
    expect "$1" "$status $(jq -r '"\(.taken)/\(.waiting)/\(.stopped)"' \
        "$story_dir/out")" "$2 $3"
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

founded 2026-03-02
use_scheme schemes/ten-star
opened ten
carry upkeep
number=$(show .certificate.number)
uscc=$(show .enterprise.uscc)

# --- who may be called --------------------------------------------------------

here="http://127.0.0.1:$port/hook?key=word"
fails "this machine is not called" webhook.address add "$here" \
    --number "$number" --as newcomer
fails "nor by another of its names" webhook.address add \
    "https://localhost:$port/" --number "$number" --as newcomer
fails "only an administrator lets it be" outbox.names local on --as newcomer
holds "who does" webhook local on --as admin
fails "an address is one" webhook.address add "ftp://shop.example/" \
    --number "$number" --as newcomer
fails "a number is one of the register" lookup.number add "$here" \
    --number NONE --as newcomer
fails "a code has its check character" changes.uscc add "$here" \
    --uscc 91350100M000100Y44 --as newcomer
fails "and one of the two is said" hook.about add "$here" --as newcomer
holds "a private network is taken for an address" webhook add \
    https://10.0.0.1/ --number "$number" --as newcomer
fails "and never called" webhook.private try 1 --as newcomer
holds "it ends" webhook remove 1 --as newcomer

# --- told ---------------------------------------------------------------------

holds "a webhook is made" webhook add "$here" --number "$number" \
    --as newcomer --json
jq -r .secret "$story_dir/out" >"$box/secret"
expect "its secret is one" "$(grep -c '^whsec_' "$box/secret")" 1
holds "it is tried" webhook try 1 --as newcomer
expect "the signature is right" "$(heard '"\(.right) \(.body.type)"')" \
    "true webhook.try"
sends "nothing from before is told" 0 0/0/0

CASE_NUMBER=$CASE
suspend() {
    done_by certificates certificate.suspend code=0111 reasons=x \
        confirmed="$TODAY"
}
restore() { done_by reviewer certificate.restore reasons=x; }
suspend
before=$(count)
sends "a suspension is told" 0 1/0/0
expect "once" "$(count)" $((before + 1))
expect "signed" "$(heard .right)" true
expect "as what" "$(heard '"\(.body.type) \(.body.data.number)"')" \
    "certificate.suspended $number"
expect "without a reason" "$(heard '.body.data | has("reasons")')" false
expect "as JSON" "$(heard .type)" application/json
sends "and is not told again" 0 0/0/0

# --- not taken ----------------------------------------------------------------

for says in 500 302; do
    echo "$says" >"$box/says"
    if [ "$says" = 500 ]; then restore; fi
    sends "status $says: it waits" 1 0/1/0
    expect "which is said" "$(of '"\(.state) \(.fault) \(.status)"')" \
        "failing answered $says"
done
first=$(heard '"\(.id) \(.body|tojson)"')
suspend
echo 204 >"$box/says"
sends "then both are taken" 0 2/0/0
expect "in the log's order" "$(tail -n 2 "$box/heard" |
    jq -r .body.data.act | tr '\n' ' ')" "restored suspended "
expect "the same to the byte" "$(tail -n 2 "$box/heard" | head -n 1 |
    jq -r '"\(.id) \(.body|tojson)"')" "$first"
echo 410 >"$box/says"
restore
sends "a receiver that is gone" 1 0/0/1
expect "stops it" "$(of '"\(.state) \(.waiting)"')" "stopped 1"
sends "and is called no more" 0 0/0/0
echo 204 >"$box/says"
holds "until its owner lets it go on" webhook resume 1 --as newcomer
sends "with all that waited" 0 1/0/0
expect "every signature was right" \
    "$(jq -r .right "$box/heard" | sort -u)" true

# --- a server that dies -------------------------------------------------------

served() {
    jq .port "$story_dir/served" >"$story_dir/port" 2>/dev/null &&
        [ -s "$story_dir/port" ]
}
serve() {
    rm -f "$story_dir/served"
    "$TENSTAR" serve --data "$DATA" --listen 127.0.0.1:0 --today "$TODAY" \
        --json >"$story_dir/served" 2>"$story_dir/log" &
    server=$!
    running="$running $server"
    soon served
    site=http://127.0.0.1:$(cat "$story_dir/port")
}
echo hang >"$box/says"
suspend
before=$(count)
serve
came() { [ "$(count)" -gt "$before" ]; }
holds "a server tells it by itself" soon came
lost=$(heard .id)
kill -KILL "$server"
wait "$server" 2>/dev/null || true
expect "what it had in its hands waits" "$(of .waiting)" 1
echo 204 >"$box/says"
TODAY=$(date -d "$TODAY + 1 day" +%F)
before=$(count)
serve
holds "and the next server tells it" soon came
expect "under the same id" "$(heard .id)" "$lost"
expect "its log does not say where" "$(grep -c 'key=word' "$story_dir/log" ||
    true)" 0

# --- changes and feeds --------------------------------------------------------

curl -s "$site/api/v1/changes?limit=2" >"$story_dir/out"
expect "two changes" "$(jq -r '[.changes[].act] | join(" ")' \
    "$story_dir/out")" "issued suspended"
expect "and more" "$(jq .more "$story_dir/out")" true
all=
address="/api/v1/changes?limit=2"
while :; do
    curl -s "$site$address" >"$story_dir/out"
    all="$all$(jq -r '[.changes[] | .index] | join(" ")' "$story_dir/out") "
    address=$(jq -r .next_address "$story_dir/out")
    [ "$(jq .more "$story_dir/out")" = true ] || break
done
expect "each of them once, in order" "$(echo "$all" | tr -s ' ' '\n' |
    grep -c .)" "$(curl -s "$site/api/v1/changes?limit=1000" |
    jq '.changes | length')"
expect "by number and by code alike" \
    "$(curl -s "$site/api/v1/changes?number=$number" | jq -c .changes)" \
    "$(curl -s "$site/api/v1/changes?uscc=$uscc" | jq -c .changes)"
expect "the day before the suspensions" "$(curl -s \
    "$site/api/v1/certificates/$number?on=$(date -d "$TODAY - 2 days" +%F)" |
    jq -r '.id // .status')" lookup.not_then
for feed in /changes.atom "/c/$number/changes.atom" \
    "/holders/$uscc/changes.atom"; do
    curl -s "$site$feed?lang=en" >"$story_dir/feed"
    holds "$feed is well-formed" xmllint --noout "$story_dir/feed"
    holds "$feed is a feed of RFC 4287" xmllint --noout \
        --relaxng tests/foreign/webhook/atom.rng "$story_dir/feed"
    expect "$feed: its entries" "$(grep -c '<entry>' "$story_dir/feed")" 6
done
kill -TERM "$server"
wait "$server" || true
expect "$CASE_NUMBER is as sound as before" "$("$TENSTAR" check --data "$DATA" \
    --today "$TODAY" >/dev/null 2>&1 && echo sound)" sound

stop_all
running=
the_end
