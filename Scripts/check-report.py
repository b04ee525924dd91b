#!/usr/bin/env python3
"""Drives the pages of `lens report` in headless Chromium: no error in the console, sorting, hovering, zooming, themes.

    python3 -m venv .venv && .venv/bin/pip install selenium      # and chromium, chromium-driver of the system
    .venv/bin/python Scripts/check-report.py [--lens PATH] [--output FOLDER] [RUN-DIR...]

Screenshots (light, dark, phone) and the printed page of every run are written to the output folder, to be looked at.
"""

import argparse
import base64
import sys
import tempfile
import time
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.chrome.service import Service

sys.path.insert(0, str(Path(__file__).parent / "fixtures"))
import report_runs  # noqa: E402

failures = []


def check(is_right, words):
    if not is_right:
        failures.append(words)
        print(f"  FAILED: {words}")


def browser():
    options = webdriver.ChromeOptions()
    for option in ["--headless=new", "--no-sandbox", "--hide-scrollbars", "--force-color-profile=srgb",
                   "--host-resolver-rules=MAP * ~NOTFOUND"]:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))


def screenshot(driver, path, width, most=6000):
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                           {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500})
    time.sleep(0.5)
    height = min(driver.execute_script("return document.documentElement.scrollHeight"), most)
    data = driver.execute_cdp_cmd("Page.captureScreenshot", {
        "captureBeyondViewport": True, "clip": {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}})
    path.write_bytes(base64.b64decode(data["data"]))


def check_sorting(driver, name):
    for table in driver.find_elements(By.CSS_SELECTOR, "table"):
        if not table.is_displayed():
            continue
        heads = table.find_elements(By.CSS_SELECTOR, "thead th")
        for column, head in list(enumerate(heads))[:12]:
            is_number = "number" in (head.get_attribute("class") or "")
            # The first by keyboard, the others by a click.
            button = head.find_element(By.TAG_NAME, "button")
            driver.execute_script("arguments[0].scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'})", button)
            if column == 0:
                button.send_keys(Keys.ENTER)
            else:
                driver.execute_script("arguments[0].click()", button)
            expected = "descending" if is_number else "ascending"
            check(head.get_attribute("aria-sort") == expected, f"{name}: aria-sort after one click")
            values = driver.execute_script(
                "return [...arguments[0].tBodies[0].rows].map(r => r.cells[arguments[1]].dataset.value ?? null)",
                table, column)
            if is_number:
                numbers = [float(v) for v in values if v is not None]
                check(numbers == sorted(numbers, reverse=True), f"{name}: column {head.text} is sorted")
                check(all(v is None for v in values[len(numbers):]), f"{name}: empty cells are last")
            others = [h.get_attribute("aria-sort") for h in heads if h != head]
            check(all(v == "none" for v in others), f"{name}: one column is sorted at a time")


def check_reading(driver, name):
    for article in driver.find_elements(By.CSS_SELECTOR, "article.item")[:2]:
        for canvas in article.find_elements(By.CSS_SELECTOR, "figure.map > canvas"):
            driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", canvas)
            ActionChains(driver).move_to_element(canvas).perform()
            reading = canvas.find_element(By.XPATH, "..").find_element(By.CSS_SELECTOR, ".reading")
            kind = article.get_attribute("data-kind")
            expected = "column" if kind == "image" else "attribution"
            check(expected in reading.text, f"{name}: reading under the pointer is '{reading.text}'")
            canvas.send_keys(Keys.ARROW_RIGHT)
            check(any(c.isdigit() for c in reading.text), f"{name}: reading by the keyboard")
            blank = driver.execute_script(
                "const c = arguments[0], d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
                "return new Set(new Uint32Array(d.buffer)).size", canvas)
            check(blank > 3, f"{name}: the canvas is drawn ({blank} colours)")
    return driver.find_elements(By.CSS_SELECTOR, "article.image figure.map > canvas")


