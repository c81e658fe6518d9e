"""What Splink makes of names that rules left open. Runs in a Python of its own that has splink: see bench_names.py."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import duckdb
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

#: How alike the names of one body are when no rule knew them: the same, 0.97, 0.92, 0.85, less. Trained by itself on so
#: few matches it finds none at some sizes.
LIKELY = [0.05, 0.5, 0.3, 0.1, 0.05]


def main(folder: Path) -> None:
    """Link ``open.parquet`` to ``known.parquet``, and print what is decided as JSON."""
    started = time.perf_counter()
    api = DuckDBAPI()
    tables = [str(folder / "open.parquet"), str(folder / "known.parquet")]
    with duckdb.connect() as connection:
        frames = [connection.execute(f"SELECT * FROM '{path}'").df() for path in tables]
        settings = SettingsCreator(
            link_type="link_only",
            # half of what is left open is on the register: that is told to it
            probability_two_random_records_match=0.5 / len(frames[1]),
            comparisons=[
                compare.JaroWinklerAtThresholds("name", [0.97, 0.92, 0.85]).configure(m_probabilities=LIKELY),
                compare.ExactMatch("town"),
            ],
            blocking_rules_to_generate_predictions=[
                block_on("substr(name, 1, 5)"),
                block_on("substr(name, -6)"),
                block_on("split_part(name, ' ', 1)"),
            ],
            retain_intermediate_calculation_columns=False,
        )
    named = zip(frames, ("open", "known"), strict=True)
    linker = Linker([api.register(each, dataset_display_name=name) for each, name in named], settings, log_level=None)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("substr(name, 1, 5)"))
    rows = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    best: dict[str, tuple[float, str]] = {}
    for row in rows.to_dict("records"):
        sides = {row["source_dataset_l"]: row["unique_id_l"], row["source_dataset_r"]: row["unique_id_r"]}
        known = next(value for key, value in sides.items() if "known" in str(key) or "|" in str(value))
        mid = next(value for value in sides.values() if value != known)
        scored = (float(row["match_probability"]), known.split("|")[1])
        best[mid] = max(best.get(mid, (0.0, "")), scored)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    decided = {mid: body for mid, (chance, body) in best.items() if chance >= 0.9}
    print(json.dumps({"decided": decided, "seconds": time.perf_counter() - started, "memory": memory}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
