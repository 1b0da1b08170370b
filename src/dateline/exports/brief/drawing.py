"""A picture of plain shapes, drawn once and shown as SVG, as PNG and on a PDF's page."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import as_file, files
from typing import Any

import msgspec

__all__ = [
    "Circle",
    "Drawing",
    "Line",
    "Poly",
    "Shape",
    "Words",
    "draw_on_page",
    "font_file",
    "to_png",
    "to_svg",
    "width_of",
]

_FONT = "-apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', Arial, sans-serif"
_WIDTH_OF_A_CHARACTER = 0.58  # of its size: DejaVu's mean over English text; on the wide side for others
_SCALE, _SMOOTH = 2, 2  # pixels a unit in a PNG, and how many more are drawn to smooth edges


class Line(msgspec.Struct, frozen=True, tag=True):
    """A line between two points; `dash` makes it broken."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str = "#888888"
    width: float = 1.0
    dash: bool = False


class Circle(msgspec.Struct, frozen=True, tag=True):
    """A disc with a rim."""

    x: float
    y: float
    r: float
    fill: str
    edge: str = "#ffffff"


class Poly(msgspec.Struct, frozen=True, tag=True):
    """A closed shape: points in order; no fill leaves it open to what lies under it."""

    points: tuple[tuple[float, float], ...]
    fill: str | None = None
    edge: str | None = None
    width: float = 1.0


class Words(msgspec.Struct, frozen=True, tag=True):
    """A line of words; `anchor` start, middle or end; `y` is the baseline."""

    x: float
    y: float
    words: str
    size: float = 11.0
    colour: str = "#222222"
    anchor: str = "start"
    bold: bool = False


Shape = Line | Circle | Poly | Words


class Drawing(msgspec.Struct, frozen=True):
    """Shapes on a sheet of a width and a height; `title` says in words what is to be seen."""

    width: float
    height: float
    title: str
    shapes: tuple[Shape, ...]


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """Estimate how wide words are."""
    return len(words) * size * _WIDTH_OF_A_CHARACTER * (1.1 if bold else 1.0)


def font_file(*, bold: bool = False) -> Any:
    """Give the file of the font that ships, as a context manager."""
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return as_file(files("dateline.exports") / "data" / "fonts" / name)


# As SVG.


def to_svg(drawing: Drawing) -> str:
    """Write an SVG element that scales with the page and says its title to those who can't see it."""
    body = "".join(_svg(shape) for shape in drawing.shapes)
    title = escape(drawing.title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.width:g} {drawing.height:g}" '
        f'role="img" font-family="{_FONT}" aria-label="{title}"><title>{title}</title>{body}</svg>'
    )


def _svg(shape: Shape) -> str:
    if isinstance(shape, Line):
        dash = ' stroke-dasharray="4 3"' if shape.dash else ""
        ends = f'x1="{shape.x1:g}" y1="{shape.y1:g}" x2="{shape.x2:g}" y2="{shape.y2:g}"'
        return f'<line {ends} stroke="{shape.colour}" stroke-width="{shape.width:g}"{dash}/>'
    if isinstance(shape, Circle):
        at = f'cx="{shape.x:g}" cy="{shape.y:g}" r="{shape.r:g}"'
        return f'<circle {at} fill="{shape.fill}" stroke="{shape.edge}"/>'
    if isinstance(shape, Poly):
        points = " ".join(f"{x:g},{y:g}" for x, y in shape.points)
        edge = f' stroke="{shape.edge}" stroke-width="{shape.width:g}"' if shape.edge else ""
        return f'<polygon points="{points}" fill="{shape.fill or "none"}"{edge}/>'
    weight = ' font-weight="600"' if shape.bold else ""
    at = f'x="{shape.x:g}" y="{shape.y:g}" font-size="{shape.size:g}" fill="{shape.colour}"'
    return f'<text {at} text-anchor="{shape.anchor}"{weight}>{escape(shape.words)}</text>'


# As PNG.


def to_png(drawing: Drawing) -> bytes:
    """Paint the drawing, two pixels a unit, on white."""
    from PIL import Image, ImageDraw

    zoom = _SCALE * _SMOOTH
    image = Image.new("RGB", (round(drawing.width * zoom), round(drawing.height * zoom)), "white")
    painter = _Painter(ImageDraw.Draw(image), zoom)
    for shape in drawing.shapes:
        painter.paint(shape)
    image = image.resize(
        (round(drawing.width * _SCALE), round(drawing.height * _SCALE)), Image.Resampling.LANCZOS
    )
    stream = io.BytesIO()
    image.save(stream, "PNG", optimize=True)
    return stream.getvalue()


