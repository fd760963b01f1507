#!/usr/bin/env bash
# five.sh -- the national five stars: four levels with a limit each, and five
# special deductions that fail whatever the score. [M2] [M29]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

use_scheme schemes/five-star
expect "the criterion is the national one" "$(package .criterion)" \
    "GB/T 27922-2011"
expect "[M2] four levels" "$(package '.levels | map("\(.id) \(.min)") |
    join(", ")')" "standard 70, three 80, four 90, five 95"
expect "[M3] no figure decides" "$(package '[.levels[].gates[]] | length')" 0

# --- each level, at both sides of its limit -----------------------------------

# scored OTHERS BAD: score and level of the enterprise's own answers, BAD not
# met, and of the staff files looked at so many of sixty in order.
scored() {
    BAD=$2
    jq -n --argjson answers "$(answers)" --argjson figures "$(figures)" \
        --argjson k "$1" '{figures: $figures, answers: ($answers | map(
            if .indicator == "5.1.2.1" then .k = $k | .n = 60 else . end))}' \
        >"$story_dir/answers"
    "$TENSTAR" score schemes/five-star "$story_dir/answers" --json |
        jq -r '.shown + " " + (.level // "none")'
}
# A staff file more or less is a twentieth of a point.
lost_30="5.3.2.2 5.3.1.1 5.3.1.2 5.1.4.1 5.1.1.1 5.2.5.1 5.3.1.3 5.3.2.1"
lost_20="5.3.2.2 5.3.1.1 5.3.1.2 5.1.4.1 5.1.7.1"
lost_10="5.1.4.1 5.1.1.1 5.2.5.1"
lost_5="5.1.4.1 5.1.7.3"
expect "[M2] 70 is the standard" "$(scored 60 "$lost_30")" "70.00 standard"
expect "[M2] less is nothing" "$(scored 59 "$lost_30")" "69.95 none"
expect "[M2] 80 is three stars" "$(scored 60 "$lost_20")" "80.00 three"
expect "[M2] less is not" "$(scored 59 "$lost_20")" "79.95 standard"
expect "[M2] 90 is four stars" "$(scored 60 "$lost_10")" "90.00 four"
expect "[M2] less is not" "$(scored 59 "$lost_10")" "89.95 three"
expect "[M2] 95 is five stars" "$(scored 60 "$lost_5")" "95.00 five"
expect "[M2] less is not" "$(scored 59 "$lost_5")" "94.95 four"
SATISFIED=1
expect "[M3] whatever customers say" "$(scored 60 "$lost_5")" "95.00 five"
SATISFIED=93
BAD=

# --- four special deductions --------------------------------------------------

special=(special.record note="违反自身服务承诺")
# specials INDICATOR...: one each.
specials() {
    local id
    for id in "$@"; do
        done_by "$LEAD" "${special[@]}" indicator="$id"
    done
}
# audited INDICATOR...: all is met, but for special deductions about these.
audited() {
    carry audit
    visited
    found
    asked_customers
    specials "$@"
}
score() { show '.score | "\(.shown) \(.level) \(.failed_by_specials)"'; }

founded 2026-03-02
opened five
audited 5.1.1.1 5.1.4.1 5.2.5.1
refused rights.lead auditor3 "${special[@]}" indicator=5.3.1.3
refused audit.special_indicator auditor1 "${special[@]}"
expect "a point each" "$(score)" "97.00 five false"
specials 5.3.1.3
expect "four leave 96, and five stars" "$(score)" "96.00 five false"
done_by "$LEAD" audit.close
expect "each of them is to be corrected" \
    "$(show '[.nonconformities[].grade] | join(" ")')" \
    "minor minor minor minor"
carry decision
expect "and no correction gives the point back" "$(score)" "96.00 five false"
carry upkeep
expect "[M21] five stars" "$(public '"\(.status) \(.stars)"')" "valid 5"
done_by newcomer cancellation.ask reasons="改做十星级"
done_by certificates certificate.cancel code=0122 reasons="主动放弃"
expect "[17065 7.11] given back" "$(public .status)" cancelled

# --- a fifth fails ------------------------------------------------------------

TODAY=2027-03-01
opened five
audited 5.1.1.1 5.1.4.1 5.2.5.1 5.3.1.3
expect "four are not too many" "$(score)" "96.00 five false"
specials 5.1.3.1
expect "five fail, though 95 points are left" "$(score)" "95.00 null true"
done_by auditor1 special.record bonus=true note="行业内首创上门时限公示"
expect "and no bonus makes up for it" "$(score)" "96.00 null true"
refused audit.bonus_twice auditor1 special.record bonus=true note="另一项"
done_by "$LEAD" audit.close
carry decision
refused decision.no_level reviewer decision.grant
refused decision.no_level reviewer decision.grant level=standard
done_by reviewer decision.refuse reasons="特别扣分达五项"
done_by head decision.sign
expect "[M19] refused" "$(show '.stage + " " + .ending')" "ended refused"
checked

the_end
