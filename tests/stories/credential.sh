#!/usr/bin/env bash
# credential.sh -- what a body signs of a certificate, fetched from its server
# and read by programs that nobody here wrote: good, suspended, restored,
# withdrawn, and signed by a key that has been rotated since.

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

TODAY=2026-11-24
holds "a body is founded" "$TENSTAR" demo "$DATA" --size 3 --today $TODAY

server=
stop_server() { [ -z "$server" ] || kill -TERM "$server" 2>/dev/null || true; }
trap 'stop_server; wait; rm -rf "$story_dir"' EXIT
mkfifo "$story_dir/said"
start_server() {
    "$TENSTAR" serve --data "$DATA" --listen 127.0.0.1:0 --today $TODAY \
        --json >"$story_dir/said" 2>"$story_dir/log" &
    server=$!
    port=$(jq --unbuffered -n 'input.port' <"$story_dir/said")
}
start_server

# Debian 12's Node 18 has WebCrypto only when it is asked for.
options=()
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] ||
    options=(--experimental-global-webcrypto)

# stands [NUMBER [FILE]]: as foreign programs find it.
stands() {
    node "${options[@]}" tests/foreign/credential/lib/live.mjs \
        "http://127.0.0.1:$port" "${1-$NUMBER}" $TODAY "${@:2}" \
        2>"$story_dir/err" || cat "$story_dir/err"
}

# fetch PATH [CURL-OPTION...]: the body into a file, the status printed.
fetch() {
    curl -sS -o "$story_dir/body" -w '%{http_code}' "${@:2}" \
        "http://127.0.0.1:$port$1"
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

# --- signed with the act ----------------------------------------------------

expect "the certificate is good" "$(stands)" "good credential-1"
expect "its address answers programs" \
    "$(fetch "/c/$NUMBER" -H 'Accept: application/vc')" 200
holds "with what the command line prints" "$TENSTAR" certificate show \
    "$NUMBER" --data "$DATA" --credential
expect "to the letter" "$(cat "$story_dir/out")" "$(cat "$story_dir/body")"
cp "$story_dir/body" "$story_dir/kept.json"
expect "a picture of it is not acceptable" \
    "$(fetch "/c/$NUMBER" -H 'Accept: image/png')" 406
expect "so does a file below it" "$(fetch "/c/$NUMBER/credential.json")" 200
expect "to the letter as well" "$(cat "$story_dir/body")" \
    "$(cat "$story_dir/kept.json")"
expect "the page names changes, paper, credential, token, proof and code" \
    "$(curl -sS "http://127.0.0.1:$port/c/$NUMBER" |
        grep -o "/c/$NUMBER/[a-z.-]*" | uniq | tr '\n' ' ')" \
    "/c/$NUMBER/changes.atom /c/$NUMBER/certificate.pdf\
 /c/$NUMBER/credential.json /c/$NUMBER/credential.jwt\
 /c/$NUMBER/certificate.tlog-proof /c/$NUMBER/square.svg "
expect "so is the picture of the code" "$(fetch "/c/$NUMBER/square.svg")" 200
holds "which is one" grep -q '^<svg ' "$story_dir/body"
expect "the proof is given" \
    "$(fetch "/c/$NUMBER/certificate.tlog-proof")" 200
printf 'log %s\nquorum none\n' "$("$TENSTAR" log vkey --data "$DATA")" \
    >"$story_dir/policy"
cp "$story_dir/body" "$story_dir/certificate.tlog-proof"
holds "and proves it" "$TENSTAR" verify "$story_dir/certificate.tlog-proof" \
    --policy "$story_dir/policy" --on $TODAY
holds "the rules stand where it says" curl -sS -o "$story_dir/rules" \
    "$(jq -r '.relatedResource[0].id' "$story_dir/kept.json" |
        sed "s,^http://[^/]*,http://127.0.0.1:$port,")"
expect "and are the ones that it was judged by" \
    "$(sha256sum <"$story_dir/rules" | cut -d ' ' -f 1)" \
    "$(jq -r '.relatedResource[0].id' "$story_dir/kept.json" |
        sed 's,.*/,,')"
holds "the code on its paper" "$TENSTAR" certificate show "$NUMBER" \
    --data "$DATA" --qr
expect "says more than the address" \
    "$(grep -c "/C/$NUMBER#[A-Z2-7]*\$" "$story_dir/out")" 1

# --- what befalls it --------------------------------------------------------

done_by certificates certificate.suspend code=0111 reasons="热线停用" \
    confirmed=$TODAY
expect "a suspended one is suspended" "$(stands)" "suspended credential-1"
done_by reviewer certificate.restore reasons="已整改"
expect "a restored one is good" "$(stands)" "good credential-1"

# --- the key is rotated -----------------------------------------------------

stop_server
wait "$server" || true
holds "the next key is made" "$TENSTAR" key make credential --data "$DATA" \
    --as admin --today $TODAY
start_server
expect "what the old key signed holds" "$(stands)" "good credential-1"
expect "also from a copy" "$(stands "$NUMBER" "$story_dir/kept.json")" \
    "good credential-1"
holds "nothing is missing" "$TENSTAR" credential make --data "$DATA" \
    --as certificates --today $TODAY --lang en
expect "so nothing is made" "$(cat "$story_dir/out")" \
    "0 credentials were made."
holds "what the first key signed is listed" "$TENSTAR" key uses credential 1 \
    --data "$DATA" --json
expect "this one among it" "$(jq --arg n "$NUMBER" \
    'any(.[]; .number == $n and .serial == 1)' "$story_dir/out")" true

# --- withdrawn --------------------------------------------------------------

done_by reviewer withdrawal.decide code=0116 reasons="停业"
done_by head certificate.withdraw
expect "a withdrawn one is revoked" "$(stands)" "revoked credential-1"
expect "how it stood before is known" \
    "$(fetch "/status/revocation/1?timestamp=2026-11-01T00:00:00Z")" 200
expect "no list for what is to come" \
    "$(fetch "/status/revocation/1?timestamp=2099-01-01T00:00:00Z")" 400
expect "nor one that was not begun" "$(fetch /status/suspension/9)" 404
expect "by the name that its specification has for it" \
    "$(jq -r '.type | split("#")[1]' "$story_dir/body")" \
    STATUS_RETRIEVAL_ERROR

stop_server
wait "$server" || true
server=
holds "everything agrees" "$TENSTAR" check --data "$DATA"
the_end