class _Painter:
    def __init__(self, draw: Any, zoom: float) -> None:
        self.draw, self.zoom = draw, zoom
        self.loaded: dict[tuple[float, bool], Any] = {}

    def paint(self, shape: Shape) -> None:
        z = self.zoom
        if isinstance(shape, Line):
            for x1, y1, x2, y2 in _strokes(shape):
                self.draw.line(
                    (x1 * z, y1 * z, x2 * z, y2 * z), fill=shape.colour, width=max(1, round(shape.width * z))
                )
        elif isinstance(shape, Circle):
            box = tuple(
                v * z for v in (shape.x - shape.r, shape.y - shape.r, shape.x + shape.r, shape.y + shape.r)
            )
            self.draw.ellipse(box, fill=shape.fill, outline=shape.edge, width=round(z))
        elif isinstance(shape, Poly):
            points = [(x * z, y * z) for x, y in shape.points]
            edge = round(shape.width * z) if shape.edge else 0
            self.draw.polygon(points, fill=shape.fill, outline=shape.edge, width=edge)
        else:
            anchor = {"start": "ls", "middle": "ms", "end": "rs"}[shape.anchor]
            self.draw.text((shape.x * z, shape.y * z), shape.words, fill=shape.colour, anchor=anchor,
                           font=self.font(shape.size, shape.bold))  # fmt: skip

    def font(self, size: float, bold: bool) -> Any:
        from PIL import ImageFont

        if (size, bold) not in self.loaded:
            with font_file(bold=bold) as path:
                self.loaded[size, bold] = ImageFont.truetype(str(path), size * self.zoom)
        return self.loaded[size, bold]


def _strokes(line: Line) -> Iterator[tuple[float, float, float, float]]:
    """Cut a broken line into its strokes."""
    length = math.hypot(line.x2 - line.x1, line.y2 - line.y1)
    if not line.dash or not length:
        yield line.x1, line.y1, line.x2, line.y2
        return
    dx, dy = (line.x2 - line.x1) / length, (line.y2 - line.y1) / length
    for start in range(0, math.ceil(length), 7):
        end = min(start + 4, length)
        yield line.x1 + dx * start, line.y1 + dy * start, line.x1 + dx * end, line.y1 + dy * end


# On the page of a PDF.


def draw_on_page(pdf: Any, drawing: Drawing, x: float, y: float, width: float) -> float:
    """Draw on an fpdf page, top left corner at `x`, `y`; give the height, all in the page's units."""
    k = width / drawing.width
    with pdf.rect_clip(x, y, width, drawing.height * k):
        for shape in drawing.shapes:
            _on_page(pdf, shape, x, y, k)
    pdf.set_dash_pattern()
    return drawing.height * k


def _on_page(pdf: Any, shape: Shape, x: float, y: float, k: float) -> None:
    if isinstance(shape, Line):
        pdf.set_draw_color(shape.colour)
        pdf.set_line_width(shape.width * k)
        pdf.set_dash_pattern(**({"dash": 4 * k, "gap": 3 * k} if shape.dash else {}))
        pdf.line(x + shape.x1 * k, y + shape.y1 * k, x + shape.x2 * k, y + shape.y2 * k)
        return
    pdf.set_dash_pattern()
    if isinstance(shape, Circle):
        pdf.set_fill_color(shape.fill)
        pdf.set_draw_color(shape.edge)
        pdf.set_line_width(k)
        pdf.circle(x + shape.x * k, y + shape.y * k, shape.r * k, style="DF")
    elif isinstance(shape, Poly):
        _polygon(pdf, shape, [(x + px * k, y + py * k) for px, py in shape.points], k)
    else:
        _words(pdf, shape, x, y, k)


def _polygon(pdf: Any, shape: Poly, points: Sequence[tuple[float, float]], k: float) -> None:
    if shape.fill:
        pdf.set_fill_color(shape.fill)
    if shape.edge:
        pdf.set_draw_color(shape.edge)
        pdf.set_line_width(shape.width * k)
    pdf.polygon(
        points, style={(True, True): "DF", (True, False): "F"}.get((bool(shape.fill), bool(shape.edge)), "D")
    )


def _words(pdf: Any, shape: Words, x: float, y: float, k: float) -> None:
    pdf.set_font(style="B" if shape.bold else "")
    pdf.set_font_size(shape.size * k * pdf.k)
    pdf.set_text_color(shape.colour)
    wide = pdf.get_string_width(shape.words)
    back = {"start": 0.0, "middle": wide / 2, "end": wide}[shape.anchor]
    pdf.text(x + shape.x * k - back, y + shape.y * k, shape.words)
