"""score.py DOSSIER -- the score by the scheme's points, from the findings and
what was corrected."""
import fractions, json, pathlib, sys, yaml
dossier = pathlib.Path(sys.argv[1])
part = lambda name: json.loads((dossier / f"parts/{name}.json").read_text())
scheme = yaml.safe_load((dossier / "scheme/scheme.yaml").read_text())
points, corrects = {}, set()
def leaves(indicators):
    for i in indicators:
        if "children" in i:
            leaves(i["children"])
        else:
            points[str(i["id"])] = fractions.Fraction(str(i["points"]))
            if i.get("corrects"):
                corrects.add(str(i["id"]))
leaves(scheme["indicators"])
raised = [n for n in part("nonconformities")["nonconformities"]
          if n["grade"] in ("minor", "major") and not n.get("earlier")]
open_still = {n["indicator"] for n in raised if n["state"] != "accepted"}
mended = corrects & {n["indicator"] for n in raised} - open_still
won = total = fractions.Fraction(0)
for f in part("findings")["findings"]:
    worth, result = points.pop(f["indicator"]), f["result"]
    if f["indicator"] in mended and not f.get("carried"):
        result = "met"
    if f["result"] == "not_applicable":
        continue
    total += worth
    if result == "met":
        won += worth
    if result == "sampled":
        won += worth * f["k"] / f["n"]
assert not points, "indicators without a finding"
rule, given = scheme.get("specials", {}), part("specials")
change = (rule.get("bonus", 0) * given["bonus"]
          - rule.get("deduction", 0) * given["deductions"])
if rule.get("order") == "before":
    score = max(0, min(total, won + change)) / total * 100
else:
    score = max(0, min(100, won / total * 100 + change))
said = part("score")
print(score, "as the body said:", score == fractions.Fraction(
    int(said["num"]), int(said["den"])))
