#!/usr/bin/env bash
# register.sh -- certificates of others come into the register from files, are
# looked up and say whose they are, and the register comes out as a table; what
# was changed by hand since is found. [M24] [M25]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

TODAY=2026-11-24
holds "a body is founded" "$TENSTAR" demo "$DATA" --size 1 --today $TODAY
file=$story_dir/old.csv
code=91350100M000100Y43
row() {
    echo "$1,示例公司,$2,示例认证公司,GB/T 19001-2016,2024-03-01,$3,$4,$5"
}
{
    printf '%s,' 证书编号 获证组织名称 统一社会信用代码 认证机构 认证依据
    echo "有效期起,有效期止,证书状态,状态变更日期"
    row A-0001 $code 2027-02-28 "" ""
    row A-0002 $code 2027-02-28 暂停 2026-01-05
    row A-0003 91350100M000100Y44 2027-02-28 "" ""
    row A-0001 $code 2027-03-01 "" ""
} >"$file"

# import FILE [OPTION...]: as a document; the status is kept.
import() {
    local path=$1
    shift
    "$TENSTAR" register import "$path" --data "$DATA" --as certificates \
        --today $TODAY --json "$@" >"$story_dir/out" 2>"$story_dir/err"
}
# came FILTER: of the last import.
came() { jq -r "$1" "$story_dir/out"; }
counts='"\(.rows) \(.before) \(.imported) \(.known) \(.refused)"'
# look NUMBER FILTER
look() {
    "$TENSTAR" certificate show "$1" --data "$DATA" --today $TODAY --json |
        jq -r "$2"
}

# --- in -----------------------------------------------------------------------

import "$file" --try || true
expect "looked at, nothing goes in" "$(came "$counts")" "4 0 0 0 2"
import "$file" --strict || true
expect "strictly, nothing goes in" "$(came .refused.id)" import.strict
import "$file" --refused "$story_dir/refused.csv" || true
expect "what is sound goes in" "$(came "$counts")" "4 0 2 0 2"
expect "and what is not is told" "$(came '[.refusals[] |
    "\(.line) \(.column) \(.id)"] | join(";")')" \
    "4 uscc import.uscc_check;5 number import.twice"
expect "all of it in a table" "$(wc -l <"$story_dir/refused.csv")" 3
holds "the same file again" import "$file"
expect "changes nothing" "$(came "$counts")" "4 4 0 0 0"
refused_by() { ! "$TENSTAR" register import "$file" --data "$DATA" --as "$1"; }
holds "not everybody may" refused_by intake

# --- looked up ----------------------------------------------------------------

expect "[M24] it says whose it is" \
    "$(look a-0001 '"\(.issuer.name.zh) \(.status) \(.imported)"')" \
    "示例认证公司 valid true"
expect "and how it stands" "$(look A-0002 .status)" suspended
expect "and stood" "$("$TENSTAR" certificate show A-0002 --data "$DATA" \
    --today $TODAY --on 2025-12-31 --json | jq -r .status)" valid
no_paper() {
    ! "$TENSTAR" certificate pdf A-0001 --data "$DATA" --today $TODAY \
        --out "$story_dir/paper.pdf"
}
holds "no paper of another's is made" no_paper

# --- out ----------------------------------------------------------------------

for form in csv jsonl xlsx; do
    holds "out as $form" "$TENSTAR" register export \
        "$story_dir/register.$form" --data "$DATA" --today $TODAY
    import "$story_dir/register.$form" || true
    expect "what comes out is known, but for the body's own" \
        "$(came "$counts")" "3 0 0 2 1"
done
bad_form() { ! "$TENSTAR" register export "$story_dir/x.doc" --data "$DATA"; }
holds "a form that is none" bad_form

# --- checked ------------------------------------------------------------------

check() { "$TENSTAR" check --data "$DATA" --today "$TODAY"; }
holds "all is what was entered in the log" check
sqlite3 "$DATA/tenstar.db" "UPDATE imported SET holder = 'x' WHERE n = 1"
found() { ! check; }
holds "what was changed by hand is found" found

the_end
