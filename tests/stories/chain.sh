#!/usr/bin/env bash
# chain.sh -- a chain store with sixty outlets: what it costs, which of them are
# visited and for how many days, an audit on several sites, one certificate for
# all. [M15] [M29] [M30] [17065 7.4]

cd "$(dirname "$0")/../.."
# shellcheck source=tests/story.sh
. tests/story.sh

founded 2026-03-02
use_scheme schemes/five-star
SITES=$(jq -nc '[{name: "总部", place: "示例省示例市", kind: "hq"}] +
    [range(1; 61) | {name: "\(.)号店", place: "示例省示例市", kind: "outlet"}]')
STAFF=400
opened five

# --- a quote for a chain ------------------------------------------------------

# Of sixty outlets the square root, rounded up, is visited: eight.  The package
# asks of 400 staff 11.5 days, ten of them on site, and half a day an outlet.
carry contract
expect "[M11] sixty outlets and the headquarters" \
    "$(show '.application.sites | length')" 61
done_by finance quote.make prepay=3000
line_of() {
    show '.quote.lines[] | select(.rule == "'"$1"'") |
        "\(.kind) \(.amount)"'
}
expect "[M29] 15.5 days at 3000 yuan, for five stars 62.5 % of it" \
    "$(line_of audit)" "fee 2906250"
expect "[M30] to nine sites, and board for fourteen days, at cost" \
    "$(line_of travel)" "travel 1600000"
expect "[M13] [M30] no prepayment on travel" "$(show '.quote.prepayment')" \
    965625
done_by newcomer contract.accept
done_by finance contract.sign
done_by finance payment.record amount=965625 received="$TODAY" \
    payer="$(show .enterprise.name)"

# --- which sites: some by chance, the rest by the planner [M15] ---------------

carry plan
# sites NAME...: the headquarters and these, for a plan.
sites() { printf '%s\n' 总部 "$@" | jq -Rc . | jq -sc .; }
plan=(plan.make lead=auditor1 members='["auditor2","auditor3"]'
    from=2026-03-23 to=2026-03-27 reason="八家门店分布广")
refused plan.not_drawn planner "${plan[@]}" person_days=140 \
    sites="$(sites {1..8}号店)"
refused rights.role auditor1 sites.draw
done_by planner sites.draw
refused sites.drawn_already planner sites.draw
"$TENSTAR" case history "$CASE" --data "$DATA" --json |
    jq -c '.events[] | select(.type == "sites.drawn")' >"$story_dir/drawn"
drawn() { jq -r "$1" "$story_dir/drawn"; }
expect "[17065 7.4] IAF MD 1: eight, a quarter of them by chance" \
    "$(drawn '.data | "\(.least) \(.drawn | length)"')" "8 2"

# Whoever has the journal can repeat it: the seed is SHA-256(head of the journal
# || round), the sites a shuffle by it. [17065 7.4]
cat >"$story_dir/repeat.py" <<'PYTHON'
import hashlib, sys

head, rounds, sites, wanted = sys.argv[1], *map(int, sys.argv[2:])
seed = hashlib.sha256(bytes.fromhex(head) + rounds.to_bytes(8, "big")).digest()
rows, counter = list(range(1, sites + 1)), 0
for i in range(wanted):
    left = sites - i
    while True:
        digest = hashlib.sha256(seed + counter.to_bytes(8, "big")).digest()
        n, counter = int.from_bytes(digest[:8], "big"), counter + 1
        if n < 2**64 - 2**64 % left:
            break
    rows[i], rows[i + n % left] = rows[i + n % left], rows[i]
print(seed.hex(), *(f"{row}号店" for row in rows[:wanted]))
PYTHON
expect "[17065 7.4] anybody can repeat the draw" \
    "$(drawn '.data | .seed + " " + (.drawn | join(" "))')" \
    "$(python3 "$story_dir/repeat.py" "$(drawn .prev)" "$(show .rounds)" 60 2)"

mapfile -t chance < <(drawn '.data.drawn[]')
mapfile -t others < <(seq -f %g号店 60 |
    grep -vxF -f <(drawn '.data.drawn[]'))
refused plan.few_sites planner "${plan[@]}" person_days=135 \
    sites="$(sites "${chance[@]}" "${others[@]:0:5}")"
expect "[17065 7.4] seven are one too few" \
    "$(answer_of '.refused.arguments | "\(.visited) \(.least)"')" "7 8"
refused plan.drawn_site planner "${plan[@]}" person_days=140 \
    sites="$(sites "${chance[0]}" "${others[@]:0:7}")"
refused plan.headquarters planner "${plan[@]}" person_days=140 \
    sites="$(sites "${chance[@]}" "${others[@]:0:6}" | jq -c '.[1:]')"
refused plan.site planner "${plan[@]}" person_days=140 \
    sites="$(sites "${chance[@]}" "${others[@]:0:5}" 61号店)"
visit=$(sites "${chance[@]}" "${others[@]:0:6}")

# --- person-days: by staff, and half a day for each outlet [M15] --------------

short=(plan.make lead=auditor1 members='["auditor2","auditor3"]'
    from=2026-03-23 to=2026-03-27 sites="$visit")
refused plan.days planner "${short[@]}" person_days=140
refused plan.person_days planner "${short[@]}" person_days=151
done_by planner "${short[@]}" person_days=139 reason="八家门店分布广"
expect "[M15] ten for 400 staff, four for eight outlets" \
    "$(show '.plan | "\(.table_days) \(.needed) \(.sites | length)"')" \
    "100 140 9"
done_by planner "${short[@]}" person_days=140 reason="八家门店分布广"
done_by newcomer plan.agree

# --- the audit on nine sites --------------------------------------------------

visited
expect "a list for each site visited, and for no other" \
    "$("$TENSTAR" case checklist "$CASE" --data "$DATA" --json |
        jq -c '[.lists[].site] | unique | sort')" \
    "$(jq -c sort <<<"$visit")"
