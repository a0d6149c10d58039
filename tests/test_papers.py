"""Files made for people: what is in them, and that no program takes them for something else."""

from __future__ import annotations

import base64
import csv
import io
import re
import zipfile
import zlib

import segno

from bot.papers import poster, tables
from dialogs.hosting.publishing import Sheet

LINK = "https://t.me/siltabotti_test_bot?start=ilta-12"
SHEET = Sheet(
    "Yhdistysilta", "Tilat käyttöön: Åkerö & <b>", ("pe 27.11.2026 klo 17.30–20.00", "Hattula"), ("Ohjelma",), "Ilmoittaudu", LINK, "Esimerkki ry"
)
ROWS = (("Nimi", "Ihmisiä", "Toive"), ("Äijö Öberg; Å", 3, "=HYPERLINK(1)"), ('Niin "sanottu"\nrivi', 1, None), ("@kaikki", 2, " +358 40"))


def streams(pdf: bytes) -> list[bytes]:
    """What is packed into a PDF of reportlab's."""
    found = re.findall(rb"/Filter \[ (/ASCII85Decode )?/FlateDecode \].*?stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    return [zlib.decompress(base64.a85decode(packed.strip().removesuffix(b"~>")) if coded else packed) for coded, packed in found]


def squares(pdf: bytes) -> set[tuple[int, int]]:
    """Where the modules of the QR code are, counted from its upper left corner."""
    page = next(stream for stream in streams(pdf) if b" re f" in stream)
    drawn = [tuple(map(float, found)) for found in re.findall(rb"n ([\d.]+) ([\d.]+) ([\d.]+) [\d.]+ re f", page)]
    side, left, top = drawn[0][2], min(x for x, *_ in drawn), max(y for _, y, _ in drawn)
    return {(round((top - y) / side), round((x - left) / side)) for x, y, _ in drawn}


def test_the_posters_code_is_the_link_module_by_module() -> None:
    wanted = segno.make(LINK, error="m", micro=False).matrix
    assert squares(poster.drawn(SHEET)) == {(y, x) for y, row in enumerate(wanted) for x, dark in enumerate(row) if dark}


def test_the_poster_is_one_a4_page_whatever_is_written_on_it() -> None:
    long = Sheet("Yhdistysilta", "Ä" * 100, ("W" * 170,), ("Pitkä ohjelma 😀 " * 100, "kahvia " * 30), "Ilmoittaudu", LINK, "E" * 200)
    for sheet in (SHEET, long):
        pdf = poster.drawn(sheet)
        assert pdf.startswith(b"%PDF")
        assert len(re.findall(rb"/Type /Page\b(?!s)", pdf)) == 1
        width, height = map(float, re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", pdf).groups())  # type: ignore[union-attr]
        assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)


def test_the_letters_of_finnish_and_swedish_can_be_copied_from_the_poster() -> None:
    maps = [stream for stream in streams(poster.drawn(SHEET)) if b"begincmap" in stream]
    known = b"".join(maps).upper()
    assert all(f"<{ord(letter):04X}>".encode() in known for letter in "äöÅ–&<")


def test_csv_opens_in_a_finnish_spreadsheet_and_holds_no_formulas() -> None:
    content = tables.csv(ROWS)
    assert content.startswith(b"\xef\xbb\xbfNimi;")
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert read[1] == ["Äijö Öberg; Å", "3", "'=HYPERLINK(1)"]
    assert read[2] == ['Niin "sanottu"\nrivi', "1", ""]
    assert read[3] == ["'@kaikki", "2", "' +358 40"]


def test_xlsx_holds_texts_and_numbers_and_no_formulas() -> None:
    with zipfile.ZipFile(io.BytesIO(tables.xlsx(ROWS))) as book:
        texts, sheet = book.read("xl/sharedStrings.xml").decode(), book.read("xl/worksheets/sheet1.xml").decode()
    assert "Äijö Öberg; Å" in texts
    assert "'=HYPERLINK(1)" in texts
    assert "<v>3</v>" in sheet
    assert "<f>" not in sheet


def test_a_list_without_anybody_is_a_list_too() -> None:
    assert tables.csv(ROWS[:1]).decode("utf-8-sig").strip() == "Nimi;Ihmisiä;Toive"
    assert tables.xlsx(ROWS[:1]).startswith(b"PK")
