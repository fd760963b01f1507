#!/usr/bin/env bash
# money.sh -- what a certification costs: an enterprise asks before it chooses,
# compares bodies, signs a contract, pays in parts, withdraws and gets its money
# back by the contract.  The marks [M28].. are rows of the mission.

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

scheme=schemes/ten-star
use_scheme $scheme

# --- before a body is chosen: a range ---------------------------------------

estimate() { "$TENSTAR" fee estimate "$@" --json; }

estimate $scheme --staff 40 --sites 1 --level ten --trade 5221 \
    >"$story_dir/estimate"
fee() { jq -c "$1" "$story_dir/estimate"; }
expect "[M29] fees, from the list to 30 % above it" "$(fee .first.fees)" \
    "[2300000,2990000]"
expect "[M30] travel apart, at cost" "$(fee .first.travel)" "[200000,350000]"
expect "[M31] a surveillance, about a third" "$(fee .surveillance.fees)" \
    "[800000,1040000]"
expect "[M28] all of it, over three years" "$(fee .whole)" "[4320000,5820000]"
expect "[D3] marked as assumed" "$(fee .assumed)" true

# least FILTER-OPTIONS...: the least fee of a first certification.
least() { estimate $scheme "$@" | jq '.first.fees[0]'; }
expect "[M33] over 100 staff costs more" \
    "$(least --staff 120 --sites 1 --trade 5221)" 3050000
expect "[M33] cars cost more" \
    "$(least --staff 40 --sites 1 --trade 5261)" 2530000
expect "[M29] a chain of 61 sites costs more" \
    "$(least --staff 40 --sites 61 --trade 5221)" 3500000

"$TENSTAR" fee estimate $scheme --staff 40 --sites 1 --lang en \
    >"$story_dir/words"
holds "words, line by line" grep -q "travel and board, at cost: ¥2,000.00" \
    "$story_dir/words"
holds "words say what is assumed" grep -q "nobody has published them" \
    "$story_dir/words"

# cannot STATUS ID WORDS...: an estimate that cannot be made, and why.
cannot() {
    local status=0 want="$1 $2"
    shift 2
    estimate "$@" >"$story_dir/out" 2>"$story_dir/err" || status=$?
    expect "fee estimate $*" \
        "$status $(jq -r .refused.id "$story_dir/out")" "$want"
}
cannot 1 fee.no_days $scheme --staff 100000 --sites 1
cannot 1 case.level $scheme --staff 40 --sites 1 --level eleven
cannot 1 fee.trade $scheme --staff 40 --sites 1 --trade cars
cannot 2 cli.number $scheme --staff 0 --sites 1
cannot 2 cli.number $scheme --staff 40 --sites 2001

# A package that is wrong says what is wrong with it.
mkdir "$story_dir/bad"
sed 's/  yearly: 2000/  yearly: much/' $scheme/scheme.yaml \
    >"$story_dir/bad/scheme.yaml"
cannot 1 package.unsound "$story_dir/bad" --staff 40 --sites 1
expect "the reason has its words filled in" \
    "$(jq -r .refused.arguments.why "$story_dir/out" | grep -c yearly)" 1

# --- preparation: offers of others are the enterprise's own [M10] ------------

founded 2026-03-02

# [M10] The list of approved bodies is loaded, [M34] [D3] subsidies are entered
# with their source, by the body.
CASE=body
if case_do finance body.set_approved source="示例名录" bodies='[]'; then
    fail "finance loads no list"
else
    pass
fi
done_by admin body.set_approved source="示例名录 2026-03" bodies='[
    {"approval":"CNCA-R-2099-801","name":"隐秘认证","fields":["SC03"]},
    {"approval":"CNCA-R-2099-803","name":"他域认证","fields":["SC01"]}]'
subsidy='{"programme":"示例奖励","amount":1000000,"until":"2026-12-31",
    "document":"示例发〔2026〕1号","link":"https://example.invalid/1"'
done_by finance body.set_subsidies subsidies="[$subsidy,\"place\":\"示例省\"},
    $subsidy,\"place\":\"广东省\"}]"

