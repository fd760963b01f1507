#!/usr/bin/env bash
# proof.sh -- one certificate from the body's act to a stranger's desk: its
# paper, credential, code and number, checked offline against a copy of the log
# and the log's verifier key, and nothing else. [M20] [17065 7.7]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

TODAY=2026-11-24
holds "a body is founded" "$TENSTAR" demo "$DATA" --today $TODAY

# certificate STATUS: the number of the first that stands so.
certificate() {
    "$TENSTAR" case list --data "$DATA" --json --today $TODAY |
        jq -r '.[].certificate | values' | while read -r number; do
        "$TENSTAR" certificate show "$number" --data "$DATA" --today $TODAY \
            --json | jq -r --arg want "$1" \
            'select(.status == $want).number'
    done | sed -n 1p
}
valid=$(certificate valid)
suspended=$(certificate suspended)
expect "there is a valid one" "${valid:+yes}" yes
expect "and a suspended one" "${suspended:+yes}" yes

# --- what the body hands out --------------------------------------------------

show() { "$TENSTAR" certificate show "$@" --data "$DATA" --today $TODAY; }
show "$valid" --credential >"$story_dir/valid.json"
show "$valid" --jwt >"$story_dir/valid.jwt"
show "$valid" --qr >"$story_dir/valid.qr"
show "$suspended" --credential >"$story_dir/suspended.json"
holds "the paper" "$TENSTAR" certificate pdf "$valid" --data "$DATA" \
    --today $TODAY --out "$story_dir/valid.pdf"
holds "its place in the log" "$TENSTAR" log proof "$valid" --data "$DATA" \
    --today $TODAY --out "$story_dir/valid.tlog-proof"
copy=$story_dir/copy
holds "a copy of the log" "$TENSTAR" log export "$copy" --data "$DATA" \
    --today $TODAY
holds "with the document of the keys" test -s "$copy/did.json"
holds "and the lists" test -s "$copy/status/revocation/1" -a \
    -s "$copy/status/suspension/1"

# What the stranger has from elsewhere: the log's verifier key.
policy=$story_dir/policy
printf 'log %s\nquorum none\n' "$("$TENSTAR" log vkey --data "$DATA")" \
    >"$policy"

# --- the stranger -------------------------------------------------------------

# verify STATUS THING [OPTION...]: what it says as JSON into out.
verify() {
    local want=$1 status=0
    shift
    "$TENSTAR" verify "$@" --policy "$policy" --on $TODAY --json \
        >"$story_dir/out" 2>"$story_dir/err" || status=$?
    expect "$(line): the status of verify" "$status" "$want"
}
verdict() { jq -r .verdict "$story_dir/out"; }
first() { jq -r --arg is "$1" '[.findings[] | select(.is == $is).id][0] //
    "none"' "$story_dir/out"; }

for thing in "$story_dir/valid.json" "$story_dir/valid.jwt"; do
    verify 0 "$thing" --from "$copy"
    expect "the credential holds, as far as the copy goes" "$(verdict)" partly
done
verify 0 "$(cat "$story_dir/valid.qr")" --from "$copy"
expect "so does the code, as far as it goes" "$(first refuted)" none
verify 0 "$valid" --from "$copy"
expect "and the number" "$(first refuted)" none
verify 0 "$story_dir/valid.pdf" --from "$copy"
expect "and the paper" "$(first refuted)" none
verify 0 "$story_dir/valid.tlog-proof"
expect "and the proof, alone" "$(first refuted)" none

verify 1 "$story_dir/suspended.json" --from "$copy"
expect "a suspended one does not" "$(first refuted)" verify.suspended

# --- what was tampered with ---------------------------------------------------

sed 's/"zh-CN"/"en"/; s/示例/真实/' "$story_dir/valid.json" >"$story_dir/x.json"
verify 1 "$story_dir/x.json" --from "$copy"
expect "another name" "$(first refuted)" sealed.signature

python3 -B - "$story_dir/valid.pdf" "$story_dir/x.pdf" <<'END'
import sys
whole = bytearray(open(sys.argv[1], "rb").read())
whole[len(whole) // 3] ^= 1
open(sys.argv[2], "wb").write(whole)
END
verify 1 "$story_dir/x.pdf" --from "$copy"
expect "another byte of the paper" "$(first refuted)" verify.cms_content

entries=$(find "$copy/tile/entries" -type f | sort | sed -n 1p)
python3 -B - "$entries" <<'END'
import re
import sys
whole = bytearray(open(sys.argv[1], "rb").read())
at = re.search(rb'"[0-9a-f]{64}"', whole).start() + 1
whole[at] = ord("1") if whole[at] != ord("1") else ord("2")
open(sys.argv[1], "wb").write(whole)
END
verify 1 "$story_dir/valid.json" --from "$copy"
expect "another entry of the log" "$(first refuted)" log_copy.root

the_end
