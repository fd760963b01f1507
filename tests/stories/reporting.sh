#!/usr/bin/env bash
# reporting.sh -- the story of a month in commands: what happened to the
# certificates of a body in November, the report to the authority with
# everything that is missing in it, the workbook, and its filing by the tenth.

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

MONTH=2026-11

# report SUBCOMMAND [ARGUMENT...]: its document in out.
report() {
    local subcommand=$1
    shift
    "$TENSTAR" report "$subcommand" "$@" --data "$DATA" --today "$TODAY" \
        --json >"$story_dir/out" 2>"$story_dir/err"
}

# said FILTER: of that document.
said() { jq -r "$1" "$story_dir/out"; }

# reported WHAT SUBCOMMAND...: must be done.
reported() {
    local what=$1
    shift
    if report "$@"; then
        pass
    else
        fail "line ${BASH_LINENO[0]}: $what"
        cat "$story_dir/out" "$story_dir/err" >&2
    fi
}

# not_reported ID SUBCOMMAND...: must be refused for this reason.
not_reported() {
    local id=$1 status=0
    shift
    report "$@" || status=$?
    expect "line ${BASH_LINENO[0]}: report $* refused" \
        "$status $(said '.refused.id // "nothing"')" "1 $id"
}

# cells FILE: every cell of a workbook, "SHEET<tab>REF<tab>TEXT", read with
# nothing of ours.
cells() {
    python3 - "$1" <<'PYTHON'
import sys, zipfile
import xml.etree.ElementTree as tree
M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
book = zipfile.ZipFile(sys.argv[1])
text = ["".join(t.text or "" for t in si.iter(M + "t"))
        for si in tree.fromstring(book.read("xl/sharedStrings.xml"))]
sheets = tree.fromstring(book.read("xl/workbook.xml")).iter(M + "sheet")
for n, sheet in enumerate(sheets, 1):
    root = tree.fromstring(book.read(f"xl/worksheets/sheet{n}.xml"))
    for c in root.iter(M + "c"):
        if c.find(M + "v") is not None:
            kind = c.get("t")
            value = text[int(c.find(M + "v").text)] if kind == "s" else kind
            print(sheet.get("name"), c.get("r"), value, sep="\t")
PYTHON
}

# cell SHEET REF: of the workbook read last.
cell() {
    awk -F'\t' -v s="$1" -v r="$2" '$1 == s && $2 == r { print $3 }' \
        "$story_dir/cells"
}

# column SHEET CODE: its letters.
column() {
    awk -F'\t' -v s="$1" -v c="$2" '$1 == s && $3 == c && $2 ~ /^[A-Z]+1$/ {
        sub(/1$/, "", $2); print $2 }' "$story_dir/cells"
}

# below SHEET CODE: the column's cells from the eighth line on, with | between.
below() {
    local letters
    letters=$(column "$1" "$2")
    awk -F'\t' -v s="$1" -v l="$letters" '$1 == s {
        letters = $2; sub(/[0-9]+$/, "", letters)
        line = substr($2, length(letters) + 1) + 0
        if (letters == l && line >= 8) print $3 }' "$story_dir/cells" |
        paste -sd'|'
}

# --- what happened ----------------------------------------------------------

TODAY=2026-11-24
holds "a body with cases at every stage" \
    "$TENSTAR" demo "$DATA" --today $TODAY

TODAY=2026-11-25
CASE=C2024-0002 # suspended, and valid again
done_by certificates certificate.suspend code=0111 reasons="热线停用" \
    confirmed=2026-11-24
CASE=C2026-0003 # its enterprise is no more
done_by certificates certificate.cancel code=0111 reasons="主体注销"
CASE=C2024-0001 # sells less than it did
done_by reviewer reduction.decide scope="厨房电器的售后服务" reasons="停产"
done_by head certificate.reduce
CASE=C2026-0005 # certified
done_by certificates certificate.issue
NUMBER=$(show .certificate.number)
TODAY=2026-11-26
CASE=C2025-0001 # withdrawn, by two people
done_by reviewer withdrawal.decide code=0116 reasons="体系不再运行"
done_by head certificate.withdraw
TODAY=2026-11-30
CASE=C2024-0002
done_by reviewer certificate.restore reasons="已整改"

# --- what is missing --------------------------------------------------------

TODAY=2026-12-01
not_reported filing.ahead check --month 2027-01
status=0
report check --month $MONTH || status=$?
expect "a report with problems exits with 1" "$status" 1
expect "the sheets, as the platform names them" \
    "$(said '[.sheets[].name] | join(" ")')" \
    "审核计划信息表 证书信息表 审核结果信息表"
expect "six acts on certificates, one of them on a sub-certificate too" \
    "$(said '.sheets[1].rows')" 7
expect "results of the one that was certified: a reviewer, a team of two" \
    "$(said '.sheets[2].rows')" 3
