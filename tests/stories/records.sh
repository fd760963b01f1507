#!/usr/bin/env bash
# records.sh -- from a file of service records to a figure of the case: a sheet
# that the body signs, a document of the case, a figure recorded from it, counted
# again by somebody else; an altered sheet is refused; and which rows to draw is
# the auditors' to know. [M3] [M9] [M15] [M27]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

founded 2026-03-02
use_scheme schemes/ten-star
expect "[M3] the package says what of the records is which figure" \
    "$(package '.figures | map(.records) | join(" ")')" "satisfied first_time"

# --- the file and its sheet ---------------------------------------------------

# Two calls a day for half a year; every twentieth customer is not satisfied,
# and a third of the repairs end on the hour.
calls() {
    local i day
    echo "工单编号,报修时间,首次响应时间,完成时间,服务网点,机身号,故障现象,满意度,类型"
    for i in {0..359}; do
        day=$(date -d "2025-08-25 + $((i / 2)) days" +%F)
        printf 'W%03d,%s 09:%02d,%s 09:%02d,%s %02d:%02d,%s,A%03d,漏水,%d,%s\n' \
            "$i" "$day" $((i * 7 % 29)) "$day" $((30 + i * 11 % 29)) "$day" \
            $((11 + i % 6)) $((i % 3 == 0 ? 0 : i * 13 % 60)) 城南站 "$i" \
            $((i % 20 == 0 ? 2 : 5)) 维修
    done
}
calls >"$story_dir/service.csv"
# records SUBCOMMAND [OPTION...]
records() { "$TENSTAR" records "$@" --lang en; }
# sheet OUT [OPTION...]: of the file.
sheet() {
    local out=$1
    shift
    holds "a sheet is written" records sheet "$story_dir/service.csv" \
        --out "$story_dir/$out" --today "$TODAY" "$@"
}
sheet signed.json --data "$DATA" --as "$LEAD"
sheet plain.json
sed 's/"k":342/"k":360/' "$story_dir/signed.json" >"$story_dir/altered.json"

# --- a document of the case [M9] ----------------------------------------------

opened ten
# sheet_in FILE: the enterprise hands it in.
sheet_in=(document.add requirement=record_sheet covers_from=2025-08-25
    covers_to=2026-02-20)
refused sealed.signature newcomer "${sheet_in[@]}" \
    file="$story_dir/altered.json"
done_by newcomer "${sheet_in[@]}" title="半年记录单" \
    file="$story_dir/signed.json"
SHEET=$(show '.record_sheets[0].document')
expect "[M3] the case reads what it says" "$(show '.record_sheets[0] |
    "\(.from) \(.to) \(.signed) \(.covers) \(.figures.satisfied.k)/\(
        .figures.satisfied.n)"')" "2025-08-01 2026-02-28 ours true 342/360"
expect "[M3] and people do" "$(told | grep -c \
    'Customer satisfaction: .*342 of 360, 95%.*what is asked for: met')" 1

# --- figures taken from it ----------------------------------------------------

carry audit
visited
figure=(figure.record figure=satisfaction k=342 n=360 source="半年记录单")
refused audit.figure_sheet "$MEMBER" "${figure[@]}" \
    sheet="$(sha256sum "$story_dir/plain.json" | cut -d' ' -f1)"
done_by "$MEMBER" figure.record figure=satisfaction k=350 n=360 source=x \
    sheet="$SHEET"
expect "a figure that its sheet does not say is told" "$(told |
    grep -c 'recorded as 350 of 360, but the sheet .* says 342 of 360')" 1
done_by "$MEMBER" "${figure[@]}" sheet="$SHEET"
expect "one that it says is told, too" \
    "$(told | grep -c '342 of 360 from the sheet .*, which says so')" 1

# --- somebody else counts again [M27] -----------------------------------------

holds "the sheet is what the file gives" records verify \
    "$story_dir/signed.json" "$story_dir/service.csv"
sed 's/,2,维修/,5,维修/' "$story_dir/service.csv" >"$story_dir/better.csv"
if records verify "$story_dir/signed.json" "$story_dir/better.csv" \
    >"$story_dir/out"; then
    fail "a better file gives the same sheet"
else
    expect "another file does not" \
        "$(grep -c 'differs at file.sha256' "$story_dir/out")" 1
fi

# --- rows to draw [M15] -------------------------------------------------------

holds "rows to draw are noted" records screen "$story_dir/service.csv" \
    --note "$story_dir/risk.json" --today "$TODAY"
expect "and nobody is named" "$(grep -c 'W001\|城南站' "$story_dir/risk.json")" 0
refused risk.no_note "$LEAD" risk.note file="$story_dir/plain.json"
refused rights.role newcomer risk.note file="$story_dir/risk.json"
done_by "$LEAD" risk.note title="抽样提示" file="$story_dir/risk.json"
# papers [OPTION...]: as people read them.
papers() { "$TENSTAR" case papers "$CASE" --data "$DATA" --lang en "$@"; }
expect "the team reads them" "$(papers --as "$MEMBER" |
    grep -c 'rows to draw by “抽样提示”')" 1
expect "with their lines" "$(papers --as "$MEMBER" |
    grep -c 'round times: .*draw from lines')" 1
expect "the enterprise does not" "$(papers --as newcomer 2>/dev/null |
    grep -c '抽样提示')" 0
expect "nor is there an event of it" "$("$TENSTAR" case show "$CASE" \
    --data "$DATA" --as newcomer --json | grep -c '抽样提示')" 0

checked
the_end