def check_zoom(driver, canvas, name, output):
    driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", canvas)
    canvas.click()
    zoom = driver.find_element(By.ID, "zoom")
    check(zoom.get_attribute("open") is not None, f"{name}: a click enlarges")
    large = zoom.find_element(By.CSS_SELECTOR, ".stage canvas")
    before = large.get_attribute("style")
    zoom.find_element(By.CSS_SELECTOR, "[data-zoom=in]").click()
    between = large.get_attribute("style")
    check(before != between, f"{name}: the button zooms")
    stage = zoom.find_element(By.CSS_SELECTOR, ".stage")
    stage.send_keys("-")
    check(large.get_attribute("style") != between, f"{name}: the keyboard zooms")
    ActionChains(driver).scroll_from_origin(
        webdriver.common.actions.wheel_input.ScrollOrigin.from_element(stage), 0, -300).perform()
    check(large.get_attribute("style") != before, f"{name}: the wheel zooms")
    ActionChains(driver).move_to_element(stage).perform()
    check("row" in zoom.find_element(By.CSS_SELECTOR, ".reading").text, f"{name}: reading while enlarged")
    driver.save_screenshot(str(output / f"{name}-zoom.png"))
    ActionChains(driver).send_keys(Keys.ESCAPE).perform()
    check(zoom.get_attribute("open") is None, f"{name}: Escape closes")


def check_page(driver, name, folder, output):
    print(name)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "light"}]})
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    driver.set_window_size(1280, 900)
    driver.get((folder / "report.html").resolve().as_uri())
    time.sleep(1.5)
    check(driver.execute_script("return document.querySelectorAll('h1').length") == 1, f"{name}: one heading")
    missing = driver.execute_script("return [...document.images].filter(i => !i.alt || !i.naturalWidth).length")
    check(missing == 0, f"{name}: {missing} images without words or content")
    names = driver.execute_script("return [...document.querySelectorAll('[id]')].map(e => e.id)")
    check(len(names) == len(set(names)), f"{name}: identifiers are unique")
    screenshot(driver, output / f"{name}-light.png", 1280)
    driver.find_element(By.ID, "theme").click()
    check(driver.execute_script("return document.documentElement.dataset.theme") == "dark", f"{name}: the switch")
    screenshot(driver, output / f"{name}-dark.png", 1280)
    driver.find_element(By.ID, "theme").click()
    screenshot(driver, output / f"{name}-phone.png", 390)
    wide = driver.execute_script("return document.documentElement.scrollWidth - innerWidth")
    check(wide <= 0, f"{name}: the page is {wide} pixels wider than a phone")
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    driver.set_window_size(1280, 900)
    time.sleep(0.5)
    images = check_reading(driver, name)
    if images:
        check_zoom(driver, images[0], name, output)
    printed = driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})
    (output / f"{name}.pdf").write_bytes(base64.b64decode(printed["data"]))
    check_sorting(driver, name)
    for entry in driver.get_log("browser"):
        check(False, f"{name}: console says {entry['message'][:300]}")
    asked = [entry for entry in driver.get_log("performance")
             if '"Network.requestWillBeSent"' in entry["message"] and '"url":"http' in entry["message"]]
    check(not asked, f"{name}: {len(asked)} requests to the network")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("runs", nargs="*", type=Path, help="folders with a report.html; by default runs of every kind")
    parser.add_argument("--lens", type=Path)
    parser.add_argument("--output", type=Path, default=report_runs.PROJECT / "lens-output/report-check")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    driver = browser()
    try:
        with tempfile.TemporaryDirectory() as folder:
            runs = {path.name: path for path in arguments.runs}
            if not runs:
                runs = report_runs.make(arguments.lens or report_runs.lens_path(), folder)
            for name, path in runs.items():
                check_page(driver, name, path, arguments.output)
    finally:
        driver.quit()
    print(f"{len(failures)} failures; screenshots are in {arguments.output}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