expect "nothing is made up: no row is sound" \
    "$(said '[.sheets[].sound] | add')" 0
expect "each problem says whose particular would mend it" "$(said \
    '[.problems[] | select(.column == "ID_CODE")][0] |
        "\(.id) \(.subject) \(.particular)"')" \
    "filing.missing person:auditor1 ID_CODE"
not_reported filing.role export --month $MONTH --out "$story_dir/a.xlsx" \
    --as auditor1
not_reported filing.problems export --month $MONTH --out "$story_dir/a.xlsx" \
    --as reporter
expect "nothing was written" "$(ls "$story_dir"/*.xlsx 2>/dev/null)" ""

# --- what the reporter says -------------------------------------------------

not_reported filing.role set body BRANCH_CODE=00 --as planner
not_reported filing.subject set enterprise:123 ORG_ZIP=990000 --as reporter
not_reported filing.no_particular set body ORG_ZIP=990000 --as reporter
not_reported filing.no_particular set person:auditor1 CERT_NUMBER=1 \
    --as reporter
not_reported filing.hour set body DAY_BEGINS=9 --as reporter
not_reported filing.code set person:auditor1 IDENTITY_CODE=1 --as reporter

IDENTITY=11010519491231002X # the example of GB 11643
value_of() {
    case $1 in
    BRANCH_CODE) echo 00 ;;
    DAY_BEGINS) echo 09 ;;
    DAY_ENDS) echo 17 ;;
    AUTH_PROJ_CODE) [ "$2" = scheme:iso-9001 ] && echo A010101 || echo C0203 ;;
    WORK_DISTRICT | ORG_DISTRICT | ORG_ZIP) echo 990100 ;;
    ORG_CONTACT_PERSON | LEGAL_PEOPLE) echo 示例·经理 ;;
    ORG_CONTACT_WAY | ORG_PHONE | PHONE) echo 13800138000 ;;
    ORG_ADDRESS) echo 示例省示例市示例路 1 号 ;;
    BEL_INDUSTRY) echo 5264 ;;
    ORG_PROP_CODE) echo 040105 ;;
    ORG_REG_ASSETS) echo 500 ;;
    REG_ASSETS_CURR | IDENTITY_CODE) echo 01 ;;
    ID_CODE) echo $IDENTITY ;;
    QUA_CODE) echo 06 ;;
    APT_CERTI_NUM) echo 2026-SC-0001 ;;
    IS_PROF_M | IS_SPECIAL) echo 1 ;;
    *) echo "no value for $1" >&2 ;;
    esac
}

# Say whatever the problems of the month ask for.
supply() {
    local subject codes code words
    report check --month "$1" || true
    said '.problems | group_by(.subject)[] | select(.[0].subject != "") |
        "\(.[0].subject) \([.[].particular] | unique | join(" "))"' \
        >"$story_dir/asked"
    while read -r subject codes; do
        words=()
        for code in $codes; do
            words+=("$code=$(value_of "$code" "$subject")")
        done
        reported "say of $subject" set "$subject" "${words[@]}" --as reporter
    done <"$story_dir/asked"
}
supply $MONTH
reported "nothing is wrong any more" check --month $MONTH
expect "no problem is left" "$(said '.problems | length')" 0

# What was said of people is sealed, and stands in no event.
expect "no document's number lies open in the store" \
    "$(grep -rlaF $IDENTITY "$DATA" | wc -l)" 0

# --- the workbook -----------------------------------------------------------

reported "exported" export --month $MONTH --out "$story_dir/november.xlsx" \
    --as reporter
expect "only its owner may read it" \
    "$(stat -c %a "$story_dir/november.xlsx")" 600
cells "$story_dir/november.xlsx" >"$story_dir/cells"
expect "exactly three sheets" \
    "$(cut -f1 "$story_dir/cells" | uniq | paste -sd'|')" \
    "审核计划信息表|证书信息表|审核结果信息表"
expect "the form's own cells" \
    "$(cell 证书信息表 A1) $(cell 证书信息表 B1) $(cell 证书信息表 A8)" \
    "103010 字段名称 从C8元格开始填写上报信息"
expect "first and last heading of the certificates" \
    "$(cell 证书信息表 C2) $(cell 证书信息表 BW2)" \
    "1、认证机构批准号 取数截止日期"
expect "headings of the plans, as changed in 2021" \
    "$(cell 审核计划信息表 G2) $(cell 审核计划信息表 P2)" \
    "5、审核员证件号码、姓名、角色代码、联系电话 14、审核方式"
expect "every cell is a text" \
    "$(awk -F'\t' '$3 == "n"' "$story_dir/cells" | wc -l)" 0
expect "status of each act" "$(below 证书信息表 CERTI_STATUS)" \
    "01|02|01|03|03|04|01"