opened ten

offer=(offer.note cycle=45 seniors=2 team="两名高级审查员")
refused rights.role finance "${offer[@]}" body="隐秘认证" \
    approval=CNCA-R-2099-801 price=1800000
refused offer.approval newcomer "${offer[@]}" body="隐秘认证" approval=none \
    price=1800000
refused offer.own newcomer "${offer[@]}" body="本机构" \
    approval=CNCA-R-2099-000 price=1800000
done_by newcomer "${offer[@]}" body="隐秘认证" approval=CNCA-R-2099-801 \
    price=1800000
done_by newcomer "${offer[@]}" body="另一认证" approval=CNCA-R-2099-802 \
    price=9900000
# [M32] What is spent beside it is never this body's business [17065 4.2].
refused offer.not_the_body newcomer cost.note kind=consulting \
    provider="示例认证中心" amount=1500000
done_by newcomer cost.note kind=consulting provider="示例咨询公司" \
    amount=1500000

offers() {
    "$TENSTAR" case offers "$CASE" --data "$DATA" --as newcomer \
        --today "$TODAY" --json | jq -c "$1"
}
expect "[M10] two are too few" "$(offers '[.enough, (.offers | length)]')" \
    "[false,2]"
expect "[M10] who is not approved is seen as such" \
    "$(offers '[.offers[] | .state]')" '["listed","not_listed"]'
expect "[M34] subsidies of its own province, and whose entry they are" \
    "$(offers '.public_money | [.entered_by, (.subsidies | map(.place))]')" \
    '["示例认证中心",["示例省"]]'
TODAY=2027-01-01
expect "[D3] none that is over" \
    "$(offers '.public_money.subsidies | length')" 0
TODAY=2026-03-02
for who in finance quality admin; do
    holds "[M10] $who reads no offers" eval \
        "! '$TENSTAR' case offers $CASE --data '$DATA' --as $who"
done
"$TENSTAR" case history "$CASE" --data "$DATA" --json >"$story_dir/history"
expect "[M10] the journal hides them from staff" \
    "$(jq -c '[.events[] | select(.private) | keys] | unique' \
        "$story_dir/history")" '[["n","on","private","type"]]'
expect "[M10] every word of them" \
    "$(grep -c '隐秘\|咨询公司\|9900000' "$story_dir/history" || true)" 0
expect "[M10] and from the view" "$(show . | grep -c '隐秘\|9900000' || true)" 0
expect "[M10] the enterprise reads its own" \
    "$("$TENSTAR" case history "$CASE" --data "$DATA" --as newcomer --json |
        jq -r '.events[] | select(.type == "offer.noted") | .data.body' |
        head -n 1)" "隐秘认证"

# --- application, as the journey tells it in full -----------------------------

carry completeness
expect "[M10] this body's estimate is the third" \
    "$(offers '[.enough, (.offers | map(.own) | index(true))]')" "[true,1]"
done_by intake application.accept

# --- quote: by the rules, line by line [M13] ----------------------------------

refused contract.no_quote newcomer contract.accept
refused rights.role auditor1 quote.make prepay=3000
done_by finance quote.make prepay=3000
expect "[M29] lines by the rules" \
    "$(show '.quote.lines | map("\(.rule) \(.amount)") | join(", ")')" \
    "application 100000, audit 1800000, registration 200000, yearly 200000,\
 travel 350000"
expect "[M13] [M30] 30 % of the fees, travel left out" \
    "$(show .quote.prepayment)" 690000
expect "[M31] the whole, with two surveillances" \
    "$(show '.quote | [.total, .surveillance, .surveillances, .whole] |
        join(" ")')" "2650000 1000000 2 4650000"
first_offer=$(show .quote.offer)

# A line is changed for a reason, and what the rule asks stays beside it.
change='[{"rule":"audit","amount":1700000,"reason":"与质量体系审核同行"}]'
refused record.missing finance quote.make prepay=3000 \
    changes='[{"rule":"audit","amount":1}]'
