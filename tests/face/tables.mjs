// The tables of the portal in a real browser: sorted, filtered, linked to and taken along as CSV. browser.mjs runs these
// tests with its own.

import fs from "node:fs";
import path from "node:path";

import { check, dayOf, isFocused, same, test, until } from "../support.mjs";
import { WAYS, build, fromDisk, inWindow, repository, served, watch } from "./support.mjs";

const LONG = "documents/long.html";
const ALL = Array.from({ length: 30 }, (_, index) => `R-${index + 1}`);

/** What stands in a column of the rows that are shown, in their order. */
const column = (page, at = 0, table = 0) => page.locator("table[data-sortable]").nth(table).evaluate((table_, at_) =>
  Array.from(table_.tBodies[0].rows).filter((row) => row.checkVisibility()).map((row) => row.cells[at_].textContent.trim()), at);
const shows = (page, wanted, at = 0) => until(() => column(page, at), (now) => JSON.stringify(now) === JSON.stringify(wanted), `it shows ${wanted}`);
const box = (page) => page.getByRole("searchbox", { name: "Filter rows" }).first();
const count = (page) => page.locator(".filter .count").first().textContent();
const head = (page, name) => page.getByRole("columnheader", { name }).getByRole("button");
const field = (page, name) => page.getByLabel(`Filter by ${name}`, { exact: true });
const asked = (page, wanted) => until(() => new URL(page.url()).search, (now) => now === wanted, `the address says ${wanted || "nothing"}`);
const openColumns = (page) => page.getByText("Filter by column").first().click();

// ---- Sorting --------------------------------------------------------------------------------------------------------

for (const [way, opened] of WAYS) {
  test(`a table is sorted by a column, up and down, and says so: ${way}`, async () => {
    const { page } = await opened(LONG);
    same(await column(page), ALL, "as it was written");
    await head(page, "id").click();
    same(await column(page), ALL, "R-10 comes after R-9");
    same(await page.getByRole("columnheader", { name: "id" }).getAttribute("aria-sort"), "ascending", "the head");
    await until(() => page.locator("#cb-said").textContent(), (now) => now === "Sorted by id, ascending", "it is said");
    await head(page, "id").click();
    await until(() => page.locator("#cb-said").textContent(), (now) => now === "Sorted by id, descending", "it is said");
    same(await column(page), ALL.slice().reverse(), "down");
    same(await page.getByRole("columnheader", { name: "id" }).getAttribute("aria-sort"), "descending", "the head");
    await head(page, "name").click();
    same(await page.locator("th[aria-sort]").count(), 1, "heads that say so");
    const names = await column(page, 1);
    check(names.indexOf("Ärger") < names.indexOf("Name no7"), "letters of the language stand where they belong");
  });
}

test("numbers are sorted as numbers, days as days, and what is empty stands last either way", async () => {
  const { page } = await served(LONG);
  const order = async () => (await column(page, 3)).filter((text, at, all) => text !== all[at - 1]);
  await head(page, "amount").click();
  same(await order(), ["-3", "9.5", "10", "10.5", "1,000", ""], "numbers, up");
  await head(page, "amount").click();
  same(await order(), ["1,000", "10.5", "10", "9.5", "-3", ""], "numbers, down");
  const days = () => page.locator("tbody tr[id]").evaluateAll((rows) => rows.map((row) => row.cells[5].dataset.sort || ""));
  for (const down of [false, true]) {
    await head(page, "closed").click();
    const found = await days();
    const filled = found.filter(Boolean);
    const wanted = filled.slice().sort();
    if (down) wanted.reverse();
    same(filled, wanted, down ? "days, down" : "days, up");
    same(found.slice(filled.length), Array(24).fill(""), "what is empty");
  }
});

test("rows that are alike keep the order in which they were written", async () => {
  const { page } = await served(LONG);
  await head(page, "id").click();
  await head(page, "id").click();
  await head(page, "level").click();
  same((await column(page)).slice(0, 3), ["R-3", "R-6", "R-9"], "those that are high");
});

// ---- Filtering ------------------------------------------------------------------------------------------------------

