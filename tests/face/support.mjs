// What the tests of the portal's face stand on beside what all share: a small portal, and readers who open it over http
// or from disk.

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { build, serve } from "../search/support.mjs";
import { check, context, copy, same, temporary, visit } from "../support.mjs";

export { build };

const once = (make) => {
  let made;
  return () => {
    made ??= make();
    return made;
  };
};

// ---- A small portal -------------------------------------------------------------------------------------------------

/** A document in force, reviewed until next summer. */
export function document_(title, reference, body, { type = "policy", review = "2027-06-01", facts = "" } = {}) {
  return `---\ntitle: ${title}\nreference: ${reference}\ntype: ${type}\nowner: desk\napprover: manager\nversion: 1.0\nstatus: approved\n`
    + `clause: ${/\d[\d.]*/.exec(reference)[0]}\nreview_date: ${review}\n${facts}changes:\n`
    + `  - { version: 1.0, date: 2026-06-01, summary: First issue., approved_by: manager }\n---\n\n${body}\n`;
}

const draft = (title, reference, body) => document_(title, reference, body)
  .replace(/owner[^]*?status: approved/, "owner: manager\nversion: 0.1\nstatus: draft").replace(/review_date[^]*?---/, "---");

const SECTIONS = ["Purpose", "Scope", "Rules", "Duties", "Exceptions", "Records", "Measures", "Review", "Contacts", "End"];
const LINES = "A line of the text that is long enough to be worth its place.\n\n";

const LONG = "Every incident goes to the service desk. The [second document](two.md) says how, the [draft](draft.md) says more, "
  + "and so does [a part of the second](two.md#rules).\n\n"
  + SECTIONS.map((name) => `## ${name}\n\n${LINES.repeat(name === "End" ? 1 : 9)}`).join("");

const LEVELS = ["high", "low", "middle"];

/** Thirty rows: texts that a spreadsheet would calculate, numbers, days, and cells without anything. */
function rows() {
  const lines = ["id,name,level,amount,opened,closed"];
  const amounts = ["1,000", "9.5", "10", "-3", "", "10.5"];
  const names = ["=1+2", "+49 30 1234", "-dash", "@home", "\"a, \"\"b\"\"\"", "Ärger"];
  for (let n = 1; n <= 30; n += 1) {
    const day = `2026-${String(n % 12 + 1).padStart(2, "0")}-${String(31 - n).padStart(2, "0").replace("30", "28").replace("29", "27")}`;
    const name = names[n - 1] || `Name no${n}`;
    const amount = /,/.test(amounts[n % 6]) ? `"${amounts[n % 6]}"` : amounts[n % 6];
    lines.push(`R-${n},${name},${LEVELS[n % 3]},${amount},${day},${n % 5 ? "" : day}`);
  }
  return `${lines.join("\n")}\n`;
}

const COLUMNS = "columns:\n  id: text\n  name: text\n  level: choice(high, low, middle)\n  amount: number\n  opened: date\n  closed: date\n";

/** Writes a repository of a few documents and registers. */
export function repository(name) {
  const root = temporary(name);
  const write = (file, text) => {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), text);
  };
  copy("theme", root);
  write("clausebook.toml", "organization = \"Harbour Ltd\"\nlanguage = \"en\"\n");
  write("content/roles.yaml", "- { id: desk, title: Service Desk Manager, summary: Answers., duties: [Answers] }\n"
    + "- { id: manager, title: Manager, summary: Decides., duties: [] }\n");
  write("content/glossary.yaml", "- term: incident\n  definition: Something that stops a service, or is about to stop it.\n"
    + `- term: service desk\n  definition: ${"The one place where users report what does not work. ".repeat(4).trim()}\n`);
  write("content/area/one.md", document_("One", "SMS-POL-5.2.1", LONG));
  write("content/area/two.md", document_("Two", "SMS-POL-8.5.1.1", "## Rules\n\nThe rules.\n", { review: "2026-11-01" }));
  write("content/area/draft.md", draft("Sketch", "SMS-POL-8.6.1", "What may come."));
  for (let n = 2; n <= 8; n += 1) write(`content/area/more-${n}.md`, document_(`More ${n}`, `SMS-POL-5.2.1-${n}`, "Text."));
  const register = (title, reference, data) => document_(title, reference, "What we know.", { type: "register", facts: `data: ${data}.csv\n${COLUMNS}` });
  write("content/registers/long.md", register("All that we/they know?", "SMS-REG-6.1", "long"));
  write("content/registers/long.csv", rows());
  write("content/registers/short.md", register("Short", "SMS-REG-9.2", "short"));
  write("content/registers/short.csv", `${rows().split("\n").slice(0, 6).join("\n")}\n`);
  return { root, write };
}

/** The folder of the portal, built when a test first needs it. */
export const site = once(() => build(repository("harbour").root, "harbour-site"));

// ---- Readers --------------------------------------------------------------------------------------------------------

/** Opens a page over http; another folder may be served, and `instead` may answer. */
export async function served(address, { folder = site(), instead, ...options } = {}) {
  const server = await serve(folder, { instead });
  visit.servers.push(server);
  visit.origins.push(server.origin);
  return opened(server.base, address, options);
}

/** Opens a page from disk. */
export function fromDisk(address, { folder = site(), ...options } = {}) {
  const base = `${pathToFileURL(folder).href}/`;
  visit.origins.push(base);
  return opened(base, address, options);
}

/** Both ways to read, for tests that try each. */
export const WAYS = [["over http", served], ["from disk", fromDisk]];

async function opened(base, address, options) {
  const context_ = await context(options);
  const page = await context_.newPage();
  await page.goto(base + address);
  return { page, context: context_, base, open: (other) => page.goto(base + other) };
}

/** Notes what is done to the page; returns what tells it. */
export async function watch(page) {
  await page.evaluate(() => {
    window.changes = [];
    const tell = ({ type, target, attributeName }) => window.changes.push(`${type} ${attributeName || ""} ${target.nodeName}.${target.className}`);
    new MutationObserver((list) => list.forEach(tell))
      .observe(document.documentElement, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  return () => page.evaluate(() => window.changes);
}

/** True when all of something lies within the window. */
export const inWindow = (locator) => locator.evaluate((element) => {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return left >= 0 && top >= 0 && right <= document.documentElement.clientWidth && bottom <= window.innerHeight;
});

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Stops a test when axe finds something. */
export async function axe(page, what) {
  await page.evaluate(AXE);
  const found = await page.evaluate(() => window.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    // Which axe leaves out unless it is asked.
    rules: { "target-size": { enabled: true } },
  }));
  check(found.passes.length > 20, `${what}: it was looked at`);
  same(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), [], `${what}: what axe finds`);
}
