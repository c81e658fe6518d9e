"""What is kept: snapshot files whose every byte is accounted for."""

from orchestrator.store.snapshot_file import SUFFIX, is_snapshot_file, read_manifest, read_snapshot_file, snapshot_file

__all__ = ["SUFFIX", "is_snapshot_file", "read_manifest", "read_snapshot_file", "snapshot_file"]
