"""Evaluation: one file a benchmark, each giving rows of precision, recall and F1."""
