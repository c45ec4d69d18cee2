// The search of the portal in a real browser: from a server, from below a folder of one, and from disk.
//
// Every test has a browser that knows nothing yet. It fails when a page leaves its origin, or writes an error to the
// console, unless the test brings that about and says so.

import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

import {
  ROOT, check, context, copy, giveUp, isFocused, planned, runInBrowser, same, temporary, test, until, visit,
} from "../support.mjs";
import { answeredAll, build, current, large, serve, wordOf } from "./support.mjs";

/** How many pages the dialog and the page of results ask for. */
const DIALOG = 8;
const PAGE = 50;

const LIST = "#cb-search-list";
const RESULTS = "#cb-results";
const STATUS = "dialog.search [role=status]";
const FAILED = /Failed to load resource|net::ERR_/;

// ---- Portals, made when a test first needs them ---------------------------------------------------------------------

const once = (make) => {
  let made;
  return () => {
    made ??= make();
    return made;
  };
};
const site = once(() => build(ROOT, "site"));
const said = once(() => current(site()));
const many = once(() => large("many", 1_500, 14));
const manySite = once(() => build(many(), "many-site"));
const manyWhole = once(() => build(many(), "many-whole", "--offline"));

/** The repository as it is later: one document says something new. */
const later = once(() => {
  const root = temporary("later");
  for (const part of ["content", "theme", "clausebook.toml"]) copy(part, root);
  const file = path.join(root, "content", "8.7-service-assurance", "backup-policy.md");
  fs.appendFileSync(file, "\nTapes are guarded by a quokkafish.\n");
  return build(root, "later-site");
});

/** A German portal with a standard of its own beside those that speak English. */
const german = once(() => {
  const root = large("german", 7, 1);
  fs.writeFileSync(path.join(root, "clausebook.toml"), "organization = \"Stadtwerke\"\nlanguage = \"de\"\n");
  fs.writeFileSync(path.join(root, "content", "standards", "haus.yaml"),
    "id: haus\ntitle: Hausregeln\nclauses:\n  - { number: \"1\", title: Incident melden }\n");
  return build(root, "german-site");
});

// ---- Pages ----------------------------------------------------------------------------------------------------------

/** Serves a portal, opens one of its pages, and says what the server was asked. */
async function served(folder, { at = "/", page = "index.html", instead, ...options } = {}) {
  const server = await serve(folder, { at, instead });
  visit.servers.push(server);
  visit.origins.push(server.origin);
  const opened = await (await context(options)).newPage();
  await opened.goto(server.base + page);
  return { page: opened, server };
}

/** What a browser has kept of recent searches; an empty page keeps nothing. */
function searchedBefore(kept) {
  return `if (location.protocol !== "about:") localStorage.setItem("clausebook-recent", ${JSON.stringify(kept)});`;
}

/** Opens a page of a portal from disk. */
async function fromDisk(folder, page = "index.html", options = {}) {
  const base = `${pathToFileURL(folder)}/`;
  visit.origins.push(base);
  const opened = await (await context(options)).newPage();
  await opened.goto(base + page);
  return { page: opened, base };
}

const rest = (page, time) => page.waitForTimeout(time);

async function open(page) {
  await page.keyboard.press("/");
  await page.waitForSelector("dialog.search[open]");
  return page.locator("#cb-search-box");
}

