"""What leaves the tool is opened by the programs that people have: LibreOffice and a PDF reader, if they are there."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from orchestrator.export.formats import chosen_formats
from orchestrator.freezing import advised, freeze, marked
from orchestrator.model import MissionGraph
from orchestrator.study import analyse, open_pack
from orchestrator.tables.files import write_together

OFFICE = shutil.which("soffice")
WORDS = shutil.which("pdftotext")


def run(*words: str) -> str:
    return subprocess.run(words, check=True, capture_output=True, text=True, timeout=240).stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents of one packaged mission."""
    made = tmp_path_factory.mktemp("readers")
    pack = open_pack()
    graph = MissionGraph.from_pack(pack, "clean-energy", date(2026, 11, 23))
    snapshot = advised(marked(freeze(pack, analyse(graph)), "OFFICIAL"))
    files = {}
    for each in chosen_formats(["pdf", "docx", "tables"]):
        files |= each.files(snapshot)
    write_together(made, files)
    return made


@pytest.mark.skipif(not WORDS, reason="there is no pdftotext here (Debian: poppler-utils)")
def test_a_pdf_reader_finds_the_words_of_the_brief(folder: Path) -> None:
    text = run(str(WORDS), "-layout", str(folder / "clean-energy_2026-11-23_OFFICIAL.pdf"), "-")
    first, second = text.split("\f")[:2]
    for page in (first, second):
        assert page.count("OFFICIAL") >= 2
    assert "have nobody working on them" in first
    for heading in ("What to raise", "Whom to bring in", "Whom to introduce to each other", "What is not known"):
        assert heading in text


@pytest.mark.slow
@pytest.mark.skipif(not (OFFICE and WORDS), reason="there is no LibreOffice or no pdftotext here")
def test_libreoffice_opens_the_document_and_the_workbook(folder: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    names = ["clean-energy_2026-11-23_OFFICIAL.docx", "clean-energy_2026-11-23_OFFICIAL.tables.xlsx"]
    files = [str(folder / name) for name in names]
    run(str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files)
    document = run(str(WORDS), str(tmp_path / "clean-energy_2026-11-23_OFFICIAL.pdf"), "-")
    pages = document.split("\f")[:-1]
    assert len(pages) == 2
    assert all(page.count("OFFICIAL") >= 2 for page in pages)
    assert "What is not known" in document
    workbook = run(str(WORDS), str(tmp_path / "clean-energy_2026-11-23_OFFICIAL.tables.pdf"), "-")
    for title in ("Table of contents", "Capability by place", "Everyone who is relied on", "What the words mean"):
        assert title in workbook


@pytest.mark.parametrize("mission", ["growth", "levelling-up-09-pride-in-place"])
def test_the_fullest_missions_fit_two_pages_and_three_megabytes(mission: str, tmp_path: Path) -> None:
    pack = open_pack()
    graph = MissionGraph.from_pack(pack, mission, date(2026, 11, 23))
    snapshot = advised(freeze(pack, analyse(graph)))
    files = {}
    for each in chosen_formats(["pdf", "html"]):
        files |= each.files(snapshot)
    brief, page = write_together(tmp_path, files)
    assert len(PdfReader(brief).pages) <= 2
    assert page.stat().st_size < 3_000_000
