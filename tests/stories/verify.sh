#!/usr/bin/env bash
# verify.sh -- a buyer with a certificate in hand: what `tenstar verify` proves
# of paper, credential, code, proof and number, and what it says is not proved.

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

samples=$story_dir/samples
mkdir "$samples"
holds "a body signs" "$(dirname "$TENSTAR")/foreign_samples" "$samples"
PAPER=fuzz/corpus/verify/paper.pdf

SAY=en

# verify STATUS WORD...: what it says into out, in the language SAY.
verify() {
    local want=$1 status=0
    shift
    "$TENSTAR" verify --lang "$SAY" "$@" >"$story_dir/out" 2>"$story_dir/err" ||
        status=$?
    expect "$(line): the status of verify $*" "$status" "$want"
}

# said NAME: that is all it said (tests/golden/verify).
said() {
    expect "$(line): it says" "$(cat "$story_dir/out")" \
        "$(cat "tests/golden/verify/$1")"
}

# refuted ID: the first reason against it.
refuted() {
    expect "$(line): the reason" \
        "$(jq -r '[.findings[] | select(.is == "refuted").id][0] // "none"' \
            "$story_dir/out")" "$1"
}

# --- a credential ---------------------------------------------------------

verify 0 "$samples/plain.json" --keys "$samples/did.json" --on 2026-06-01
said credential.en
SAY=zh
verify 0 "$samples/plain.json" --keys "$samples/did.json" --on 2026-06-01
SAY=en
said credential.zh

verify 0 - --keys "$samples/did.json" --on 2026-06-01 --json \
    <"$samples/plain.jwt"
expect "a token on standard input" \
    "$(jq -r '.thing + " " + .number + " " + .verdict' "$story_dir/out")" \
    "credential 71226SC0006R0S partly"

sed 's/91990000MA0000001X/91990000MA0000002X/' "$samples/plain.json" \
    >"$story_dir/forged.json"
verify 1 "$story_dir/forged.json" --keys "$samples/did.json" \
    --on 2026-06-01 --json
refuted sealed.signature
verify 1 "$samples/plain.json" --keys "$samples/did.json" --on 2029-03-01 \
    --json
refuted credential.late

# --- with the body's lists: this one was revoked --------------------------

site=$story_dir/site
mkdir -p "$site/.well-known" "$site/status/revocation" \
    "$site/status/suspension"
cp "$samples/did.json" "$site/.well-known/did.json"
cp "$samples/revocation.json" "$site/status/revocation/1"
cp "$samples/suspension.jwt" "$site/status/suspension/1"
verify 1 "$samples/plain.json" --from "$site" --on 2026-06-01 --json
refuted verify.revoked
expect "but it is not suspended" "$(jq -r '.findings[] |
    select(.id == "verify.status_clear").message' "$story_dir/out")" \
    "By the body's list of 1 June 2026 it is not suspended."

# --- a code, an address ---------------------------------------------------

verify 0 "$(cat "$samples/qr.txt")" --keys "$samples/did.json" \
    --on 2026-06-01 --json
expect "a code says whose it is" "$(jq -r '.findings[] |
    select(.id == "verify.qr_signed").arguments.did' "$story_dir/out")" \
    did:web:register.example.cn
verify 1 "$(cat "$samples/qr-bare.txt")" --keys "$samples/did.json" --json
expect "an address proves nothing" "$(jq -r .verdict "$story_dir/out")" nothing

# --- a paper --------------------------------------------------------------

verify 0 $PAPER --keys "$samples/did.json" --on 2026-06-01
expect "who stamped it, and when" \
    "$(grep -c 'Example Time vouches .* on 1 March 2026' \
        "$story_dir/out")" 1
expect "who signed it" "$(grep -c 'The whole PDF .*CN=示例认证中心' \
    "$story_dir/out")" 1
openssl_agrees() (
    page=$PWD/$1 scripts=$PWD/docs/verify-yourself
    cd "$story_dir"
    python3 "$scripts/cms.py" "$page" && openssl cms -verify -binary \
        -inform DER -in signature.der -content signed -noverify -out /dev/null
)
holds "OpenSSL agrees (docs/verify-yourself.md)" openssl_agrees $PAPER
verify 1 fuzz/corpus/verify/paper-altered.pdf --keys "$samples/did.json" --json
refuted verify.cms_content
expect "OpenSSL refuses it too" \
    "$(openssl_agrees fuzz/corpus/verify/paper-altered.pdf 2>&1 |
        grep -c 'CMS Verification failure')" 1
(cat $PAPER && echo more) >"$story_dir/longer.pdf"
verify 1 "$story_dir/longer.pdf" --json
refuted verify.pdf_partly

# --- a number, by a copy of the log ---------------------------------------

TODAY=2026-11-24
holds "a body is founded" "$TENSTAR" demo "$DATA" --size 3 --today $TODAY
holds "its log is signed" "$TENSTAR" log checkpoint --data "$DATA" \
    --today $TODAY
holds "and copied" "$TENSTAR" log export "$story_dir/copy" --data "$DATA"
printf 'log %s\nquorum none\n' "$("$TENSTAR" log vkey --data "$DATA")" \
    >"$story_dir/policy"
number=$(grep -ao '"number":"[0-9A-Z]*","scheme"' \
    "$(find "$story_dir/copy/tile/entries" -type f)" | head -1 | cut -d'"' -f4)
verify 1 "$number" --from "$story_dir/copy" --json
expect "without trust in a log a number is nothing" \
    "$(jq -r .verdict "$story_dir/out")" nothing
verify 0 "$number" --from "$story_dir/copy" --policy "$story_dir/policy" \
    --on $TODAY --json
expect "by the log it is in force" "$(jq -r '[.findings[].id] |
    index("verify.stands_valid") != null' "$story_dir/out")" true
verify 1 00025SC9999R0M --from "$story_dir/copy" \
    --policy "$story_dir/policy" --json
refuted verify.stands_not_yet

holds "a proof is written" "$TENSTAR" log proof "$number" --data "$DATA" \
    --out "$story_dir/p.tlog-proof"
verify 0 "$story_dir/p.tlog-proof" --policy "$story_dir/policy" --json
sed 's/^index .*/index 1/' "$story_dir/p.tlog-proof" \
    >"$story_dir/q.tlog-proof"
verify 1 "$story_dir/q.tlog-proof" --policy "$story_dir/policy" --json
refuted proof.path

bundle=$(find "$story_dir/copy/tile/entries" -type f | head -1)
sed -i "s/$number/${number%?}X/" "$bundle"
verify 1 "$number" --from "$story_dir/copy" --policy "$story_dir/policy" --json
refuted log_copy.root

# --- nothing --------------------------------------------------------------

verify 1 "hello, world" --json
refuted verify.unknown
verify 1 "$story_dir/none.pdf" --json
expect "a file that is not there" \
    "$(jq -r .refused.id "$story_dir/out")" file.missing
verify 2 "$number" --on yesterday --json
verify 2

the_end
