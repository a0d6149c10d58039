"""Tables as files that Finnish spreadsheets open without questions."""

from __future__ import annotations

import csv as comma
import io
from collections.abc import Sequence

import xlsxwriter

Cell = str | int | None
Rows = Sequence[Sequence[Cell]]
"""The first one names the columns."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings of a cell that a spreadsheet would take for a formula: https://owasp.org/www-community/attacks/CSV_Injection."""
BOM = "\ufeff"
"""Tells a spreadsheet that the file is UTF-8."""
WIDEST = 40
"""Characters of the widest column."""


def csv(rows: Rows) -> bytes:
    """With semicolons, since Finnish numbers have commas."""
    text = io.StringIO(newline="")
    comma.writer(text, delimiter=";").writerows([[defused(cell) for cell in row] for row in rows])
    return (BOM + text.getvalue()).encode()


def xlsx(rows: Rows) -> bytes:
    """With a bold first row that stays in sight."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            _put(sheet, y, x, cell, None if y else bold)
    for x, column in enumerate(zip(*rows, strict=True)):
        sheet.set_column(x, x, min(WIDEST, 2 + max(len(str(cell or "")) for cell in column)))
    sheet.freeze_panes(1, 0)
    book.close()
    return file.getvalue()


def defused(cell: Cell) -> Cell:
    """`cell` so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA) else cell


def _put(sheet: xlsxwriter.worksheet.Worksheet, y: int, x: int, cell: Cell, form: object) -> None:
    if isinstance(cell, int):
        sheet.write_number(y, x, cell, form)
    elif cell:
        sheet.write_string(y, x, str(defused(cell)), form)