for (const [way, opened] of WAYS) {
  test(`a table is filtered by words in any of its columns, counts, and shows all again: ${way}`, async () => {
    const { page } = await opened(LONG);
    same(await count(page), "30 of 30 rows", "at first");
    const clear = page.getByRole("button", { name: "Show all rows" });
    check(!await clear.isVisible(), "there is nothing to clear");
    await box(page).fill("NAME no2 low");
    await shows(page, ["R-22", "R-25", "R-28"]);
    same(await count(page), "3 of 30 rows", "the count");
    await box(page).fill("nothing of the kind");
    await shows(page, []);
    same(await count(page), "0 of 30 rows", "the count");
    await clear.click();
    await shows(page, ALL);
    same([await count(page), await box(page).inputValue()], ["30 of 30 rows", ""], "all again");
    check(await isFocused(box(page)), "the box has the focus, since the button is gone");
  });
}

test("the count is a live region, and does not speak of what has not changed", async () => {
  const { page } = await served(LONG);
  same(await page.locator(".filter .count").getAttribute("role"), "status", "its role");
  await box(page).fill("name");
  const changes = await watch(page);
  await box(page).fill("name ");
  await page.waitForTimeout(400);
  same(await changes(), [], "what was done");
});

test("a column whose cells hold several values is filtered by words", async () => {
  const { root, write } = repository("several");
  const short = fs.readFileSync(path.join(root, "content/registers/short.md"), "utf8");
  write("content/registers/short.md", short.replace("level: choice(high, low, middle)", "level: clause"));
  write("content/registers/short.csv", "id,name,level,amount,opened,closed\n"
    + ["5.2.1", "5.2.1; 8.5.1.1", "8.5.1.1", ...Array(9).fill("9.2")].map((clauses, at) => `R-${at + 1},x,${clauses},1,2026-11-01,\n`).join(""));
  const { page } = await served("documents/short.html", { folder: build(root, "several-site") });
  await openColumns(page);
  await field(page, "level").fill("5.2.1");
  await shows(page, ["R-1", "R-2"]);
});

test("a table is filtered by each column: of few values one is chosen, of many words are typed", async () => {
  const { page } = await served(LONG);
  same(await field(page, "level").count(), 0, "fields before they are opened");
  await openColumns(page);
  same(await page.locator(".filters :is(input, select)").evaluateAll((list) => list.map((one) => one.localName)),
    ["input", "input", "select", "select", "input", "select"], "the fields");
  same(await field(page, "level").locator("option").allTextContents(), ["all", "high", "low", "middle"], "the values");
  same(await field(page, "amount").locator("option").allTextContents(), ["all", "-3", "9.5", "10", "10.5", "1,000"], "amounts");
  await field(page, "level").selectOption("low");
  const low = ALL.filter((_, index) => index % 3 === 0);
  await shows(page, low);
  await field(page, "id").fill("r-2");
  await shows(page, ["R-22", "R-25", "R-28"]);
  // A value is chosen whole: 10 is not 10.5.
  await field(page, "id").fill("");
  await field(page, "level").selectOption("");
  await field(page, "amount").selectOption("10");
  await shows(page, ["R-2", "R-8", "R-14", "R-20", "R-26"]);
  await box(page).fill("middle");
  await shows(page, ["R-2", "R-8", "R-14", "R-20", "R-26"]);
  same(await count(page), "5 of 30 rows", "the count");
  await page.getByRole("button", { name: "Show all rows" }).click();
  await shows(page, ALL);
  same(await field(page, "amount").inputValue(), "", "the field");
});

test("a short table can be sorted and taken along, and has no filter", async () => {
  const { page } = await served("documents/short.html");
  same(await page.locator("main input, .filters, .filter").count(), 0, "fields");
  await head(page, "id").click();
  await head(page, "id").click();
  same(await column(page), ["R-5", "R-4", "R-3", "R-2", "R-1"], "sorted");
  check(await page.getByRole("button", { name: "Download these rows as CSV" }).isVisible(), "the button");
  await page.goto(`${page.url().split("?")[0]}?t1.q=nothing`);
  same((await column(page)).length, 5, "rows, since nothing says that they are filtered");
});

