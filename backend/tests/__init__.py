"""Tests of the whole: boundaries, assembly, real server processes."""
