#!/usr/bin/env bash
# stranger.sh -- one way from a certificate on paper to the points behind its
# decision, by the programs of others only: the commands of
# docs/verify-yourself.md, as they stand there, on a demonstration's own
# certificate. [M19] [M20] [17065 7.6] [17065 7.7]
#
# The page tells what the body hands out in its first example; from then on
# nothing of ours is run.

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

page=docs/verify-yourself.md

# commands [N]: of the page's examples, a line each, from the N-th example on.
commands() {
    awk -v first="${1-1}" '/^```console$/ { block++; inside = 1; next }
        /^```$/ { inside = 0 }
        inside && block >= first && /^[$>] / { print substr($0, 3) }' $page
}

# --- with whose programs ------------------------------------------------------

expect "after the first example nothing of ours is run" \
    "$(commands 2 | grep -c 'build/\|tenstar' || true)" 0
expect "the body's folder is out of reach by then" \
    "$(commands 2 | grep -c '\bbody/' || true)" 0

# Each program the page needs, and the package in tools/packages it is of; what
# every Debian has is `base`.
while read -r program package; do
    holds "the page uses $program" grep -qE "(^|[ |(])$program " \
        <(commands 2)
    [ "$package" = base ] || holds "$program is of tools/packages" \
        grep -qwe "$package" tools/packages
done <<'END'
pdftoppm poppler-utils
pdfsig poppler-utils
pdfdetach poppler-utils
zbarimg zbar-tools
openssl openssl
jq jq
python3 python3
go golang-go
node npm
sha256sum base
diff base
END
# used WORDS: the words that begin a command of the page.
used() {
    # shellcheck disable=SC2016 # "$(" is looked for, not meant
    commands 2 | grep -o '\(^\|| \|<(\|=\$(\)[A-Za-z0-9_./]* ' |
        tr -d '|<( =$' | sort -u
}
expect "and no other" "$(used | grep -vxE "pdftoppm|pdfsig|pdfdetach|zbarimg|\
openssl|jq|python3|node|sha256sum|diff|cut|grep|sed|tr|od|sort|base64|cp|cat|\
tail|cd|for|head|\
\./tlogcheck|GO111MODULE|did:web|did|index" | paste -sd' ')" ""
for name in $(grep -ho '^import .*' docs/verify-yourself/*.py |
    tr -d ',' | cut -d' ' -f2- | tr ' ' '\n' | sort -u); do
    case $name in
    yaml) holds "yaml is of tools/packages" grep -qw python3-yaml \
        tools/packages ;;
    *) holds "$name comes with Python" python3 -c "import sys
sys.exit('$name' not in sys.stdlib_module_names)" ;;
    esac
done
for name in jose sm-crypto @sigstore/verify; do
    holds "$name is of package.json" \
        grep -q "^    \"$name\": " package.json
done

# --- carried out --------------------------------------------------------------

holds "every command does what the page shows" python3 -B tools/guide.py \
    check $page

# --- every decision of the demonstration --------------------------------------

# What the page does with one dossier holds of all.
TODAY=2026-11-24
holds "a demonstration" "$TENSTAR" demo "$DATA" --today $TODAY
holds "a checkpoint" "$TENSTAR" log checkpoint --data "$DATA" --today $TODAY
vkey=$("$TENSTAR" log vkey --data "$DATA")
scored=0
for CASE in $("$TENSTAR" case list --data "$DATA" --json |
    jq -r '.[].number'); do
    "$TENSTAR" dossier "$CASE" --data "$DATA" --today $TODAY \
        --out "$story_dir/dossier.zip" >"$story_dir/out" 2>&1 || continue
    dossier=$story_dir/$CASE
    python3 -m zipfile -e "$story_dir/dossier.zip" "$dossier"
    expect "$CASE: its rules" \
        "$(python3 docs/verify-yourself/package.py "$dossier/scheme" |
            sha256sum | cut -d' ' -f1)" \
        "$(jq -r .scheme_hash "$dossier/manifest.json")"
    expect "$CASE: in the log" "$(node tests/foreign/sigstore.js "$vkey" \
        "$dossier/record.tlog-proof")" "PASS 1 proofs"
    holds "$CASE: its seals" python3 docs/verify-yourself/seals.py "$dossier"
    grep -q '^method: points' "$dossier/scheme/scheme.yaml" || continue
    expect "$CASE: its score" "$(python3 docs/verify-yourself/score.py \
        "$dossier" | grep -o 'as the body said:.*')" "as the body said: True"
    scored=$((scored + 1))
done
expect "several were scored" "$((scored >= 4))" 1

# A part that was altered does not fit its seal.
echo >>"$dossier/parts/decision.json"
expect "an altered part is found" "$(python3 docs/verify-yourself/seals.py \
    "$dossier" 2>&1 | tail -n 1)" "AssertionError: decision"

the_end
