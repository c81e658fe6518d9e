"""The tests. ``house`` reads the source, ``browser`` drives the pages, the other folders mirror what they test."""