done_by finance quote.make prepay=3000 changes="$change"
expect "[M29] changed, with its reason on record" \
    "$(show '.quote.lines[1] | "\(.amount) \(.by_rule) \(.reason)"')" \
    "1700000 1800000 与质量体系审核同行"
expect "[M13] terms of both sides" \
    "$(show '.quote.terms | map(.side) | unique | join(" ")')" "body client"
expect "[M13] the last of them: what is given back, stage by stage" \
    "$(show '.quote.terms[-1].text')" \
    "案件不予受理或撤回的，按其终止时所处的阶段退还已付款项：\
报价与合同 100%，文件审查 70%，审查计划 50%；在其他阶段不退还"

# --- contract: both sides sign what they read [M13] [17065 4.1.2] -------------

refused contract.other_offer newcomer contract.accept offer="$first_offer"
done_by newcomer contract.accept offer="$(show .quote.offer)"
refused contract.accepted_already finance quote.make prepay=3000
refused contract.not_signed finance invoice.issue number=F1 due=2026-03-20 \
    lines='[{"text":"预付款","kind":"fee","amount":660000}]'
done_by head contract.sign number=HT-2026-07
expect "[M13] it runs three years, under the hash of the offer" \
    "$(show '.quote | [.agreement.from, .agreement.until,
        (.agreement.offer == .offer)] | join(" ")')" \
    "2026-03-02 2029-03-01 true"
expect "[M13] under the number the body gave it" \
    "$(show .quote.agreement.number)" HT-2026-07

# --- invoices and payments in part --------------------------------------------

client=$(show .enterprise.name)
pay=(payment.record received="$TODAY" payer="$client")
refused invoice.fees finance invoice.issue number=F1 due=2026-03-20 \
    lines='[{"text":"认证费","kind":"fee","amount":2200001}]'
refused invoice.travel finance invoice.issue number=F1 due=2026-03-20 \
    lines='[{"text":"差旅","kind":"travel","amount":350001}]'
refused invoice.no_certificate finance invoice.issue number=F1 \
    due=2026-03-20 what=surveillance \
    lines='[{"text":"监督","kind":"fee","amount":1}]'
done_by finance invoice.issue number=F1 due=2026-03-20 \
    lines='[{"text":"预付款","kind":"fee","amount":660000}]'
refused contract.payer finance payment.record received=$TODAY \
    payer="示例咨询公司" amount=1 invoice=F1
refused invoice.overpaid finance "${pay[@]}" amount=660001 invoice=F1
done_by finance "${pay[@]}" amount=300000 invoice=F1
expect "[M13] a part, and still in stage 3" \
    "$(show '[.quote.invoices[0].open, .stage] | join(" ")')" "360000 contract"
done_by finance "${pay[@]}" amount=360000 invoice=F1
expect "[M13] prepaid" "$(show .stage)" documents
done_by finance invoice.issue number=F2 due=2026-03-20 \
    lines='[{"text":"认证费","kind":"fee","amount":1540000}]'
done_by finance invoice.cancel number=F2 reason="抬头有误"
refused invoice.cancelled_already finance "${pay[@]}" amount=1 invoice=F2
"$TENSTAR" case show "$CASE" --data "$DATA" --lang en >"$story_dir/words"
holds "words: what is paid and what is open" grep -q \
    "Paid ¥6,600.00, open ¥18,900.00" "$story_dir/words"

# --- withdrawn: money goes back by the contract -------------------------------

refused rights.stage finance refund.record amount=1 paid=$TODAY
done_by newcomer case.withdraw reasons="集团重组"
refused refund.beyond_rule finance refund.record amount=462001 paid=$TODAY
done_by finance refund.record amount=462000 paid=$TODAY
expect "70 % in the document review" "$(show .quote.refunded)" 462000
refused refund.beyond_paid finance refund.record amount=198001 paid=$TODAY \
    reason="双方协商"
done_by finance refund.record amount=198000 paid=$TODAY reason="双方协商"
refused refund.nothing finance refund.record amount=1 paid=$TODAY reason="x"

# Every journal replays, hashes and money included.
holds "the installation checks out" "$TENSTAR" check --data "$DATA"

the_end
