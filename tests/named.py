"""A small study whose roster tells everything about six invented people, for tests of what may not be told on."""

from __future__ import annotations

from pathlib import Path

from studies import write

STUDY = """\
[study]
title = "Talks across units"
seed = 7
tolerate = ["unknown-people"]

[roster]
file = "roster.csv"
name = "name"
aliases = "also"
email = "email"
initials = "short"
key = "token"
start = "start"
attributes = ["role"]

[roster.departments]
after = "later"

[[waves]]
label = "before"
date = 2024-01-15
file = "before.csv"
respondent = "token"

[[waves]]
label = "after"
date = 2024-12-01
file = "after.csv"
respondent = "token"

[[relations]]
name = "contact"
kind = "roster"
code = "contact"
levels = { "seldom" = 0.5, "weekly" = 2, "never" = 0 }
dont_know = ["?"]
not_asked = ["88"]
threshold = 0.5

[[relations]]
name = "advice"
kind = "free-text"
code = "advice"
nobody = "nobody"

[[scales]]
name = "trust"
items = { t1 = "I trust", t2 = "They trust" }
levels = { "low" = 1, "high" = 5 }
dont_know = ["?"]

[[scales]]
name = "years"
kind = "background"
items = { y = "Years here" }

[primary]
relation = "contact"
measure = "cross_density"
waves = ["before", "after"]
"""
ROSTER = """\
id,name,also,email,short,token,department,later,start,role
w-1001,Søren Ågård,,soren.agard@example.org,SÅ,tk7q1,North,,,clerk
w-1002,Inge-Lise Bak Jensen,Lise Bak,lise.77@example.org,ILBJ,tk7q2,North,South,,clerk
w-1003,Bo Li,,boli@example.org,BL,tk7q3,North,,,clerk
w-1004,Œdil Øvrebø,,edil@example.org,OØ,tk7q4,South,,,head
w-1005,Ymke Dijkstra,,y.dijkstra@example.org,YD,tk7q5,South,,,clerk
w-1006,Zoë Quist,,zq77@example.org,ZQ,tk7q6,South,,2024-06-01,clerk
"""
TOKENS = [f"tk7q{number}" for number in range(1, 7)]
IDS = [f"w-100{number}" for number in range(1, 7)]
_HEADER = (
    "token,remarks," + ",".join(f"contact_{person}" for person in IDS) + ",contact_w-9999,advice,t1,t2,y\n"
)
# w-1002 left one cell blank and does not know about another; w-1003 was asked about two colleagues only;
# w-1005 answered about somebody who is not on the roster and about nobody else. w-1006 was not there yet.
BEFORE = _HEADER + (
    'tk7q1,"Ymke is hard to reach",,weekly,never,seldom,never,,never,"Bo Li; Inge-Lise Bak Jensen",low,high,7\n'
    "tk7q2,,seldom,,,?,never,,never,nobody,?,low,12 years\n"
    "tk7q3,,weekly,never,,88,88,,88,,high,,7\n"
    "tk7q5,,,,,,,,weekly,Somebody Else,,,\n"
)
AFTER = _HEADER + (
    "tk7q1,,,weekly,weekly,weekly,never,never,never,Lise Bak,high,high,8\n"
    "tk7q2,,never,,never,weekly,seldom,never,never,Søren Ågård og Ymke Dijkstra,low,low,13 years\n"
    "tk7q4,,never,never,weekly,,seldom,weekly,never,nobody,high,?,2\n"
    'tk7q6,"say hi to Zoë Quist",weekly,never,never,never,never,,never,,low,low,0\n'
)
FILES = {"study.toml": STUDY, "roster.csv": ROSTER, "before.csv": BEFORE, "after.csv": AFTER}
# What no file may hold that is handed on; pieces that are long enough not to be there by chance.
SECRETS = [
    *TOKENS,
    *IDS,
    *(
        "Søren",
        "Ågård",
        "Inge",
        "Lise",
        "Jensen",
        "Œdil",
        "Øvrebø",
        "Ymke",
        "Dijkstra",
        "Zoë",
        "Quist",
        "Bo Li",
    ),
    *("example.org", "ILBJ", "hard to reach", "Somebody"),
]


def named_study(folder: Path) -> Path:
    """Write the study and return its folder."""
    return write(folder, FILES)