test("all of it is done by keyboard alone", async () => {
  const { page } = await served(LONG);
  await box(page).focus();
  await page.keyboard.type("name");
  await page.keyboard.press("Tab");
  check(await isFocused(page.getByRole("button", { name: "Show all rows" })), "the button is next");
  await page.keyboard.press("Tab");
  check(await isFocused(page.getByRole("button", { name: "Download these rows as CSV" })), "the button is next");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await field(page, "id").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.type("r-1");
  for (let step = 0; step < 2; step += 1) await page.keyboard.press("Tab");
  check(await isFocused(field(page, "level")), "the list is reached");
  await page.keyboard.type("hi");
  await shows(page, ["R-12", "R-15", "R-18"]);
  await head(page, "id").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Space");
  await shows(page, ["R-18", "R-15", "R-12"]);
});

// ---- The address ----------------------------------------------------------------------------------------------------

for (const [way, opened] of WAYS) {
  test(`what is asked for stands in the address beside what else is there, and a link shows the same rows: ${way}`, async () => {
    const { page, open } = await opened(`${LONG}?highlight=name+2&other=%C3%A4#cb-claims`);
    await box(page).fill("näme & 2");
    await asked(page, "?highlight=name+2&other=%C3%A4&t1.q=n%C3%A4me%20%26%202");
    await box(page).fill("name");
    await openColumns(page);
    await field(page, "level").selectOption("low");
    await head(page, "id").click();
    await head(page, "id").click();
    const wanted = "?highlight=name+2&other=%C3%A4&t1.q=name&t1.c3=low&t1.sort=1d";
    await asked(page, wanted);
    same(new URL(page.url()).hash, "#cb-claims", "the fragment");
    same(await page.evaluate(() => history.length), 2, "the reader's history: an empty page and this one");
    const rows = ["R-28", "R-25", "R-22", "R-19", "R-16", "R-13", "R-10", "R-7"];
    await shows(page, rows);

    await open("index.html");
    await open(LONG + wanted);
    await shows(page, rows);
    same([await box(page).inputValue(), await field(page, "level").inputValue(), await count(page)], ["name", "low", "8 of 30 rows"], "the fields");
    check(await field(page, "level").isVisible(), "what is filtered by is in sight");
    await page.getByRole("button", { name: "Show all rows" }).click();
    await asked(page, "?highlight=name+2&other=%C3%A4&t1.sort=1d");
  });
}

test("each table of a page has its own part of the address", async () => {
  const { page } = await served("documents/index.html");
  check(await page.locator("table[data-sortable]").count() > 1, "there are several");
  await page.locator("table[data-sortable]").nth(1).locator("th button").first().click();
  await box(page).fill("more");
  await asked(page, "?t2.sort=1&t1.q=more");
  await page.reload();
  same(await page.locator("th[aria-sort]").count(), 1, "sorted tables");
  check(await page.locator("table[data-sortable]").nth(1).locator("th[aria-sort]").count() === 1, "it is the second");
  check((await column(page, 1)).every((title) => /more/i.test(title)), "the first is filtered");
});

test("back and forward bring what was asked for then", async () => {
  const { page } = await served(LONG);
  await box(page).fill("name no2");
  await asked(page, "?t1.q=name%20no2");
  await page.evaluate(() => { location.hash = "cb-history"; });
  await box(page).fill("name no1");
  await box(page).press("Tab");
  await asked(page, "?t1.q=name%20no1");
  const ones = await column(page);
  await page.goBack();
  await until(() => box(page).inputValue(), (now) => now === "name no2", "the box is as it was");
  same(await count(page), "10 of 30 rows", "and so are the rows");
  await page.goForward();
  await shows(page, ones);
  // And from another page.
  await page.getByRole("link", { name: "Documents" }).first().click();
  await page.waitForURL(/index\.html/);
  await page.goBack();
  await shows(page, ones);
});

