"""Score role fillers by CEAF-REE, and the casualty slots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from dateline.errors import EvaluationError
from dateline.evaluation.benchmark import Peer, Read, Result, Step, a_few, ignore, open_archive
from dateline.evaluation.muc4.casualties import count_casualties
from dateline.evaluation.muc4.fillers import fillers_of
from dateline.evaluation.muc4.keys import Template, dispatches, normalised, templates
from dateline.evaluation.muc4.naming import ROLES, Fillers, Namer
from dateline.evaluation.muc4.weighing import fillers_with_parties
from dateline.evaluation.scores import Tally, pair_off
from dateline.reading.parties import Party
from dateline.record import Report

__all__ = ["count_fillers", "evaluate", "gold_fillers"]

Entity = frozenset[str]
Parties = Callable[[Report], Sequence[Party]]
_HINT = "give --data muc4.tar.gz"
_SLOTS = {
    "PerpInd": "PERP: INDIVIDUAL ID",
    "PerpOrg": "PERP: ORGANIZATION ID",
    "Target": "PHYS TGT: ID",
    "Victim": "HUM TGT: NAME",
    "Weapon": "INCIDENT: INSTRUMENT ID",
}
NAMED = "five roles, micro"
ALL = "five roles, described victims too"
DESCRIBED = "Victim, described too"
_PEERS = (Peer(NAMED, "GRIT 2021", 0.545, "tst3+4; trained on the 1,300 keys of train"),)
_NOTES = (
    "a filler is right when each of its strings is one of the entity's in the key (CEAF-REE)",
    "`Victim` are named ones, as in the published measure; `described too` adds the key's descriptions",
)


def evaluate(
    path: Path,
    read: Read,
    *,
    parties: Parties | None = None,
    part: str = "dev",
    limit: int | None = None,
    step: Step = ignore,
) -> Result:
    """Measure role fillers and casualties on a part of the archive: `dev` is tst1 and tst2.

    Without `parties` the fillers come from the record's events alone.

    Raises EvaluationError when the archive can't be read or has no such part.
    """
    texts, keys = _part(path, part)
    result = Result(f"MUC-4 {part}", "texts", 0, peers=_PEERS if part == "dev" else (), notes=_NOTES)
    for measure in (*ROLES, NAMED, DESCRIBED, ALL):
        result.tally.count(measure)
    namer = Namer.open()
    for message, text in a_few(texts.items(), limit):
        result.size += 1
        report = Report.of(text, language="en")
        record = read(report)
        found, victims = fillers_of(record, namer), None
        if parties is not None:
            found = fillers_with_parties(record, parties(report), namer)
            victims = found["Victim"]
        count_fillers(result.tally, found, keys.get(message, ()), text, message)
        count_casualties(result.tally, record, keys.get(message, ()), namer, victims)
        step()
    return result


def _part(path: Path, part: str) -> tuple[dict[str, str], dict[str, list[Template]]]:
    texts: dict[str, str] = {}
    keys: dict[str, list[Template]] = defaultdict(list)
    for name, content in sorted(open_archive(path, _HINT).items()):
        folder, _, file = name.rpartition("/")
        if Path(folder).name != part or file.startswith("text-"):
            continue
        if file.startswith("key-"):
            for template in templates(content.decode("latin-1")):
                keys[template.message].append(template)
        else:
            texts.update(dispatches(content.decode("latin-1")))
    if not texts or not keys:
        what = f"no dispatches with keys of the part {part!r} in the archive"
        raise EvaluationError(what, where=str(path), hint=_HINT)
    return texts, keys


def gold_fillers(keys: Sequence[Template], text: str) -> dict[str, list[Entity]]:
    """Gather the entities of each role over a dispatch's templates, normalised.

    As in the published data: strings that are not in the text are dropped, an
    entity that is part of another (or has it as a part) is that one, optional
    fillers and templates count like others. `Victim, described too` joins a
    description to the name it refers to.
    """
    out: dict[str, list[Entity]] = {role: [] for role in (*ROLES, DESCRIBED)}
    for template in keys:
        for role, slot in _SLOTS.items():
            for filler in template.get(slot):
                _add(out[role], frozenset(filler.strings))
        for entity in _described(template):
            _add(out[DESCRIBED], entity)
    plain = normalised(text)
    return {role: _told(entities, plain) for role, entities in out.items()}


def _described(template: Template) -> list[Entity]:
    """Join the descriptions of victims to the names they refer to; those without one stand alone."""
    descriptions = template.get("HUM TGT: DESCRIPTION")
    names = [set(filler.strings) for filler in template.get("HUM TGT: NAME")]
    for name in names:
        name.update(*(d.strings for d in descriptions if name & set(d.refers)))
    return [frozenset(n) for n in names] + [frozenset(d.strings) for d in descriptions if not d.refers]


def _add(entities: list[Entity], entity: Entity) -> None:
    if entity and not any(entity <= other or other <= entity for other in entities):
        entities.append(entity)


def _told(entities: Sequence[Entity], text: str) -> list[Entity]:
    told = [frozenset(s for name in e if (s := normalised(name)) and s in text) for e in entities]
    return [entity for entity in told if entity]


def count_fillers(
    tally: Tally, found: Fillers, keys: Sequence[Template], text: str, message: str = ""
) -> None:
    """Count the fillers of one dispatch by role and over all roles."""
    gold = gold_fillers(keys, text)
    named = {role: _entities(found, role, named=True) for role in ROLES}
    _over_roles(tally, NAMED, named, gold)
    every = {**named, DESCRIBED: _entities(found, "Victim", named=False)}
    right, ours, theirs = _ceaf(every[DESCRIBED], gold[DESCRIBED])
    tally.count(DESCRIBED, right, ours, theirs)
    tally.count(ALL, right, ours, theirs)
    for role in ROLES:
        if role != "Victim":
            tally.count(ALL, *_ceaf(every[role], gold[role]))
    tally.errors += _errors(every, gold, message)


def _entities(found: Fillers, role: str, *, named: bool) -> list[Entity]:
    rows = [f for f in found[role] if f.named or not named or role != "Victim"]
    return [frozenset({normalised(f.text)}) for f in rows]


def _over_roles(
    tally: Tally, measure: str, found: Mapping[str, Sequence[Entity]], gold: Mapping[str, Sequence[Entity]]
) -> None:
    for role in ROLES:
        counts = _ceaf(found[role], gold[role])
        tally.count(role, *counts)
        tally.count(measure, *counts)


def _ceaf(found: Sequence[Entity], gold: Sequence[Entity]) -> tuple[int, int, int]:
    """Align entities one to one; ours is right when it is a subset of the gold one.

    The alignment is the largest, as with the Hungarian algorithm: each step may
    move an earlier pair aside.
    """
    fits = [[j for j, g in enumerate(gold) if f <= g] for f in found]
    taken: dict[int, int] = {}

    def place(at: int, tried: set[int]) -> bool:
        for j in fits[at]:
            if j not in tried:
                tried.add(j)
                if j not in taken or place(taken[j], tried):
                    taken[j] = at
                    return True
        return False

    return sum(place(at, set()) for at in range(len(found))), len(found), len(gold)


def _errors(
    found: Mapping[str, Sequence[Entity]], gold: Mapping[str, Sequence[Entity]], message: str
) -> list[str]:
    out = []
    for role in found:
        met = pair_off(found[role], gold[role], lambda f, g: f <= g, lambda f, g: 1)
        ours, theirs = {id(f) for f, _ in met}, {id(g) for _, g in met}
        out += [f"{message}: missed {role} {sorted(g)}" for g in gold[role] if id(g) not in theirs]
        out += [f"{message}: spurious {role} {sorted(f)}" for f in found[role] if id(f) not in ours]
    return out
