"""Figures: pure functions from a small frozen frame to a picture. None knows of missions, packs or pages."""
