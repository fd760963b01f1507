#!/usr/bin/env bash
# mark.sh -- the mark of a certificate: asked for, approved, drawn, and misused.
# [M21] [17065 4.1.3] [D4]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

founded 2026-03-02
use_scheme schemes/ten-star
opened ten
carry upkeep
issued=$TODAY

# drawn [OPTION...]: the mark of use 1, or $use, as SVG, in out.
drawn() {
    "$TENSTAR" certificate mark "$NUMBER" --use "${use-1}" --data "$DATA" \
        --as "$APPLICANT" --today "$TODAY" "$@" \
        >"$story_dir/out" 2>"$story_dir/err"
}

# undrawn ID [OPTION...]: it is refused by rule ID, and nothing is written.
undrawn() {
    local id=$1
    shift
    expect "$(line): exit status" "$(drawn --json "$@" && echo 0 || echo $?)" 1
    expect "$(line): the rule" "$(answer_of .refused.id)" "$id"
}

# texts: what a reader of the SVG sees, by another's parser of XML.
texts() {
    python3 -c 'import sys, xml.etree.ElementTree as tree
print(*(t for t in tree.parse(sys.argv[1]).getroot().itertext()
        if t.strip()))' "$story_dir/out"
}

# --- asked for, and approved --------------------------------------------------

ask=(mark.ask use=packaging where="外包装正面")
refused mark.says newcomer "${ask[@]}" words="售后优秀"
refused mark.claim newcomer "${ask[@]}" words="服务认证 国家级"
undrawn mark.number
done_by newcomer "${ask[@]}" words="服务认证"
undrawn mark.no_use
expect "[M21] it waits for the keeper of certificates" \
    "$(tasks '.task + " " + (.roles | join(","))')" "judge_mark certificates"
refused rights.role newcomer mark.approve number=1
done_by certificates mark.approve number=1 conditions="与编号一并印出"
expect "[M21] people read of it in the case" \
    "$(told | grep -A2 '^Use of the mark')" \
    "Use of the mark 1, packaging: 外包装正面 (approved)
  Words beside it: 服务认证
  Conditions: 与编号一并印出"

# --- drawn, from the body's own data ------------------------------------------

for look in "" --mono --reversed; do
    # shellcheck disable=SC2086 # none, or one option
    holds "[M21] drawn $look" drawn $look
    for said in 服务认证 示例 "$NUMBER" 示例认证中心 CNCA-R-2099-000; do
        expect "[M21] it says $said $look" "$(texts | grep -c "$said")" 1
    done
    expect "[D4] and nothing is fetched, nothing runs $look" \
        "$(grep -ciE '<script|href|<image|on[a-z]+=' "$story_dir/out")" 0
done
use=2 undrawn mark.number
use=2 undrawn mark.number --png "$story_dir/mark.png"
holds "nothing is written then" test ! -e "$story_dir/mark.png"
holds "[M21] a picture for print" drawn --png "$story_dir/mark.png"
expect "which is a PNG" "$(head -c 4 "$story_dir/mark.png" | tail -c 3)" PNG

# --- misused, and put right ---------------------------------------------------

TODAY=$(in_days 30 "$issued")
misuse=(misuse.record kind=as_product use=1 text="印成产品质量认证"
    found="$TODAY")
refused misuse.until certificates "${misuse[@]}" until="$(in_days -1)"
done_by certificates "${misuse[@]}" until="$(in_days 14)"
expect "[17065 4.1.3] the enterprise is to put it right, until then" \
    "$(tasks 'select(.task == "cure_misuse") | .due')" "$(in_days 14)"
refused misuse.not_suspended certificates misuse.settle number=1 \
    outcome=suspension text="已暂停"
expect "[17065 4.1.3] and reads of it in its case" \
    "$(told --as "$APPLICANT" | grep -c '^Misuse 1, .*: 印成产品质量认证$')" 1
done_by certificates misuse.settle number=1 outcome=corrected \
    text="已更换包装"
expect "[17065 4.1.3] and how it ended" "$(told | grep Settled)" \
    "  Settled, put right: 已更换包装"
expect "[17065 4.1.3] nothing waits" "$(tasks .task | grep -c misuse)" 0

# --- misused again, and not put right -----------------------------------------

done_by certificates "${misuse[@]}" until="$(in_days 14)"
TODAY=$(in_days 15)
expect "[M21] the day passed: somebody has to act" \
    "$(tasks 'select(.task == "suspend_for_misuse") | .opens')" "$TODAY"
expect "[D5] and nothing acts alone" "$(public .status)" valid
done_by certificates certificate.suspend code=0111 reasons="误用标志逾期不改" \
    confirmed="$TODAY"
expect "[M21] everybody sees it" "$(public .status)" suspended
undrawn mark.suspended
done_by certificates misuse.settle number=2 outcome=suspension text="已暂停"
done_by reviewer certificate.restore reasons="已改正"
holds "[M21] valid again, drawn again" drawn

# --- over ---------------------------------------------------------------------

done_by certificates mark.stop number=1 reasons="包装停用"
undrawn mark.no_use
checked

the_end