test("what an address asks for that is not there is left out, and can be seen and cleared", async () => {
  const { page, open } = await served(`${LONG}?t1.sort=99&t1.c99=x&t9.q=none`);
  same(await column(page), ALL, "rows");
  await open(`${LONG}?t1.sort=nonsense&t1.q=%E0%A4%A`);
  same(await count(page), "0 of 30 rows", "words that nobody wrote");
  await open(`${LONG}?t1.c3=huge`);
  same([await count(page), await field(page, "level").inputValue()], ["0 of 30 rows", "huge"], "a value that is gone");
  await page.getByRole("button", { name: "Show all rows" }).click();
  await shows(page, ALL);
});

for (const [way, opened] of WAYS) {
  test(`a row that the fragment leads to is there and in sight, whatever the address filters: ${way}`, async () => {
    const { page } = await opened(`${LONG}?t1.q=name+no2&t1.sort=1d#cb-row-7`, { viewport: { width: 900, height: 400 } });
    await shows(page, ["R-29", "R-28", "R-27", "R-26", "R-25", "R-24", "R-23", "R-22", "R-21", "R-20", "R-7"]);
    await until(() => inWindow(page.locator("#cb-row-7 td").first()), Boolean, "it is in sight");
    await page.evaluate(() => { location.hash = "cb-row-3"; });
    await until(() => column(page), (now) => now.includes("R-3") && !now.includes("R-7"), "another row is led to");
    await until(() => inWindow(page.locator("#cb-row-3 td").first()), Boolean, "the other row is in sight");
    // What the reader types holds for every row.
    await box(page).fill("name no2");
    check(!(await column(page)).includes("R-3"), "it is still there");
  });
}

test("where the address cannot be written the table does all the same", async () => {
  const before = "history.replaceState = () => { throw new DOMException('refused', 'SecurityError'); };";
  const { page } = await fromDisk(LONG, { before });
  await box(page).fill("name no2");
  await head(page, "id").click();
  await head(page, "id").click();
  await page.waitForTimeout(400);
  const rows = await column(page);
  same([rows.length, rows[0]], [10, "R-29"], "sorted and filtered");
  await page.evaluate(() => { location.hash = "cb-history"; });
  await page.waitForTimeout(200);
  same(await column(page), rows, "after another part of the page was gone to");
});

// ---- CSV ------------------------------------------------------------------------------------------------------------

/** Takes the rows that are shown along: the name of the file, and its text. */
async function taken(page) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download these rows as CSV" }).first().click()]);
  return { name: download.suggestedFilename(), text: fs.readFileSync(await download.path(), "utf8") };
}

/** Reads RFC 4180. */
function parsed(csv) {
  check(csv.endsWith("\r\n"), "the last line is ended");
  const lines = [[]];
  for (const [, , quoted, plain, end] of csv.matchAll(/(("(?:[^"]|"")*")|([^",\r\n]*))(,|\r\n)/g)) {
    lines.at(-1).push(quoted === undefined && plain !== undefined ? plain : (quoted ?? plain));
    if (end === "\r\n") lines.push([]);
  }
  lines.pop();
  return lines.map((line) => line.map((cell) => /^"/.test(cell) ? cell.slice(1, -1).replace(/""/g, "\"") : cell));
}

for (const [way, opened] of WAYS) {
  test(`the rows that are shown are taken along as CSV, in their order and safe for spreadsheets: ${way}`, async () => {
    const { page } = await opened(LONG);
    const all = await taken(page);
    same(all.name.replace(/[^a-z ?.]/gi, " ").trim(), "All that we they know .csv", "the name of the file");
    check(all.text.startsWith("\ufeff"), "it says that it is UTF-8");
    const lines = parsed(all.text.slice(1));
    same(lines.length, 31, "lines");
    same(lines[0], ["id", "name", "level", "amount", "opened", "closed"], "the head, without signs");
    same(lines.slice(1, 7).map((line) => line[1]), ["'=1+2", "'+49 30 1234", "'-dash", "'@home", "a, \"b\"", "Ärger"], "names");
    same(lines[5], ["R-5", "a, \"b\"", "middle", "10.5", "2026-06-26", "2026-06-26"], "a line");

    await box(page).fill("name no2");
    await head(page, "id").click();
    await head(page, "id").click();
    const some = parsed((await taken(page)).text.slice(1));
    same(some.slice(1).map((line) => line[0]), await column(page), "the rows that are shown");
  });
}

