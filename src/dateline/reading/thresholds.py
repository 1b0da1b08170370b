"""Where the reader draws its lines; each was chosen on held-out training texts, never on the gold."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Thresholds"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Least probabilities, 0 to 1.

    Of mentions: `trigger` to `actor` (`saying`, `said`: cues and contents as
    PolNeAR cuts them; `filler`: the parties of MUC-4's templates). Of links: `role`, `where`, `when`
    (of the link and the event together), `source` (cue to its source), `via`, `content` (said by), `who`,
    `counted` (figure to its event), `same` (two triggers, one happening).
    """

    trigger: float = 0.7
    figure: float = 0.5
    cue: float = 0.6
    saying: float = 0.45
    said: float = 0.4
    filler: float = 0.1
    source: float = 0.5
    place: float = 0.5
    time: float = 0.5
    actor: float = 0.5
    role: float = 0.7
    where: float = 0.35
    when: float = 0.3
    attributed: float = 0.6
    via: float = 0.5
    content: float = 0.4
    who: float = 0.3
    counted: float = 0.5
    same: float = 0.4
