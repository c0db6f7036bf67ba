// SPDX-License-Identifier: Apache-2.0
// Writes reports with the program and uses their pages in a browser, from disk. usage: run.mjs PROGRAM [PICTURES]
import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {tmpdir} from "node:os";
import {basename, dirname, join, resolve} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";
import {chromium} from "playwright-core";

const [program, pictures] = process.argv.slice(2).map(path => resolve(path));
const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "coinvest-browser-"));
const mebibyte = 1 << 20;

const dataSets = [
  {name: "china-gpu", data: "graphs/china-gpu", find: "IDG资本"},
  {name: "china-gpu-zh", data: "graphs/china-gpu", options: ["--lang", "zh"], find: "IDG资本"},
  {name: "southern-women", data: "graphs/southern-women", find: "Evelyn"},
  {name: "crunchbase-2013", data: "graphs/crunchbase-2013", find: "Sequoia Capital"},
  {name: "names", data: withoutNul("tests/data/hostile/n_names.csv")},
  {name: "names-of-investors", data: withoutNul("tests/data/hostile/n_names_investor_side.csv")},
];

/// A copy of a file without its NULs, for which the program would refuse it.
function withoutNul(path) {
  const copy = join(folder, basename(path));
  writeFileSync(copy, readFileSync(join(root, path)).filter(byte => byte !== 0));
  return copy;
}

/// Fails with what axe found, a line per rule. It sees what is folded, and of every table all rows that are elements.
async function checkAccess(page, where, rules = {}) {
  await page.evaluate(async () => {
    for (const part of document.querySelectorAll("details")) part.open = true;
    for (const draw of columnsOf.values()) await draw();
  });
  // Playwright's evaluate runs in a world of its own: the policy of the page stays as it is.
  await page.evaluate(axe);
  const {violations} = await page.evaluate(rules => axe.run(document, {resultTypes: ["violations"], ...rules}), rules);
  assert.deepEqual(violations.map(rule => `${rule.id}: ${rule.nodes.length} × ${rule.nodes[0].html.slice(0, 150)}`), [],
                   `axe, ${where}`);
}

async function sortAndFilter(page, find) {
  const figure = page.locator("#table-investors");
  const column = figure.locator("th[data-column=degree]"), names = figure.locator("tbody tr td:nth-child(3)");
  const sorted = direction => figure.locator(`th[data-column=degree][aria-sort=${direction}]`).waitFor();
  await column.getByRole("button").click();
  await sorted("descending");
  const degrees = async () => (await figure.locator("tbody tr").evaluateAll(
    (rows, at) => rows.map(row => Number(row.cells[at].textContent.replaceAll(",", ""))),
    await column.evaluate(head => head.cellIndex)));
  const falling = await degrees();
  assert.deepEqual(falling, [...falling].sort((a, b) => b - a));
  await column.getByRole("button").press("Enter");
  await sorted("ascending");
  const rising = await degrees();
  assert.deepEqual(rising, [...rising].sort((a, b) => a - b));

  await figure.getByRole("searchbox").fill(find);
  assert.ok((await names.allTextContents()).every(name => name.includes(find)));
  assert.ok(await names.count() >= 1);
  await names.first().getByRole("button").click();
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  assert.match(await dialog.textContent(), /\.(csv|gz|zst|xlsx)(:\d+|)/);
  await page.keyboard.press("Escape");
  assert.equal(await dialog.count(), 0);
  await figure.getByRole("searchbox").fill("");
}

/// A table of many rows is in the page whole, has elements for few of them, and sorts and scrolls. Says how fast.
async function useLongTable(page, name, rows, column) {
  const took = await page.evaluate(async ({name, column}) => {
    const figure = document.querySelector(`#table-${name}`), scroll = figure.querySelector(".scroll");
    const painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    const time = async act => {
      const begin = performance.now();
      await act();
      await painted();
      return Math.round(performance.now() - begin);
    };
    const field = figure.querySelector("input[type=search]"), head = figure.querySelector(`th[data-column=${column}]`);
    const filter = text => {
      field.value = text;
      field.dispatchEvent(new Event("input"));
    };
    return {
      read: await time(columnsOf.get(figure)),
      sort: await time(() => head.querySelector("button").click()),
      "sort again": await time(() => head.querySelector("button").click()),
      filter: await time(() => filter("ve")),
      "filter again": await time(() => filter("")),
      "go to the end": await time(async () => { scroll.scrollTop = scroll.scrollHeight; await painted(); }),
    };
  }, {name, column});
  console.log(`  ${name}, ${rows} rows: ${Object.entries(took).map(([what, ms]) => `${what} ${ms} ms`).join(", ")}`);
  const table = page.locator(`#table-${name} table`);
  assert.equal(await table.getAttribute("aria-rowcount"), String(rows + 1));
  assert.equal(await table.locator("tbody tr").last().getAttribute("aria-rowindex"), String(rows + 1));
  assert.ok(await table.locator("tbody tr").count() <= 150);
  // Scrolled by hand, rows follow each other without a gap or a jump.
  const jumps = await page.evaluate(async name => {
    const scroll = document.querySelector(`#table-${name} .scroll`), painted = () => new Promise(requestAnimationFrame);
    const atTop = () => [...scroll.querySelectorAll("tbody tr")].find(
      row => row.getBoundingClientRect().bottom > scroll.getBoundingClientRect().top + 60)?.ariaRowIndex;
    let last = Number(atTop()), jumps = 0;
    for (let step = 0; step < 100; ++step) {
      scroll.scrollTop -= 150;
      await painted();
      const now = Number(atTop());
      if (!(now < last && now >= last - 12)) ++jumps;
      last = now;
    }
    return jumps;
  }, name);
  assert.equal(jumps, 0, `${name} jumps while it is scrolled`);
}