see=(observation.record place=服务台 indicators='["5.1.1.2"]'
    note="公示了时限" evidence='["照片"]')
refused papers.site auditor2 "${see[@]}" site="${others[7]}"
for site in "${chance[@]}" "${others[@]:0:6}"; do
    done_by auditor2 "${see[@]}" site="$site"
done
expect "[17065 7.4] an observation at each of eight outlets" \
    "$("$TENSTAR" case papers "$CASE" --data "$DATA" --json |
        jq '[.audits[0].observations[].site] | unique | length')" 8
found
asked_customers
done_by "$LEAD" audit.close

# --- the certificate, and what the next round visits --------------------------

carry upkeep
expect "[M21] one certificate for all, of 51 to 1000 staff" \
    "$(public '.status + " " + .number[-3:]')" "valid R0M"

# --- a certificate for each store that wants to show one ----------------------

done_by certificates certificate.sub site="${others[0]}"
done_by certificates certificate.sub site="${others[1]}"
refused sub.taken certificates certificate.sub site="${others[0]}"
refused plan.site certificates certificate.sub site=61号店
main=$NUMBER NUMBER=$NUMBER-2
expect "[M21] a store's own number is looked up like any other" \
    "$(public '.status + " " + .main + " " + .site.name')" \
    "valid $main ${others[1]}"
expect "[M15] of nine sites the case names eight" \
    "$(told | grep -c '^  Sites: .*, and 1 more$')" 1
done_by certificates certificate.sub_end number="$NUMBER" why=closed \
    reasons="门店停业"
expect "[M21] it ends alone" "$(public .status)" cancelled
expect "[M21] and the case says when" \
    "$(told | grep '^  Sub-certificate' | cut -d, -f1,3)" \
    "  Sub-certificate $main-1, until $(LC_ALL=C date -d \
        "$(show .certificate.until)" '+%-d %B %Y')
  Sub-certificate $main-2, ended on $(LC_ALL=C date -d "$TODAY" '+%-d %B %Y')"
NUMBER=$main
expect "[M21] the main one says how they stand" \
    "$(public '.status, (.sub_certificates[] | .number + " " + .status)')" \
    "valid
$main-1 valid
$main-2 cancelled"

TODAY=$(in_days -30 "$(show .due.on)")
done_by planner round.open kind=surveillance
done_by planner sites.draw
refused plan.few_sites planner plan.make lead=auditor2 \
    members='["auditor3"]' from="$TODAY" to="$(in_days 2)" person_days=60 \
    sites="$(sites "${others[@]:0:4}")"
expect "[17065 7.9] 0.6 of the square root for a surveillance" \
    "$(answer_of .refused.arguments.least)" 5
checked

the_end
