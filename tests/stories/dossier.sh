#!/usr/bin/env bash
# dossier.sh -- the record of a decision given out to a stranger: committed to
# in the log when it was signed, checked and recomputed offline, with parts
# withheld, and tampered with. [M19] [17065 7.6] [17065 7.12]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

DEMO_SIZE=12
founded 2026-03-02
dossier=$story_dir/dossier.zip

signed() {
    holds "a checkpoint" "$TENSTAR" log checkpoint --data "$DATA" \
        --today "$TODAY"
}

# written CASE [OPTION...]: its dossier.
written() {
    local case=$1
    shift
    "$TENSTAR" dossier "$case" --data "$DATA" --today "$TODAY" \
        --out "$dossier" --json "$@" >"$story_dir/out" 2>"$story_dir/err"
}

# recomputed FILTER [OPTION...]: of the dossier, with neither data nor network.
recomputed() {
    local filter=$1
    shift
    (cd / && "$TENSTAR" recompute "$dossier" --json "$@" 2>/dev/null) |
        jq -r "$filter"
}

# file NAME: of the dossier, as anybody's program takes it out.
file() {
    python3 -c 'import sys, zipfile
sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))' \
        "$dossier" "$1"
}

# names: of its files.
names() { python3 -m zipfile -l "$dossier" | tail -n +2 | cut -d' ' -f1; }

# said: all that its parts say.
said() {
    local name
    for name in $(names | grep '^parts/') manifest.json; do file "$name"; done
}

# --- every decision of the demonstration -------------------------------------

signed
decided=0
for CASE in $("$TENSTAR" case list --data "$DATA" --json |
    jq -r '.[].number'); do
    if [ "$(show '.decision.signed // false')" = false ] &&
        ! written "$CASE"; then
        expect "$CASE has no record" "$(answer_of .refused.id)" \
            disclosure.none
        continue
    fi
    decided=$((decided + 1))
    holds "the dossier of $CASE" written "$CASE"
    expect "$CASE: all of it agrees" \
        "$(recomputed '[.recomputed[]] | unique - ["nothing"] | join(" ")')" \
        agrees
    for name in $("$TENSTAR" case show "$CASE" --data "$DATA" --json |
        jq -r '.enterprise | .name, .uscc, .id'); do
        expect "$CASE: the enterprise is not named" \
            "$(said | grep -c "$name")" 0
    done
done
expect "several were decided" "$([ "$decided" -ge 4 ] && echo yes)" yes

# --- one with a nonconformity ------------------------------------------------

use_scheme schemes/ten-star
opened ten
BAD=5.1.1.1.1
carry upkeep
expect "[M18] a nonconformity was corrected" \
    "$(show '[.nonconformities[].state] | join(" ")')" accepted

signed
holds "its dossier" written "$CASE"
cp "$dossier" "$story_dir/whole.zip"
expect "nothing is withheld" "$(answer_of '.withheld | length')" 0
expect "[M19] the score is the same to the last digit" \
    "$(recomputed '"\(.num)/\(.den)"')" \
    "$(show '.score.exact | "\(.num)/\(.den)"')"
expect "and the outcome" "$(recomputed '"\(.outcome) \(.level)"')" \
    "granted ten"
holds "the same again" written "$CASE"
holds "is the same file" cmp "$dossier" "$story_dir/whole.zip"
expect "[17065 7.6.2] people are numbers" \
    "$(file parts/team.json | jq -r '"\(.leads) \(.auditors) \(.reviewers)"')" \
    "1 1 1"

# Other people's tools: a seal, the entry, a file of the case.
bytes() { printf '%b' "$(sed 's/../\\x&/g')"; }
salt() {
    file manifest.json | jq -r --arg p "$1" \
        '.parts[] | select(.part == $p) | .salt'
}
expect "the seal of the score" \
    "$( (salt score | bytes && file parts/score.json) |
        sha256sum | cut -c1-64)" \
    "$(file manifest.json |
        jq -r '.parts[] | select(.part == "score") | .seal')"
expect "the entry has the seals of the manifest" \
    "$(file record.tlog-proof | sed -n 's/^extra //p' | base64 -d |
        jq -c '[.public.parts[].seal]')" \
    "$(file manifest.json | jq -c '[.parts[].seal]')"
expect "who holds the licence finds it" \
    "$( (salt evidence | bytes &&
        sha256sum "$story_dir/licence.txt" | cut -c1-64 | bytes) |
        sha256sum | cut -c1-64)" \
    "$(file parts/evidence.json | jq -r '.files[] |
        select(.requirement == "licence") | .seal')"
expect "the key is the log's" "$(file vkey)" \
    "$("$TENSTAR" log vkey --data "$DATA")"

# --- withheld ----------------------------------------------------------------

holds "without the team" written "$CASE" --without team,answers
expect "two parts are withheld" "$(recomputed '.withheld | join(" ")')" \
    "answers team"
expect "the rest agrees" "$(recomputed '.recomputed |
    "\(.answers) \(.score) \(.decision)"')" "lacks agrees agrees"
expect "nothing of them is in it" "$(names |
    grep -c 'team.json\|answers.json')" 0
expect "the scheme cannot be" \
    "$(written "$CASE" --without scheme || answer_of .refused.id)" \
    dossier.needed
expect "nor what is no part" \
    "$(written "$CASE" --without crew || answer_of .refused.id)" \
    cli.dossier_part

# --- who gives it out --------------------------------------------------------

holds "the head" written "$CASE" --as head
holds "the enterprise" written "$CASE" --as newcomer
expect "which of its customers said what it does not read" \
    "$(answer_of '.withheld | join(" ")')" answers
expect "[M19] and recomputes all the same" "$(recomputed .recomputed.score)" \
    agrees
expect "an auditor does not" \
    "$(written "$CASE" --as "$LEAD" || answer_of .refused.id)" rights.disclose

# --- trusted by a policy, and tampered with ----------------------------------

cp "$story_dir/whole.zip" "$dossier"
printf 'log %s\nquorum none\n' "$("$TENSTAR" log vkey --data "$DATA")" \
    >"$story_dir/policy"
expect "by whom one trusts" \
    "$(recomputed '"\(.agrees) \(.own_key)"' --policy "$story_dir/policy")" \
    "true false"
printf 'log %s\nquorum none\n' \
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k" \
    >"$story_dir/other"
expect "by nobody one trusts" \
    "$(recomputed .refused.id --policy "$story_dir/other")" policy.log
place=$(grep -abo '"result":"not_met"' "$dossier" | head -1 | cut -d: -f1)
printf met | dd of="$dossier" bs=1 seek=$((place + 10)) conv=notrunc \
    2>"$story_dir/err"
status=0
(cd / && "$TENSTAR" recompute "$dossier" >"$story_dir/out" 2>&1) || status=$?
expect "a byte is another" "$status $(recomputed .refused.id)" "1 zip.sum"
status=0
"$TENSTAR" recompute >"$story_dir/out" 2>&1 || status=$?
expect "used wrongly" "$status" 2

checked

the_end
