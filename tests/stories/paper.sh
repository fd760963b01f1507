#!/usr/bin/env bash
# paper.sh -- an application on paper, with the company's seal: staff enter what
# it says, it goes the same way as any other, and stays marked. [M11]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

founded 2026-03-02
use_scheme schemes/five-star
opened five
uscc=$(show .enterprise.uscc)

# --- what the enterprise does itself, staff do not ----------------------------

expect "[M11] applied for online" "$(show .paper)" false
refused rights.paper intake eligibility.answer declarations="$(declared)"
refused rights.paper intake application.submit scope="家用电器的售后服务" \
    staff=40 service_staff=12 sites="$SITES" trade=5221
done_by newcomer case.withdraw reasons="改交纸质申请"

# --- entered by intake --------------------------------------------------------

CASE=new
refused case.whose intake case.open scheme="$SCHEME" level=five
refused case.enterprise intake case.open scheme="$SCHEME" level=five \
    --enterprise 91990000DEM0000000
refused rights.role finance case.open scheme="$SCHEME" level=five \
    --enterprise "$uscc"
APPLICANT=intake
opened five --enterprise "$uscc"
expect "[M11] marked as one on paper" "$(show .paper)" true
done_by intake eligibility.answer declarations="$(declared)"
done_by intake assessment.record answers="$(answers)" figures="$(figures)"
# The paper itself, with its seal, is kept as it came, by its hash.
printf '%s\n' "示例申请书（盖章）" >"$story_dir/paper.txt"
done_by intake document.add requirement=licence file="$story_dir/paper.txt" \
    title="申请书与营业执照（盖章）"
expect "[M11] to the byte" "$(show '.documents[] |
    select(.requirement == "licence") | .document.blob')" \
    "$(sha256sum "$story_dir/paper.txt" | cut -d' ' -f1)"
for r in $(required); do
    [ "$r" = licence ] || handed_in "$r"
done
apply covered_staff=40
expect "[M11] the application says so, too" "$(show .application.paper)" true
expect "[M12] the same five working days" "$(show .due.on)" 2026-03-09

# --- the same way as any other ------------------------------------------------

# Whoever entered it may check whether it is complete, but nothing beyond.
carry contract
done_by finance quote.make prepay=3000
done_by intake contract.accept note="盖章合同原件已收"
refused rights.role intake contract.sign
done_by finance contract.sign
refused contract.payer finance payment.record amount=1 received="$TODAY" \
    payer="示例咨询公司"
done_by finance payment.record amount="$(show .quote.prepayment)" \
    received="$TODAY" payer="$(show .enterprise.name)"
carry audit
visited
found
# One half of the coin toss is the enterprise's own, on paper or not. [M16]
done_by "$MEMBER" sample.commit size=300 wanted=10 \
    list="$(printf '%064d' 1)" commitment="$(printf '%064d' 2)"
refused rights.role intake sample.give_nonce nonce="$(printf '%064d' 3)"
done_by newcomer sample.give_nonce nonce="$(printf '%064d' 3)"
expect "[M11] the journal names who entered what" \
    "$("$TENSTAR" case history "$CASE" --data "$DATA" --json | jq -r '
        [.events[] | select(.type | IN("application.submitted",
            "sample.nonce_given")) | .actor] | unique | length')" 2
# The enterprise may act for itself at any time.
done_by newcomer case.withdraw reasons="集团重组"
expect "[M11] withdrawn by the enterprise" "$(show '.stage + " " + .ending')" \
    "ended withdrawn"
checked

the_end