async function zoomAndFind(page, find) {
  const figure = page.locator("figure.drawing").first(), svg = figure.locator("svg");
  const width = async () => svg.evaluate(element => element.viewBox.baseVal.width);
  const home = await width();
  await figure.locator(".canvas").press("+");
  assert.ok(await width() < home);
  await figure.locator(".canvas").press("0");
  assert.equal(await width(), home);
  await figure.getByRole("searchbox").fill(find);
  assert.ok(await figure.locator("g.node.found").count() >= 1);
  assert.ok(await width() < home);
  await figure.getByRole("searchbox").fill("");
}

async function openFigure(page) {
  await page.locator(".figures a").nth(2).click();
  await page.locator("#table-round-sources").waitFor({timeout: 5000});
  assert.match(await page.locator("#table-round-sources tbody tr").first().textContent(), /:\d+/);
}

async function use(browser, {name, data, options = [], find}) {
  const out = join(folder, name), file = join(out, "index.html");
  execFileSync(program, ["report", resolve(root, data), "-o", out, "--quiet", ...options], {stdio: "inherit"});
  console.log(`${name}: ${(statSync(file).size / mebibyte).toFixed(1)} MiB`);
  assert.ok(statSync(file).size < 15 * mebibyte, "the page is too large");
  const trouble = [], pages = [];
  for (const colorScheme of ["light", "dark"]) {
    const page = await browser.newPage({colorScheme, viewport: {width: 1280, height: 900}});
    page.on("console", message => trouble.push(`console: ${message.text()}`));
    page.on("pageerror", error => trouble.push(`error: ${error.message}`));
    page.on("dialog", dialog => { trouble.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    page.on("request", request => {
      if (request.url() !== pathToFileURL(file).href && !request.url().startsWith("data:")) trouble.push(`request: ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href);
    if (pictures) {
      mkdirSync(pictures, {recursive: true});
      for (const width of [1280, 390]) {
        await page.setViewportSize({width, height: 900});
        await page.screenshot({path: join(pictures, `${name}-${colorScheme}-${width}.png`), fullPage: name !== "crunchbase-2013"});
      }
      await page.setViewportSize({width: 1280, height: 900});
    }
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, "scrolls sideways");
    if (find !== undefined) {
      await sortAndFilter(page, find);
      if (name === "crunchbase-2013") {
        await useLongTable(page, "companies", 21_353, "name");
        await useLongTable(page, "ties", 97_263, "a");
      }
      await zoomAndFind(page, find);
      await openFigure(page);
    }
    if (colorScheme === "light") assert.ok((await page.pdf()).length > 10_000);
    assert.deepEqual(trouble, []);
    pages.push({page, colorScheme});
  }
  // Colours alone differ between the two, and take most of axe's time.
  await Promise.all(pages.map(({page, colorScheme}) => checkAccess(
    page, `${name}, ${colorScheme}`, colorScheme === "light" ? {} : {runOnly: ["color-contrast"]})));
  assert.deepEqual(trouble, []);
  for (const {page} of pages) await page.close();
}

/// The index of several reports leads to each of them, also once it is sorted.
async function followIndex(browser) {
  const out = join(folder, "by-sector");
  execFileSync(program, ["report", resolve(root, "graphs/china-gpu"), "-o", out, "--by", "sector", "--max-nodes", "5", "--lang", "zh",
                         "--quiet"], {stdio: "inherit"});
  const page = await browser.newPage();
  await page.goto(pathToFileURL(join(out, "index.html")).href);
  assert.equal(await page.locator("html").getAttribute("lang"), "zh-Hans");
  await checkAccess(page, "index of reports");
  await page.locator("th[data-column=folder] button").click();
  await page.locator("th[aria-sort]").waitFor();
  const links = page.locator("#table-reports tbody a");
  assert.deepEqual(await links.allTextContents(), ["ai_chip", "cpu", "dpu", "gpu"]);
  await links.last().click();
  assert.ok(page.url().endsWith("/by-sector/gpu/index.html"));
  await page.close();
}

/// Without its script the page still says everything.
async function readWithoutScript(browser, name) {
  const context = await browser.newContext({javaScriptEnabled: false});
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(folder, name, "index.html")).href);
  assert.match(await page.locator("#finding").textContent(), /^Of \d+ investors/);
  assert.equal(await page.locator("#table-investors tbody tr").count(), 100);
  assert.match(await page.locator("#table-investors .first").textContent(), /The first 100 of/);
  await context.close();
}

const browser = await chromium.launch({executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"]});
try {
  for (const dataSet of dataSets) await use(browser, dataSet);
  await followIndex(browser);
  await readWithoutScript(browser, dataSets[0].name);
  console.log("all pages work");
} finally {
  await browser.close();
  rmSync(folder, {recursive: true});
}