test("what scripts add to a cell and what is hidden is not taken along, nor filtered by", async () => {
  const before = dayOf("2030-01-01");
  const { page } = await served("documents/index.html", { before });
  check(await page.locator("td .stale-note").count() > 3, "there are notes");
  const { text } = await taken(page);
  check(!text.includes("rebuilt") && text.includes("approved"), text);
  await box(page).fill("rebuilt");
  await shows(page, []);
});

// ---- Without script, on paper, and in the midst of changes ------------------------------------------------------------

test("without script all rows are there, with their states, and nothing that would do nothing", async () => {
  const { page, open } = await served(`${LONG}?t1.q=nothing&t1.sort=1d`, { javaScriptEnabled: false });
  same(await page.locator("tbody tr[id]:visible").count(), 30, "rows");
  same(await page.locator(".filter, th button").count(), 0, "fields and buttons");
  await open("documents/index.html");
  check(await page.locator("td .badge").first().isVisible(), "states");
});

test("what is shown is what is printed", async () => {
  const { page } = await served(`${LONG}?t1.q=name+no2`);
  const rows = await column(page);
  same(rows.length, 10, "rows on the screen");
  await page.emulateMedia({ media: "print" });
  same(await column(page), rows, "rows on paper");
  check(!await box(page).isVisible(), "the box is not printed");
});

test("a table that was changed in place is filtered and sorted as before, by what is in it now", async () => {
  const { page } = await served(`${LONG}?t1.q=name+no2&t1.c3=low&t1.sort=1d`);
  await shows(page, ["R-28", "R-25", "R-22"]);
  // As serve does: what scripts added goes, rows come, the event says so.
  await page.evaluate(() => {
    const table = document.querySelector("table[data-sortable]");
    document.querySelector(".filter").remove();
    const rows = Array.from(table.tBodies[0].rows).sort((a, b) => a.id.slice(7) - b.id.slice(7));
    const more = rows[27].cloneNode(true);
    more.id = "cb-row-31";
    more.cells[0].textContent = "R-281";
    const other = more.cloneNode(true);
    other.id = "cb-row-32";
    other.cells[2].textContent = "none";
    rows.concat(more, other).forEach((row) => { row.hidden = false; table.tBodies[0].append(row); });
    document.dispatchEvent(new Event("clausebook:changed"));
  });
  await shows(page, ["R-281", "R-28", "R-25", "R-22"]);
  same([await count(page), await box(page).inputValue(), await field(page, "level").inputValue()], ["4 of 32 rows", "name no2", "low"], "what is asked for");
  same([await page.locator(".filter").count(), await page.locator(".filters select").count(), await page.locator("th button").count()], [1, 3, 6], "fields and buttons");
  same(await field(page, "level").locator("option").allTextContents(), ["all", "high", "low", "middle", "none"], "the values");
  await box(page).fill("");
  same((await column(page)).length, 11, "rows without words");
});

test("ten thousand rows are filtered and sorted", async () => {
  const { page } = await served(LONG);
  await page.evaluate(() => {
    const body = document.querySelector("table[data-sortable]").tBodies[0];
    document.querySelector(".filter").remove();
    const rows = Array.from(body.rows);
    for (let n = 31; n <= 10_000; n += 1) {
      const row = rows[n % 30].cloneNode(true);
      row.id = `cb-row-${n}`;
      row.cells[0].textContent = `R-${n}`;
      body.append(row);
    }
    document.dispatchEvent(new Event("clausebook:changed"));
  });
  same(await count(page), "10000 of 10000 rows", "the count");
  await box(page).fill("r-999");
  same((await column(page)).length, 11, "rows");
  await box(page).fill("");
  await head(page, "id").click();
  await head(page, "id").click();
  same((await column(page)).slice(0, 2), ["R-10000", "R-9999"], "sorted");
});
