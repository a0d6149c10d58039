"""The poster of an evening: one A4 page with a QR code that opens the evening in the bot."""

from __future__ import annotations

import html
import io
from collections.abc import Iterator

import segno
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, KeepInFrame, Paragraph, Spacer

from dialogs.hosting.publishing import Sheet

FONTS = {"Vera": "Vera.ttf", "VeraBd": "VeraBd.ttf"}
"""Bitstream Vera, which comes with reportlab and has all letters of Finnish and Swedish."""
MARGIN = 20 * mm
WIDTH, HEIGHT = A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN
QR = 62 * mm
"""Side of the QR code with its quiet zone: read from two metres."""
FOOT = QR + 30 * mm
"""Height of what stands under the text: the code and how to register."""
QUIET = 4
"""Modules of white around the code, as ISO 18004 wants."""


def drawn(sheet: Sheet) -> bytes:
    """The poster as PDF. Whatever the length of the texts, it is one page: long ones are set smaller."""
    _fonts()
    paper = io.BytesIO()
    canvas = Canvas(paper, pagesize=A4, invariant=1, lang="fi")
    canvas.setTitle(sheet.title)
    canvas.setAuthor(sheet.sender)
    frame = Frame(MARGIN, MARGIN + FOOT, WIDTH, HEIGHT - FOOT, 0, 0, 0, 0)
    frame.addFromList([KeepInFrame(WIDTH, HEIGHT - FOOT, list(_text(sheet)), mode="shrink")], canvas)
    below = Frame(MARGIN, MARGIN, WIDTH, FOOT, 0, 0, 0, 0)
    below.addFromList([KeepInFrame(WIDTH, FOOT, list(_foot(sheet)), mode="shrink")], canvas)
    canvas.showPage()
    canvas.save()
    return paper.getvalue()


def _fonts() -> None:
    known = pdfmetrics.getRegisteredFontNames()
    for name, file in FONTS.items():
        if name not in known:
            pdfmetrics.registerFont(TTFont(name, file))


def _text(sheet: Sheet) -> Iterator[Flowable]:
    yield _line(sheet.kind, 18)
    yield _line(sheet.title, 36, bold=True, after=10)
    for line in sheet.when_where:
        yield _line(line, 20, bold=True, after=4)
    yield Spacer(1, 8 * mm)
    for line in sheet.facts:
        yield _line(line, 14, after=6)


def _foot(sheet: Sheet) -> Iterator[Flowable]:
    yield _line(sheet.call, 18, bold=True, after=4)
    yield _Code(sheet.link)
    yield _line(sheet.link.removeprefix("https://"), 11, after=4)
    yield _line(sheet.sender, 11)


def _line(text: str, size: int, *, bold: bool = False, after: float = 3) -> Paragraph:
    """A paragraph in the middle. Characters that the font has not are left out rather than shown as boxes."""
    name = "VeraBd" if bold else "Vera"
    known = pdfmetrics.getFont(name).face.charToGlyph
    clean = html.escape("".join(c for c in text if ord(c) in known or c == "\n"), quote=False).replace("\n", "<br/>")
    style = ParagraphStyle(name, fontName=name, fontSize=size, leading=size * 1.3, alignment=TA_CENTER, spaceAfter=after, splitLongWords=1)
    return Paragraph(clean, style)


class _Code(Flowable):  # type: ignore[misc]
    """A QR code, drawn module by module, so that it is sharp at any size."""

    def __init__(self, link: str) -> None:
        super().__init__()
        self._modules = segno.make(link, error="m", micro=False).matrix
        self.width, self.height = WIDTH, QR

    def draw(self) -> None:
        """Dark modules as squares; the canvas counts from below."""
        count = len(self._modules)
        side = QR / (count + 2 * QUIET)
        left = (WIDTH - QR) / 2 + QUIET * side
        for y, row in enumerate(self._modules):
            for x, dark in enumerate(row):
                if dark:
                    self.canv.rect(left + x * side, QR - (QUIET + y + 1) * side, side, side, stroke=0, fill=1)
