#!/usr/bin/env bash
# missed.sh -- a surveillance that did not take place: the program only says so,
# people suspend, restore or withdraw, and the register tells what was so on
# each day. [M22] [17065 7.11] [条例 26]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

# tick: what today does by itself.
tick() {
    holds "$(line): the tick of $TODAY" "$TENSTAR" tick --data "$DATA" \
        --today "$TODAY"
}

founded 2026-03-02
use_scheme schemes/five-star
opened five
carry upkeep
due=$(show .due.on)
expect "[M22] twelve months after issue" "$due" \
    "$(date -d "$TODAY + 1 year" +%F)"

# --- overdue ------------------------------------------------------------------

TODAY=$due
tick
expect "[M22] on its last day it is due" \
    "$(tasks 'select(.task == "survey") | "\(.due) \(.overdue)"')" "$due false"
expect "nobody has to suspend yet" "$(tasks 'select(.task == "suspend")')" ""
TODAY=$(in_days 1 "$due")
tick
expect "[M22] a day later it is overdue" \
    "$(tasks 'select(.task == "survey") | .overdue')" true
expect "[条例 26] and somebody has to suspend, within five days" \
    "$(tasks 'select(.task == "suspend") | "\(.due) \(.overdue)"')" \
    "$(in_days 5 "$due") false"
expect "[M22] the tick suspends nobody" "$(public .status)" valid
TODAY=$(in_days 6 "$due")
tick
expect "[M22] nor does it later" "$(public .status) $(tasks 'select(
    .task == "suspend") | .overdue')" "valid true"

# --- a person suspends --------------------------------------------------------

suspend=(certificate.suspend code=0112 reasons="未按期接受监督审查")
refused rights.role planner "${suspend[@]}" confirmed="$TODAY"
refused life.confirmed certificates "${suspend[@]}" confirmed="$(in_days 1)"
done_by certificates "${suspend[@]}" confirmed="$(in_days 1 "$due")"
suspended=$TODAY
until=$(date -d "$suspended + 6 months" +%F)
refused life.suspended_already certificates "${suspend[@]}" confirmed="$TODAY"
expect "[17065 7.11] suspended, for six months at the longest" \
    "$(public '[.status, .status_since, .suspended_until] | join(" ")')" \
    "suspended $suspended $until"
expect "[LU1] without a reason" "$(public . | grep -c 监督审查 || true)" 0
refused changing.suspended newcomer change.ask kind=address address="新址" \
    reasons="搬迁"

# --- audited and restored -----------------------------------------------------

TODAY=$(in_days 30)
LEAD=auditor2
PERSON_DAYS=20
done_by planner round.open kind=surveillance
carry upkeep
expect "[17065 7.11] an audit alone restores nothing" "$(public .status)" \
    suspended
refused rights.role planner certificate.restore reasons="已补监督"
done_by reviewer certificate.restore reasons="已补做监督审查"
restored=$TODAY
expect "[M22] valid, and the next is due twelve months on" \
    "$(public .status) $(show .due.on)" \
    "valid $(date -d "$TODAY + 1 year" +%F)"
expect "[M24] the whole history in public" \
    "$(public '.history | map(.on + " " + .act) | join(", ")')" \
    "$(public .issued) issued, $suspended suspended, $restored restored"

# --- missed again: withdrawn --------------------------------------------------

due=$(show .due.on)
TODAY=$(in_days 3 "$due")
tick
done_by certificates "${suspend[@]}" confirmed="$TODAY"
again=$TODAY
until=$(date -d "$again + 6 months" +%F)
TODAY=$until
expect "[17065 7.11] on the last day it may still be cured" \
    "$(tasks 'select(.task == "cure") | .overdue')" false
expect "and nobody has to withdraw" "$(tasks 'select(.task == "withdraw")')" ""
TODAY=$(in_days 1 "$until")
tick
expect "[17065 7.11] after it somebody has to withdraw" \
    "$(tasks 'select(.task == "withdraw") | .roles | join(" ")')" reviewer
expect "[M22] the tick withdraws nothing" "$(public .status)" suspended
refused life.suspension_over reviewer certificate.restore reasons="已整改"
withdraw=(withdrawal.decide code=0115 reasons="暂停期满未整改")
refused rights.role certificates "${withdraw[@]}"
done_by reviewer "${withdraw[@]}"
expect "[条例 22] not before the second signature" "$(public .status)" suspended

# --- an appeal first ----------------------------------------------------------

done_by newcomer appeal.file subject=withdrawal grounds="已约定监督日期"
refused appeal.open head certificate.withdraw
done_by quality appeal.assign members='["appeal"]'
done_by appeal appeal.decide upheld=false reasons="没有约定的证据"
refused rights.role reviewer certificate.withdraw
done_by head certificate.withdraw
withdrawn=$TODAY
expect "withdrawn, and the case is closed" \
    "$(public .status) $(show .stage)" "withdrawn ended"
refused rights.stage planner round.open kind=surveillance

# --- on each day --------------------------------------------------------------

# was DAY STATUS: what the register said at the end of that day.
was() {
    expect "[M24] $2 at the end of $1" "$(public .status --on "$1")" "$2"
}
was "$(in_days -1 "$suspended")" valid
was "$suspended" suspended
was "$(in_days -1 "$restored")" suspended
was "$restored" valid
was "$(in_days -1 "$again")" valid
was "$again" suspended
was "$(in_days -1 "$withdrawn")" suspended
was "$withdrawn" withdrawn
checked

the_end
