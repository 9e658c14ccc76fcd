"""Small programmes with a comparison group, and the studies that they belong to."""

from datetime import date
from pathlib import Path

from netlearn.analysis.data import StudyData
from netlearn.planning.staggered import Rota, simulate_staggered
from netlearn.planning.worlds import World
from netlearn.study.beyond import PlacesPlan
from netlearn.study.plan import Assignment, FileFormat, RelationPlan, RosterPlan, Study, WavePlan
from netlearn.study.planned import Outcome

WAVES = ("w0", "w1", "w2")
ASSIGNMENT = Assignment("start", "start-wave", "stratum", randomized=True)


def world(n=90, departments=40, **settings):
    """Many tiny departments, some of whose people fall silent."""
    known = {"density": 0.05, "homophily": 1.0, "activity_sd": 0.5, "nonresponse": 0.15}
    return World(n=n, groups=departments, waves=WAVES, **(known | settings))


def study(waves=WAVES, **changes):
    """A study of a staggered programme with the attributes that the simulator gives."""
    known = {
        "folder": Path("nowhere"),
        "title": "A programme",
        "language": "da",
        "design": "staggered",
        "seed": 1,
        "min_cell_size": 5,
        "grouping": "baseline",
        "tolerate": (),
        "files": FileFormat(),
        "roster": RosterPlan("roster.csv", attributes=("area", "stratum", "start"), shown="area"),
        "waves": tuple(WavePlan(w, date(2020 + at, 1, 1), title=f"time {at}") for at, w in enumerate(waves)),
        "relations": (RelationPlan("contact", title="Who do you talk to?", n_slots=6),),
        "primary": Outcome("contact", "cross_out_degree", (waves[0], waves[-1])),
        "assignment": ASSIGNMENT,
        "places": PlacesPlan("places.csv"),
    }
    return Study(**(known | changes))


def programme(seed=1, **changes):
    """Simulate a programme of 60 of 90 people, of whom 30 are trained in two turns, with its study."""
    rota = {"n_programme": 60, "n_trained": 30, "n_areas": 3, "most_names": 6}
    rota |= {
        name: changes.pop(name) for name in ("effect_both", "effect_one", "most_names") if name in changes
    }
    made = simulate_staggered(Rota(changes.pop("world", world()), **rota), seed)
    return made, StudyData(study(**changes), {"contact": made.panel}, places=made.places)
