"""MUC-4: the role fillers and the casualties of terrorist incidents, from whole dispatches.

Measured as document-level role-filler entity extraction is (Du, Rush and Cardie
2021, "GRIT: Generative Role-filler Transformers for Document-level Event Entity
Extraction", EACL), on tst1 and tst2 (their development part; their own figures
are of tst3 and tst4), and by the casualty slots that they leave aside.
"""

from __future__ import annotations

from dateline.evaluation.muc4.measure import evaluate

__all__ = ["evaluate"]