/** The hits that a list shows: where each leads within the portal, whole texts and marks. */
function hits(page, list = LIST) {
  return page.locator(`${list} a.hit-link`).evaluateAll((links) => {
    const root = new URL(document.querySelector("[data-search]").getAttribute("href"), location.href).href
      .replace(/search\.html$/, "");
    return links.map((link) => ({
      url: decodeURI(link.href.replace(root, "").replace(/\?[^#]*/, "")),
      title: link.querySelector("strong")?.textContent || "",
      type: link.querySelector(".hit-facts span")?.textContent || "",
      snippet: link.querySelector(".snippet")?.textContent || "",
      marks: Array.from(link.querySelectorAll("mark"), (mark) => mark.textContent),
      id: link.id,
      selected: link.getAttribute("aria-selected"),
    }));
  });
}

const urls = async (page, list) => (await hits(page, list)).map(({ url }) => url);
const wanted = (answer) => answer.hits.map(({ url }) => decodeURI(url));

/** Waits until a list shows just this answer. */
async function shows(page, answer, list = LIST) {
  const list_ = JSON.stringify(wanted(answer));
  await until(() => urls(page, list), (found) => JSON.stringify(found) === list_,
    `the list of "${answer.query.slice(0, 60)}" is ${list_}`);
}

/** What the command line answers to some queries, asked at once. */
const answers = (root, limit, queries) => once(() => {
  const lines = answeredAll(root(), queries, limit).map((line) => JSON.parse(line));
  return Object.fromEntries(queries.map((query, index) => [query, lines[index]]));
});
const inDialog = answers(() => ROOT, DIALOG, [
  "laptop stolen", "ba", "back", "backup", "backup policy", "incident", "quokkafish", "SMS-POL-8.6.1",
]);
const onPage = answers(() => ROOT, PAGE, [
  "laptop stolen", "change type:policy", "change type:process", "change type:process owner:change-manager", "clause:8.5",
  "clause:8.5 release", "status:overdue", "backup \"& <policy>",
]);

/** What the dialog is to show, and what the page of results. */
function answer(query) { return inDialog()[query]; }
function results(query) { return onPage()[query]; }

const status = (page, of = STATUS) => page.locator(of).textContent();
const word = (key, values = {}) => said().words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** What the live region says of an answer. */
function count(answer_) {
  const pages = answer_.hits.filter(({ url }, index) =>
    !index || url.split("#")[0] !== answer_.hits[index - 1].url.split("#")[0]).length;
  if (!pages) return word("nothing");
  return pages === 1 ? word("one") : word("many", { pages: `${pages}${answer_.more ? "+" : ""}` });
}

/** The box lives, and titles are what it answers with, or it says that there are not even those. */
async function titlesOnly(page, { titles = true } = {}) {
  const box = page.locator("#cb-search-box");
  const told = word(titles ? "titles_only" : "failed");
  await box.fill("incident manag");
  await until(() => status(page), (text) => text.startsWith(told), `it says "${told}"`);
  await box.fill("management incident");
  if (titles) {
    const found = await until(() => hits(page), (list) => list.length > 2, "titles are found");
    check(found.every(({ title, snippet }) => /incident/i.test(title) && !snippet), JSON.stringify(found));
  } else {
    same(await urls(page), [], "hits without titles");
  }
  await box.fill("");
  await until(() => status(page), (text) => text === told, `an empty box says "${told}", too`);
}

// ---- Opening, typing, choosing --------------------------------------------------------------------------------------

test("a slash opens the search, and the procedure for a stolen laptop stands first", async () => {
  const { page } = await served(site());
  const box = await open(page);
  check(await isFocused(box) && await box.inputValue() === "", "the empty box has no focus");
  await page.keyboard.type("laptop stolen", { delay: 25 });
  await shows(page, answer("laptop stolen"));
  const [first] = await hits(page);
  same(first.title, "Information Security Incident Procedure", "the first page");
  const marked = (await hits(page)).flatMap(({ marks }) => marks.map((mark) => mark.toLowerCase()));
  check(marked.includes("laptop") && marked.includes("stolen"), `what was typed is marked, not ${marked}`);
});

test("Ctrl-K opens the search wherever a reader types, and a slash there is a letter", async () => {
  const { page } = await served(site(), { page: "documents/index.html" });
  const filter = page.locator(".filter input").first();
  await filter.focus();
  await page.keyboard.type("a/b");
  same(await filter.inputValue(), "a/b", "the other box");
  same(await page.locator("dialog.search").count(), 0, "dialogs");
  await page.keyboard.press("Control+k");
  await page.waitForSelector("dialog.search[open]");
  await page.keyboard.type("a/b");
  same(await page.locator("#cb-search-box").inputValue(), "a/b", "the box of the search");
});

test("arrows choose one hit after the other, round and round", async () => {
  const { page } = await served(site());
  const box = await open(page);
  await box.fill("backup");
  await shows(page, answer("backup"));
  const list = await hits(page);
  const chosen = async () => {
    const id = await box.getAttribute("aria-activedescendant");
    const selected = (await hits(page)).filter((hit) => hit.selected === "true").map((hit) => hit.id);
    same(selected, id ? [id] : [], "what is selected");
    return list.findIndex((hit) => hit.id === id);
  };
  same(await chosen(), -1, "at first");
  for (const [key, place] of [
    ["ArrowDown", 0], ["ArrowDown", 1], ["ArrowUp", 0], ["ArrowUp", list.length - 1], ["ArrowDown", 0],
  ]) {
    await page.keyboard.press(key);
    same(await chosen(), place, `after ${key}`);
  }
  await box.fill("laptop stolen");
  await shows(page, answer("laptop stolen"));
  same(await box.getAttribute("aria-activedescendant"), null, "what is chosen of a new list");
  await page.keyboard.press("ArrowUp");
  same(await box.getAttribute("aria-activedescendant"), (await hits(page)).at(-1).id, "up from nothing");
});

test("Enter opens the chosen hit, and its page has the words marked", async () => {
  const { page } = await served(site());
  const box = await open(page);
  await box.fill("laptop stolen");
  await shows(page, answer("laptop stolen"));
  const list = await hits(page);
  const place = list.findIndex(({ marks }) => marks.length >= 2);
  for (let step = 0; step <= place; step += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/highlight=/);
  const address = new URL(page.url());
  same(`${address.pathname.slice(1)}${address.hash}`, list[place].url, "the page");
  const words = address.searchParams.get("highlight").split(" ").sort();
  same(words, [...new Set(list[place].marks.map((mark) => mark.toLowerCase()))].sort(), "the words of the address");
  const marks = await page.locator("main mark.found").allTextContents();
  for (const text of words) {
    check(marks.some((mark) => mark.toLowerCase() === text), `${text} is not among the marks ${marks}`);
  }
});

test("Enter without a choice opens the first hit", async () => {
  const { page } = await served(site());
  const box = await open(page);
  await box.fill("laptop stolen");
  await shows(page, answer("laptop stolen"));
  await page.keyboard.press("Enter");
  await page.waitForURL(/information-security-incident-procedure\.html/);
});

test("Esc closes the empty search, and the focus returns to what had it", async () => {
  const { page } = await served(site());
  await page.locator("[data-search]").focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog.search[open]");
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog.search:not([open])", { state: "attached" });
  check(await isFocused(page.locator("[data-search]")), "the link has no focus");
  await page.locator("nav.menu a").first().focus();
  await open(page);
  await page.keyboard.press("Escape");
  check(await isFocused(page.locator("nav.menu a").first()), "the menu has no focus");
});

test("Esc closes the search at one press when something is typed, too", async () => {
  const { page } = await served(site());
  await page.locator("[data-search]").focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog.search[open]");
  await page.keyboard.type("backup");
  await shows(page, answer("backup"));
  await page.keyboard.press("Escape");
  await rest(page, 200);
  check(await page.locator("dialog.search").evaluate((dialog) => !dialog.open), "the dialog is still open");
  check(await isFocused(page.locator("[data-search]")), "the link has no focus");
});

test("titles answer while the engine is loaded, and the full text follows by itself", async () => {
  let arrived;
  const arrives = new Promise((done) => { arrived = done; });
  const { page } = await served(site(), {
    instead: async (name) => { if (name.startsWith("search/engine-")) await arrives; },
  });
  const box = await open(page);
  await box.fill("incident");
  const early = await until(() => hits(page), (list) => list.length > 2, "titles are found");
  check(early.every(({ title, snippet }) => /incident/i.test(title) && !snippet), JSON.stringify(early));
  same(await status(page), word("loading"), "what is said meanwhile");
  arrived();
  await shows(page, answer("incident"));
  same(await status(page), count(answer("incident")), "what is said then");
});

test("the list is the one of what is typed, however fast that is and however slow the pieces come", async () => {
  const { page, server } = await served(site(), {
    instead: (name) => (name.startsWith("search/piece-") ? { wait: 40 } : null),
  });
  await open(page);
  await page.evaluate((list) => {
    window.seen = [];
    const note = () => {
      if (!document.querySelector(`${list} .snippet`)) return;
      const links = Array.from(document.querySelectorAll(`${list} a.hit-link`), (link) => decodeURI(link.href));
      window.seen.push([document.querySelector("#cb-search-box").value, links]);
    };
    new MutationObserver(note).observe(document.querySelector(list), { childList: true });
  }, LIST);
  for (const part of ["ba", "ck", "up"]) {
    await page.keyboard.type(part);
    await rest(page, 110);
  }
  await shows(page, answer("backup"));
  await rest(page, 1_000);
  await shows(page, answer("backup"));
  same(await status(page), count(answer("backup")), "the count");
  for (const [text, links] of await page.evaluate(() => window.seen)) {
    const shown = links.map((link) => link.replace(server.base, "").replace(/\?[^#]*/, ""));
    same(shown, wanted(answer(text)), `a list that was shown while the box said "${text}"`);
  }
});

// ---- For those who do not see or point ------------------------------------------------------------------------------

test("the live region says how many pages there are", async () => {
  const { page } = await served(site());
  const box = await open(page);
  for (const query of ["backup", "SMS-POL-8.6.1", "quokkafish"]) {
    await box.fill(query);
    const told = count(answer(query));
    await until(() => status(page), (text) => text === told, `${query} is told as "${told}"`);
  }
});

test("the box is a combobox of a labelled list, whose options have names of their own", async () => {
  const { page } = await served(site());
  const box = await open(page);
  await box.fill("backup");
  await shows(page, answer("backup"));
  for (const [name, value] of [
    ["role", "combobox"], ["aria-expanded", "true"], ["aria-autocomplete", "list"], ["aria-controls", "cb-search-list"],
  ]) same(await box.getAttribute(name), value, name);
  same(await page.getByRole("combobox", { name: word("label"), exact: true }).count(), 1, "boxes with a name");
  same(await page.getByRole("listbox", { name: word("results"), exact: true }).count(), 1, "lists with a name");
  same(await page.getByRole("listbox").getAttribute("id"), "cb-search-list", "the list that the box controls");
  const list = await hits(page);
  same(await page.getByRole("listbox").getByRole("option").count(), list.length, "options");
  same(new Set(list.map(({ id }) => id)).size, list.length, "different ids");
  check(list.every(({ id }) => id), "every option has an id");
  check((await page.getByRole("option").allTextContents()).every((text) => text.trim()), "every option says something");
});

test("the dialog has a name", async () => {
  const { page } = await served(site());
  await open(page);
  same(await page.getByRole("dialog", { name: /\S/ }).count(), 1, "dialogs with a name");
});

test("the list holds options and nothing else, also that of recent searches", async () => {
  const { page } = await served(site(), {
    before: searchedBefore("[\"laptop stolen\"]"),
  });
  const box = await open(page);
  const others = () => page.locator(`${LIST} :is(a, button, input, [role])`).evaluateAll((elements) => elements
    .filter((element) => !["option", "presentation"].includes(element.getAttribute("role")))
    .map((element) => element.outerHTML));
  same(await others(), [], "what else is in the list of recent searches");
  await box.fill("backup");
  await shows(page, answer("backup"));
  same(await others(), [], "what else is in the list of hits");
});

test("the focus stays within the open search", async () => {
  const { page } = await served(site());
  const box = await open(page);
  await box.fill("backup");
  await shows(page, answer("backup"));
  const seen = [];
  for (let time = 0; time < 6; time += 1) {
    await page.keyboard.press("Tab");
    seen.push(await page.evaluate(() => {
      const at = document.activeElement;
      return at === document.body || at.closest("dialog") ? "within" : at.outerHTML;
    }));
  }
  same([...new Set(seen)], ["within"], "where the focus goes");
});

// ---- Recent searches ------------------------------------------------------------------------------------------------

test("an empty box lists what was searched before, and forgets it when it is told to", async () => {
  const { page } = await served(site());
  const box = await open(page);
  await box.fill("laptop stolen");
  await shows(page, answer("laptop stolen"));
  await page.keyboard.press("Enter");
  await page.waitForURL(/information-security-incident-procedure\.html/);
  await page.goBack();
  await page.waitForURL(/index\.html$/);
  // A page that the browser kept has the box as it was left.
  await (await open(page)).fill("");
  const options = page.locator(`${LIST} [role=option]`);
  await until(() => options.allTextContents(), (list) => list.join("|") === "laptop stolen", "the search is listed");
  same(await status(page), word("recent"), "what is said");
  await page.getByRole("button", { name: word("forget") }).click();
  await until(() => options.count(), (number) => number === 0, "the list is empty");
  same(await page.evaluate(() => localStorage.getItem("clausebook-recent")), null, "what is kept");
  same(await page.getByRole("button", { name: word("forget") }).count(), 0, "buttons to forget");
  check(await isFocused(page.locator("#cb-search-box")), "the box has no focus");
});

test("a recent search that is chosen is asked anew", async () => {
  const { page } = await served(site(), {
    before: searchedBefore("[\"backup\",\"laptop stolen\"]"),
  });
  const box = await open(page);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await until(() => page.locator("#cb-search-box").inputValue(), (text) => text === "laptop stolen", "it is in the box");
  await shows(page, answer("laptop stolen"));
  check(await page.locator("dialog.search").evaluate((dialog) => dialog.open), "the dialog was closed");
  check(await isFocused(box), "the box has no focus");
});

test("what was searched is told to nobody: no request and no cookie carries it", async () => {
  const { page, server } = await served(site());
  const box = await open(page);
  await box.fill("xyloquartz backup");
  const list = await until(() => hits(page), (found) => found.some(({ marks }) => marks.length), "hits have marks");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname.slice(1) === list[0].url.split("#")[0]);
  await page.goto(`${server.base}index.html`);
  await open(page);
  same(await page.locator(`${LIST} [role=option]`).allTextContents(), ["xyloquartz backup"], "what is remembered");
  for (const { url, headers, method } of server.requests) {
    check(!`${url} ${JSON.stringify(headers)}`.includes("xyloquartz"), `${url} carries it`);
    // A worker names itself to the server that it came from, and nothing else.
    const referer = /\/search\/worker-[0-9a-f]+\.js$/.test(headers.referer || "/search/worker-0.js");
    check(method === "GET" && !headers.cookie && referer, `${url} tells more than it must`);
  }
  same((await page.context().cookies()).length, 0, "cookies");
});

test("what another script left among recent searches stops nothing", async () => {
  const { page, server } = await served(site());
  for (const left of ["{", "null", "7", "{\"a\":1}", "[null,7,{}]"]) {
    await page.goto(`${server.base}index.html`);
    await page.evaluate((kept) => localStorage.setItem("clausebook-recent", kept), left);
    const box = await open(page);
    await box.fill("backup");
    await shows(page, answer("backup"));
    await page.keyboard.press("Enter");
    await page.waitForURL(/documents\//);
  }
});

// ---- The page of results --------------------------------------------------------------------------------------------

test("the page of results answers its address: a question and a type", async () => {
  const { page } = await served(site(), { page: "search.html?q=change&type=policy" });
  const answer_ = results("change type:policy");
  await shows(page, answer_, RESULTS);
  const types = (await hits(page, RESULTS)).map(({ type }) => type).filter(Boolean);
  check(types.length > 3 && types.every((type) => type === "policy"), `the types are ${types}`);
  same(await page.locator("#cb-q").inputValue(), "change", "the box");
  same(await page.locator("#cb-type").inputValue(), "policy", "the type");
  await until(() => status(page, "#cb-results-status"), (text) => text === count(answer_), "the count is told");
});

test("a filter that is changed stands in the address, and the address shows the same again", async () => {
  const { page, server } = await served(site(), { page: "search.html" });
  await page.locator("#cb-q").fill("change");
  await page.locator("#cb-type").selectOption("process");
  const answer_ = results("change type:process owner:change-manager");
  await page.locator("#cb-owner").selectOption("change-manager");
  await shows(page, answer_, RESULTS);
  const address = new URL(page.url());
  same([...address.searchParams], [["q", "change"], ["type", "process"], ["owner", "change-manager"]], "the address");
  await page.reload();
  await shows(page, answer_, RESULTS);
  same(page.url(), address.href, "the address of the new page");
  const pages = server.requests.filter(({ below }) => below === "search.html").length;
  same(pages, 2, "pages that were loaded");
});

test("a clause finds what claims it or a clause within it, without a word in the box", async () => {
  const { page } = await served(site(), { page: "search.html" });
  await page.locator("#cb-clause").pressSequentially("8.5", { delay: 20 });
  await shows(page, results("clause:8.5"), RESULTS);
  same(new URL(page.url()).search, "?clause=8.5", "the address");
  await page.goto(page.url().replace("clause=8.5", "q=clause:8.5%20release"));
  await shows(page, results("clause:8.5 release"), RESULTS);
});

test("what is overdue is found by its status, as of the reader's day", async () => {
  const { page } = await served(site(), { page: "search.html?status=overdue" });
  const answer_ = results("status:overdue");
  check(answer_.hits.length >= 3, "the command line finds too little");
  await shows(page, answer_, RESULTS);
  same(await page.locator("#cb-status").inputValue(), "overdue", "the filter");
  const badges = await page.locator(`${RESULTS} .badge.overdue`).count();
  same(badges, new Set(answer_.hits.map(({ url }) => url.split("#")[0])).size, "pages that say so");
});

test("the dialog leads to the page of results with what was typed", async () => {
  const { page } = await served(site(), { page: "documents/backup-policy.html" });
  const box = await open(page);
  await box.fill("backup \"& <policy>");
  await until(() => page.locator(".search-foot a").getAttribute("href"), (href) => href.includes("policy"), "the link has it");
  await page.locator(".search-foot a").click();
  await page.waitForURL(/search\.html/);
  same(await page.locator("#cb-q").inputValue(), "backup \"& <policy>", "the box");
  await shows(page, results("backup \"& <policy>"), RESULTS);
});

// ---- What may be missing --------------------------------------------------------------------------------------------

const withoutWasm = () => { delete globalThis.WebAssembly; };

test("without WebAssembly there are titles, and the search says so", async () => {
  const { page } = await served(site(), { before: withoutWasm });
  await open(page);
  await titlesOnly(page);
});

test("a server that forbids WebAssembly leaves the titles", async () => {
  planned(/Content Security Policy|WebAssembly/);
  const { page } = await served(site(), {
    instead: (name) => (name.startsWith("search/worker-") ? { headers: { "Content-Security-Policy": "script-src 'self'" } } : null),
  });
  await open(page);
  await titlesOnly(page);
});

test("without WebAssembly the page of results leads everywhere all the same", async () => {
  const { page } = await served(site(), { before: withoutWasm, page: "search.html?q=incident" });
  await until(() => status(page, "#cb-results-status"), (text) => text.startsWith(word("titles_only")), "it says so");
  check((await hits(page, RESULTS)).length > 2, "titles are found");
  await leads(page);
});

test("without script the link of the search leads to a page with other ways", async () => {
  const { page } = await served(site(), { javaScriptEnabled: false, page: "documents/backup-policy.html" });
  await page.locator("[data-search]").click();
  await page.waitForURL(/search\.html$/);
  check(!await page.locator("#cb-search-form").isVisible(), "the form is shown");
  check(await page.locator("#cb-no-script").isVisible(), "the page says nothing about scripts");
  await leads(page);
});

/** The other ways are there and lead to pages. */
async function leads(page) {
  const ways = page.locator("section[aria-labelledby=cb-ways] a");
  check(await ways.count() >= 5, "there are few ways");
  const links = [];
  for (const way of await ways.all()) {
    check(await way.isVisible(), "a way is hidden");
    links.push(new URL(await way.getAttribute("href"), page.url()).href);
  }
  for (const link of links) {
    const response = await page.goto(link);
    check(response.ok() && await page.locator("main h1").count() === 1, `${link} leads nowhere`);
  }
}

// ---- What may be damaged --------------------------------------------------------------------------------------------

const of = (kind) => (name) => name.startsWith(`search/${kind}-`);
const gone = { status: 404 };

/** Another piece in place of the one asked for: a script that runs, of bytes that are not the right ones. */
const other = (coding) => (name) => ({
  body: `clausebookSearch.piece("${path.basename(name)}","${coding}","${Buffer.from("other bytes").toString("base64")}");\n`,
});

for (const [what, meets, instead, titles = true] of [
  ["the engine is missing", of("engine"), () => gone],
  ["the engine is damaged", of("engine"), other("gzip")],
  ["the engine is cut off", of("engine"), () => ({ body: "clausebookSearch.piece(\"engine" })],
  ["the worker is missing", of("worker"), () => gone],
  ["the worker is damaged", of("worker"), () => ({ body: "(function () {" })],
  ["the head of the index is missing", of("index"), () => gone],
  ["the head of the index is damaged", of("index"), other("gzip")],
  ["the head of the index holds other bytes", of("index"), other("")],
  ["all pieces of the index are missing", of("piece"), () => gone],
  ["all pieces of the index hold other bytes", of("piece"), other("")],
  ["all pieces of the index are cut off", of("piece"), () => ({ body: "clausebookSearch.piece(\"pie" })],
  ["a server says a page in place of every script", (name) => /^search\/(engine|index|piece|worker)-/.test(name),
    () => ({ body: "<!doctype html><title>Welcome</title>", type: "text/html" })],
  ["all scripts but that of the titles are missing", (name) => /^search\/(engine|index|piece|worker)-/.test(name), () => gone],
  ["all scripts are missing", (name) => /^search\/.*-/.test(name), () => gone, false],
]) {
  test(`when ${what}, titles are left, and nothing is tried for ever`, async () => {
    planned(FAILED, /SyntaxError|Unexpected|MIME type|Worker/);
    const { page, server } = await served(site(), { instead: (name) => (meets(name) ? instead(name) : null) });
    const box = await open(page);
    await box.fill("backup");
    await titlesOnly(page, { titles });
    const before = server.requests.length;
    await box.fill("laptop");
    await rest(page, 250);
    same(server.requests.slice(before).map(({ url }) => url), [], "what is asked for after that");
    const told = server.requests.filter(({ below }) => below === "search/current.js").length;
    check(told <= 2, `current.js was asked for ${told} times`);
    same(server.requests.filter(({ below }) => below === "index.html").length, 1, "times that the page was loaded");
  });
}

for (const [when, wait] of [["at once", 0], ["late", 1_500]]) {
  test(`when the titles turn out ${when} to be missing, the full text is searched all the same`, async () => {
    planned(FAILED);
    const { page, server } = await served(site(), { instead: (name) => (of("titles")(name) ? { ...gone, wait } : null) });
    const box = await open(page);
    await box.fill("backup");
    await shows(page, answer("backup"));
    await rest(page, wait + 300);
    await box.fill("laptop stolen");
    await shows(page, answer("laptop stolen"));
    same(await status(page), count(answer("laptop stolen")), "what is said");
    const told = server.requests.filter(({ below }) => below === "search/current.js").length;
    check(told <= 2, `current.js was asked for ${told} times`);
  });
}

/** Has the box come late. */
const late = (page) => page.route("**/assets/search.js", async (route) => {
  await rest(page, 400);
  await route.continue();
});

test("what is typed before the box is there goes into it, and moves nothing", async () => {
  const { page } = await served(site());
  await late(page);
  await page.keyboard.type("/laptop stolen?/");
  same(await page.locator("dialog.search[open]").count(), 0, "boxes that are open");
  await page.waitForSelector("dialog.search[open]");
  same(await page.locator("#cb-search-box").inputValue(), "laptop stolen?/", "what stands in it");
  same(await page.evaluate(() => window.scrollY), 0, "how far the page was scrolled");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  await shows(page, answer("laptop stolen"));
  await page.keyboard.press("Escape");
  // Keys are the page's again.
  await until(() => page.evaluate(() => document.activeElement === document.body), (own) => own, "the box has lost the focus");
  await page.keyboard.press("?");
  await page.waitForSelector("dialog.shortcuts[open]");
});

test("what is typed goes to the page of results when the box cannot be had", async () => {
  planned(FAILED);
  const { page } = await served(site(), { instead: (name) => (name === "search/current.js" ? gone : null) });
  await late(page);
  await page.keyboard.type("/backup");
  await page.waitForURL(/search\.html\?q=backup$/);
});

for (const [what, instead] of [
  ["missing", gone],
  ["damaged", { body: "clausebookSearch.current({\"build\":" }],
  ["empty", { body: "" }],
]) {
  test(`when current.js is ${what}, the search leads to the page with other ways`, async () => {
    planned(FAILED, /SyntaxError|Unexpected/);
    const { page, server } = await served(site(), { instead: (name) => (name === "search/current.js" ? instead : null) });
    await page.keyboard.press("/");
    await page.waitForURL(/search\.html$/);
    const failed = await page.locator(RESULTS).getAttribute("data-failed");
    await until(() => status(page, "#cb-results-status"), (text) => text === failed, "the page says so");
    await rest(page, 300);
    const told = server.requests.filter(({ below }) => below === "search/current.js").length;
    check(told <= 4, `current.js was asked for ${told} times by two pages`);
    same(server.requests.filter(({ below }) => below === "search.html").length, 1, "times that the page was loaded");
    await leads(page);
  });
}

// ---- Two builds -----------------------------------------------------------------------------------------------------

/** Serves the later portal, but the earlier `current.js` to who does not ask past caches. */
async function mixed(old, instead = () => null, wait = 0) {
  planned(FAILED);
  const { page, server } = await served(later(), {
    instead: (name, query) => (name === "search/current.js" && !query ? { body: old } : instead(name)),
  });
  const box = await open(page);
  await box.fill("quokkafish");
  const found = await until(() => hits(page), (list) => list.length === 1 && list[0].snippet, "the new word is found");
  same(found[0].url.split("#")[0], "documents/backup-policy.html", "the page");
  const again = server.requests.filter(({ below, search }) => below === "search/current.js" && search).length;
  same(again, 1, "times that current.js was asked for past caches");
  await box.fill("incident");
  await until(() => hits(page), (list) => list.length > 5 && list[0].snippet, "it goes on answering");
  await rest(page, wait + 300);
  await box.fill("laptop stolen");
  await until(() => hits(page), (list) => list.length > 5 && list.some(({ marks }) => marks.length), "it still answers later");
  same(await status(page), count(answer("laptop stolen")), "what is said at last");
  same(server.requests.filter(({ below }) => below === "index.html").length, 1, "times that the page was loaded");
}

test("an old list of files from a cache is asked for anew, once, and the search works", async () => {
  await mixed(fs.readFileSync(path.join(site(), "search", "current.js"), "utf8"));
});

test("a list of files that another program wrote, of which none is left, is asked for anew, too", async () => {
  const text = fs.readFileSync(path.join(site(), "search", "current.js"), "utf8");
  await mixed(text.replace(/\b(engine|worker|titles|index|piece)-[0-9a-f]{16}\.js/g, "$1-0123456789abcdef.js"));
});

test("what turns out late to be missing of the files of an old build stops nothing", async () => {
  const text = fs.readFileSync(path.join(site(), "search", "current.js"), "utf8");
  // That there are no such titles is told at once, and that there is no such engine much later.
  const old = text.replace(/titles-[0-9a-f]{16}\.js/, "titles-0123456789abcdef.js")
    .replace(/engine-[0-9a-f]{16}\.js/, "engine-0123456789abcdef.js");
  const wait = 1_500;
  await mixed(old, (name) => (name.endsWith("engine-0123456789abcdef.js") ? { ...gone, wait } : null), wait);
});

test("a damaged list of files from a cache is asked for anew while the reader waits", async () => {
  planned(/SyntaxError|Unexpected/);
  await mixed("clausebookSearch.current({\"build\":");
});

test("a list of files whose titles alone are gone is asked for anew, too", async () => {
  const text = fs.readFileSync(path.join(later(), "search", "current.js"), "utf8");
  await mixed(text.replace(/"build":"[^"]*"/, "\"build\":\"before\"").replace(/titles-[0-9a-f]{16}\.js/, "titles-0123456789abcdef.js"));
});

test("a page that stays open while the portal is built anew searches the new one", async () => {
  planned(FAILED);
  let folder = site();
  const { page, server } = await served(site(), { instead: () => ({ folder }) });
  const box = await open(page);
  await box.fill("laptop stolen");
  await shows(page, answer("laptop stolen"));
  // Nothing is left of the first build that the second has not.
  folder = later();
  await box.fill("quokkafish");
  await rest(page, 300);
  await box.fill("supplier contract night line");
  await until(() => hits(page), (list) => list.length > 2 && list.some(({ snippet }) => snippet), "it goes on answering");
  await box.fill("quokkafish");
  await until(() => hits(page), (list) => list.length === 1 && list[0].snippet, "the new word is found");
  const again = server.requests.filter(({ below, search }) => below === "search/current.js" && search).length;
  same(again, 1, "times that current.js was asked for past caches");
});

// ---- Whatever is typed ----------------------------------------------------------------------------------------------

const HOSTILE = [
  ["10,000 letters", "\"a\".repeat(10000)"],
  ["10,000 letters in words", "\"backup and so on \".repeat(590)"],
  ["marks only", "\"!?.,;:()[]{}<>/\\\\|*&^%$#@~`'+=_-\""],
  ["an open quote", "\"\\\"backup\""],
  ["five quotes and minuses", "\"\\\"\\\"\\\" -\\\" - -- \\\"-\""],
  ["control characters", "\"\\u0000\\u0001\\u0007\\u001b\\u001f\\u007f backup\""],
  ["right to left", "\"\\u202eשלום \\u0645\\u0631\\u062d\\u0628\\u0627\\u202c\""],
  ["emoji", "\"🙂👩‍💻🏳️‍🌈\""],
  ["half a letter", "\"backup \\ud83d\""],
  ["markup", "\"<img src=x onerror=alert(1)><mark>backup</mark>\""],
  ["keys without values", "\"type: owner: clause: status: -type:\""],
  ["names of objects", "\"__proto__ constructor toString\""],
];

test("whatever is typed or pasted, the box answers the next question", async () => {
  const { page } = await served(site());
  const box = await open(page);
  for (const [what, text] of HOSTILE) {
    await box.evaluate((input, value) => {
      input.value = value;
      input.dispatchEvent(new Event("input"));
    }, new Function(`return ${text}`)());
    await rest(page, 150);
    check((await status(page)).trim() !== word("titles_only"), `${what} stops the engine`);
    same(await page.locator("dialog img, dialog script").count(), 0, `elements made of ${what}`);
    await box.fill("backup policy");
    await shows(page, answer("backup policy")).catch((error) => { throw new Error(`after ${what}: ${error.message}`); });
  }
});

test("half a letter, which a paste may leave, does not keep the answer from being shown", async () => {
  const { page } = await served(site());
  const box = await open(page);
  await box.fill("quokkafish");
  await until(() => status(page), (text) => text === word("nothing"), "nothing is found");
  await box.evaluate((input) => {
    input.value = "backup \ud83d";
    input.dispatchEvent(new Event("input"));
  });
  await until(() => hits(page), (list) => list.length > 2, "backups are found");
});

test("whatever stands in an address is text", async () => {
  const odd = ["<img src=x onerror=alert(1)>", ".*", "(", "\\", "[a-", "$&", "a".repeat(1_000), "🙂", "%", "\"'"];
  const { page, server } = await served(site(), { page: "search.html" });
  for (const text of odd) {
    const value = encodeURIComponent(text);
    await page.goto(`${server.base}search.html?q=${value}&type=${value}&owner=${value}&clause=${value}`);
    same(await page.locator("#cb-q").inputValue(), text, "the box");
    await until(() => status(page, "#cb-results-status"), (said_) => said_ && said_ !== word("loading"), `${text} is answered`);
    await page.goto(`${server.base}documents/backup-policy.html?highlight=${value}+backup`);
    const marks = await page.locator("main mark.found").allTextContents();
    check(marks.some((mark) => /backup/i.test(mark)), `${text} keeps the other word from being marked`);
    same(await page.locator("main img[src=x]").count(), 0, "elements made of the address");
  }
});

// ---- Where a portal may lie -----------------------------------------------------------------------------------------

test("the search works below a folder of a server that has nothing else", async () => {
  const { page, server } = await served(site(), { at: "/a/b/", page: "documents/backup-policy.html" });
  const box = await open(page);
  await box.fill("laptop stolen");
  await shows(page, answer("laptop stolen"));
  await page.keyboard.press("Enter");
  await page.waitForURL(`${server.base}documents/information-security-incident-procedure.html*`);
  await page.goto(`${server.base}search.html?q=laptop+stolen`);
  await shows(page, results("laptop stolen"), RESULTS);
  const outside = server.requests.filter(({ below }) => below === null).map(({ url }) => url);
  same(outside, [], "what is asked for elsewhere");
});

test("the search works from disk, with snippets and marks", async () => {
  const { page, base } = await fromDisk(site());
  const box = await open(page);
  await box.fill("laptop stolen");
  await shows(page, answer("laptop stolen"));
  const list = await hits(page);
  check(list.some(({ snippet, marks }) => snippet && marks.length), "no hit has a snippet with marks");
  const place = list.findIndex(({ marks }) => marks.length >= 2);
  for (let step = 0; step <= place; step += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/highlight=/);
  check(await page.locator("main mark.found").count() > 0, "the page has no marks");
  await page.goto(`${base}search.html?q=change&type=policy`);
  await shows(page, results("change type:policy"), RESULTS);
  await page.locator("#cb-type").selectOption("process");
  await shows(page, results("change type:process"), RESULTS);
});

test("from disk without WebAssembly there are titles", async () => {
  const { page } = await fromDisk(site(), "index.html", { before: withoutWasm });
  await open(page);
  await titlesOnly(page);
});

const withoutWorkers = () => { delete globalThis.Worker; };

test("where there are no workers, the engine runs on the page: from a server", async () => {
  const { page } = await served(site(), { before: withoutWorkers });
  const box = await open(page);
  await box.fill("laptop stolen");
  await shows(page, answer("laptop stolen"));
});

test("where there are no workers, the engine runs on the page: from disk", async () => {
  const { page } = await fromDisk(site(), "index.html", { before: withoutWorkers });
  const box = await open(page);
  await box.fill("laptop stolen");
  await shows(page, answer("laptop stolen"));
});

test("from disk with a piece that is missing there are titles", async () => {
  planned(FAILED);
  const folder = temporary("torn-site");
  fs.cpSync(site(), folder, { recursive: true });
  fs.rmSync(path.join(folder, "search", said().pieces.at(-1)[0]));
  const { page } = await fromDisk(folder);
  await open(page);
  await titlesOnly(page);
});

/** A word that stands in few documents, and a pair that stands in more. */
const RARE = wordOf(7_995);
const PAIR = `${wordOf(3)} ${wordOf(60)}`;

const ofMany = answers(many, DIALOG, [RARE, PAIR]);

async function largeAnswers(page) {
  const box = await open(page);
  for (const query of [RARE, PAIR]) {
    const answer_ = ofMany()[query];
    check(answer_.hits.length > 0, `${query} finds nothing`);
    await box.fill(query);
    await shows(page, answer_);
    check((await hits(page)).every(({ snippet }) => snippet), "a hit has no snippet");
  }
}

test("a large portal is searched from disk in its pieces", async () => {
  check(current(manySite()).pieces.length > 100, "the portal is not large");
  await largeAnswers((await fromDisk(manySite())).page);
});

test("a large portal that ships its index whole is searched from disk", async () => {
  same(current(manyWhole()).pieces.length, 1, "pieces");
  await largeAnswers((await fromDisk(manyWhole())).page);
});

test("a hit on what a standard says in another language is marked so", async () => {
  const { page } = await fromDisk(german());
  const box = await open(page);
  const languages = () => page.locator(`${LIST} a.hit-link`).evaluateAll((links) => links.map((link) => {
    const path_ = link.href.replace(/\?.*/, "").replace(/.*-site\//, "").replace(/[^/]*$/, "");
    return [path_, ...Array.from(link.querySelectorAll("strong, .snippet"), (text) => text.getAttribute("lang"))].join(" ");
  }));
  await box.fill("incident");
  await until(languages, (found) => ["clauses/ en en", "clauses/haus/ "].every((wanted_) => found.some((line) => line.startsWith(wanted_)))
    && found.every((line) => / en( en)?$/.test(line) === /^clauses\/(?!haus)/.test(line)), "what is English is marked, what is German is not");
  await box.fill("Guide to");
  await until(languages, (found) => found.filter((line) => line.startsWith("documents/")).length > 3
    && found.every((line) => / en( en)?$/.test(line) === line.startsWith("clauses/")), "documents are not");
});

test("of a large portal on a server a question loads few pieces", async () => {
  const { page, server } = await served(manySite());
  const box = await open(page);
  await box.fill(RARE);
  await shows(page, ofMany()[RARE]);
  const all = current(manySite()).pieces.length;
  const loaded = new Set(server.requests.map(({ below }) => below).filter(of("piece"))).size;
  check(loaded > 0 && loaded * 5 < all, `${loaded} of ${all} pieces were loaded`);
});

test("no page asks for the search before its reader does", async () => {
  const { page, server } = await served(site(), { page: "documents/backup-policy.html" });
  await rest(page, 500);
  same(server.requests.filter(({ below }) => below.startsWith("search/")).map(({ below }) => below), [], "what is loaded");
});

test("what a page may not do would be noticed by these tests", async () => {
  const { page } = await served(site());
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.src = "http://elsewhere.example/x.js";
    document.head.append(script);
  });
  const { errors, asked } = visit;
  await until(() => errors, (list) => list.some((error) => error.includes("Content Security Policy")), "the error is noticed");
  await until(() => asked, (list) => list.some((url) => url.includes("elsewhere.example")), "the request is noticed");
  planned(/Content Security Policy/);
  asked.length = 0;
});

// ---- All of them ----------------------------------------------------------------------------------------------------

try {
  site();
} catch (error) {
  giveUp(`the portal cannot be built: ${error.message}`);
}

process.exit(await runInBrowser());
