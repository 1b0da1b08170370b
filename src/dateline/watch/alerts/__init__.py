"""Send word when it matters: rules, what changed in the incidents and postures kept, and channels."""

from __future__ import annotations

from dateline.watch.alerts.alert import Alert, Change, Saying
from dateline.watch.alerts.engine import Alerts
from dateline.watch.alerts.outbox import Outbox
from dateline.watch.alerts.rules import Rule, Rules, read_rules

__all__ = ["Alert", "Alerts", "Change", "Outbox", "Rule", "Rules", "Saying", "read_rules"]
