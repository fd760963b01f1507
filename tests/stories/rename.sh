#!/usr/bin/env bash
# rename.sh -- an enterprise takes another name: filed, judged, the certificate
# issued anew under its number, and the old name found as it stood on a day.
# [17065 7.10] [M24] [M25]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

founded 2026-03-02
use_scheme schemes/five-star
opened five
carry upkeep
issued=$TODAY
old=$(show .enterprise.name)
new=示例青川恒信服务有限公司
uscc=$(show .enterprise.uscc)
first=$(public '.log.index')
TODAY=2026-07-01

# --- filed --------------------------------------------------------------------

rename=(change.ask kind=name holder="$new" reasons="变更登记"
    evidence='["变更通知书"]')
refused rights.role finance "${rename[@]}"
refused changing.nothing newcomer change.ask kind=name holder="$old" \
    reasons="笔误"
refused changing.more newcomer "${rename[@]}" scope="厨房电器的售后服务"
refused rights.stage newcomer case.withdraw reasons="改名"
case_of_it=$CASE
CASE=enterprise:$uscc
refused rights.role auditor1 enterprise.change name="$new" scope="维修服务"
done_by newcomer enterprise.change name="$new" scope="家用电器安装和维修服务"
CASE=$case_of_it
expect "the register has the new name" "$(show .enterprise.name)" "$new"
expect "[17065 7.10] the certificate not yet" "$(public .holder)" "$old"

# --- judged -------------------------------------------------------------------

done_by newcomer "${rename[@]}"
expect "[17065 7.10] people read of it in the case, until it is judged" \
    "$(told | grep -A2 '^Change')" "Change 1, name of the holder, asked for on\
 1 July 2026:
  New name: $new
  Reasons: 变更登记"
refused changing.under_way newcomer change.ask kind=address address="新址" \
    reasons="搬迁"
refused rights.role certificates change.approve number=1
refused changing.number reviewer change.approve number=2
TODAY=2026-07-06
done_by reviewer change.approve number=1 note="与登记一致"
expect "[17065 7.10] judged, it is no more" "$(told | grep -c '^Change')" 0

# --- issued anew --------------------------------------------------------------

expect "[M24] the new name under the same number" \
    "$(public '[.number, .holder, .uscc, .status] | join(" ")')" \
    "$NUMBER $new $uscc valid"
expect "[17065 7.10] valid until the same day" \
    "$(public '[.first_issued, .issued, .valid_until] | join(" ")')" \
    "$issued 2026-07-06 $(in_days -1 "$(date -d "$issued + 3 years" +%F)")"
expect "[M24] its history" \
    "$(public '.history | map(.on + " " + .act) | join(", ")')" \
    "$issued issued, 2026-07-06 reissued"
expect "[M25] the reissue is in the log, too" \
    "$(public '.log.index' | awk -v first="$first" '{ print ($1 > first) }')" 1

# --- and as it stood ----------------------------------------------------------

expect "[M24] the old name on the day before" \
    "$(public .holder --on 2026-07-05)" "$old"
expect "with the history of that day" \
    "$(public '.history | map(.act) | join(" ")' --on 2026-07-05)" issued
expect "[M24] the new one on the day itself" \
    "$(public .holder --on 2026-07-06)" "$new"
expect "there was none before it was issued" \
    "$(public '.refused.id' --on "$(in_days -1 "$issued")" || true)" \
    lookup.not_then

# --- another change that is not granted ---------------------------------------

done_by newcomer change.ask kind=address address="示例省示例市新路1号" \
    reasons="搬迁"
done_by reviewer change.refuse number=2 reasons="没有新址的证明"
expect "[17065 7.10] nothing changed" "$(public '.history | length')" 2
refused changing.none reviewer change.approve number=2

# --- and one while an audit is under way --------------------------------------

TODAY=2026-09-01
refused changing.none reviewer change.refuse number=3 reasons="x"
done_by planner round.open kind=special reason="投诉集中"
done_by newcomer change.ask kind=address address="示例省示例市新路1号" \
    reasons="搬迁" evidence='["租赁合同"]'
expect "[17065 7.10] it waits for a reviewer, not for the audit" \
    "$("$TENSTAR" todo --data "$DATA" --today "$TODAY" --json |
        jq -r '.tasks[] | select(.task == "judge_change") | .number')" 3
done_by reviewer change.approve number=3 note="与登记一致"
expect "the round goes on" "$(show .stage)" plan
expect "[M24] and the certificate was issued anew" \
    "$(public '.history | map(.act) | join(" ")')" "issued reissued reissued"
checked

the_end