expect "kind of report" "$(below 证书信息表 REPORT_TYPE)" "04|05|05|05|05|05|01"
expect "kind of change" "$(below 证书信息表 CHG_TYP_CODE)" \
    "0106|0197|0197|0197|0197|0197"
expect "why suspended" "$(below 证书信息表 PAUSE_CAUSE)" 0111
expect "until when" "$(below 证书信息表 PAUSE_E_DATE)" 2027-05-25
expect "why withdrawn, the main one and its sub-certificate" \
    "$(below 证书信息表 CANCEL_CAUSE)" "0116|0116"
expect "why cancelled" "$(below 证书信息表 REMARK)" "注销原因代码 0111"
expect "the new certificate's number" \
    "$(below 证书信息表 CERT_NUMBER | grep -o '[^|]*$')" "$NUMBER"
expect "stages of the results" "$(below 审核结果信息表 APPR_STAGE)" \
    "0101|0102|0102"
expect "their roles" "$(below 审核结果信息表 APPR_M_ROLE)" "01|01|02"
expect "their documents" "$(below 审核结果信息表 ID_CODE)" \
    "$IDENTITY|$IDENTITY|$IDENTITY"
reported "exported again" export --month $MONTH --out "$story_dir/again.xlsx" \
    --as reporter
holds "the same month gives the same bytes" \
    cmp "$story_dir/november.xlsx" "$story_dir/again.xlsx"

# --- in part ----------------------------------------------------------------

reported "one word is taken back" set person:auditor3 ID_CODE= --as reporter
not_reported filing.problems export --month $MONTH \
    --out "$story_dir/part.xlsx" --as reporter
reported "the sound rows are exported" export --month $MONTH --partial \
    --out "$story_dir/part.xlsx" --as reporter
expect "the others are listed" \
    "$(said '[.problems[] | "\(.sheet) \(.column)"] | unique | join("|")')" \
    "审核结果信息表 ID_CODE"
expect "one row is left out" "$(said '.sheets[2].left_out')" 1
cells "$story_dir/part.xlsx" >"$story_dir/cells"
expect "it is not in the workbook" "$(below 审核结果信息表 APPR_STAGE)" \
    "0101|0102"

# --- filed ------------------------------------------------------------------

# state: of the month, in the list.
state() {
    report list || true
    said ".[] | select(.month == \"$MONTH\") | .state"
}
TODAY=2026-12-10
expect "due on the tenth" "$(state)" due
TODAY=2026-12-11
expect "no day later" "$(state)" overdue
TODAY=2026-12-09
reported "a report in part was handed in" mark --month $MONTH \
    --filed 2026-12-09 --receipt "示例回执 0" --as reporter
expect "the month is still due" "$(state)" due
reported "mended" set person:auditor3 ID_CODE=$IDENTITY --as reporter
TODAY=2026-12-10
reported "exported whole" export --month $MONTH \
    --out "$story_dir/november.xlsx" --as reporter
not_reported filing.role mark --month $MONTH --filed 2026-12-10 \
    --receipt "示例回执 1" --as certificates
not_reported filing.filed_day mark --month $MONTH --filed 2026-12-11 \
    --receipt "示例回执 1" --as reporter
not_reported filing.filed_day mark --month $MONTH --filed 2026-12-09 \
    --receipt "示例回执 1" --as reporter
not_reported filing.not_exported mark --month 2026-10 --filed 2026-12-10 \
    --receipt "示例回执 1" --as reporter
reported "handed in on the last day" mark --month $MONTH --filed 2026-12-10 \
    --receipt "示例回执 1" --as reporter
expect "in time" "$(state)" in_time
expect "what was reported when is on record" \
    "$(said ".[] | select(.month == \"$MONTH\") |
        \"\(.exported) \(.whole) \(.filed) \(.receipt) \(.entered_since)\"")" \
    "2026-12-10 true 2026-12-10 示例回执 1 0"

# October: a plan was agreed to, and it is too late for it.
MONTH=2026-10
supply $MONTH
reported "exported" export --month $MONTH --out "$story_dir/october.xlsx" \
    --as reporter
reported "handed in" mark --month $MONTH --filed 2026-12-10 \
    --receipt "示例回执 2" --as reporter
expect "late" "$(state)" late

# --- a newer dictionary -----------------------------------------------------

sed 's/edition: "2021-09"/edition: test/' reporting/dictionary.yaml \
    >"$DATA/dictionary.yaml"
reported "the body's own dictionary" check --month $MONTH
expect "is in force" "$(said .edition)" test
sed -i 's/^sheets:/shets:/' "$DATA/dictionary.yaml"
not_reported filing.dictionary check --month $MONTH
rm "$DATA/dictionary.yaml"

# --- the record -------------------------------------------------------------

holds "[17065 7.12] every journal replays and every hash is right" \
    "$TENSTAR" check --data "$DATA"

the_end
