"""Take docs/images/record.png: the page of a bundled report, the pointer on a fact.

python docs/take_picture.py [CHROMIUM]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from dateline.cli.demo import demo_reports
from dateline.exports.html import page as render
from dateline.reading.reader import Reader

FILE = Path(__file__).parent / "images" / "record.png"
CHROMIUM = "/usr/bin/chromium"
REPORT = 1  # the army's attack on the plant: tolls by several sources that exclude each other
FACT = ".row.of-event >> nth=1"


def main() -> None:
    """Read the report, open its page, put the pointer on a fact and take the picture."""
    record = Reader().read(list(demo_reports())[REPORT])
    chromium = sys.argv[1] if len(sys.argv) > 1 else CHROMIUM
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        path = Path(folder) / "record.html"
        path.write_text(render(record), encoding="utf-8")
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1200, "height": 760})
        page.goto(path.as_uri())
        page.locator(FACT).hover()
        FILE.parent.mkdir(exist_ok=True)
        page.screenshot(path=FILE)
        browser.close()


if __name__ == "__main__":
    main()
