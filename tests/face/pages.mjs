// The pages of the portal as they are written: sound HTML of every kind of page, and no more bytes of styles and scripts
// than was set.

import { HtmlValidate, StaticConfigLoader } from "html-validate";

import { check, runAll, same, test } from "../support.mjs";
import html from "./html.mjs";
import { build, kilobytes, kinds, pages, scripts, sheets, sum } from "./portal.mjs";

/** How many pages of a kind are read, other than documents, which are written by many hands: all of those are. */
const OF_A_KIND = 5;

/** In bytes: style sheets as they lie, and the scripts of a page compressed, without the search engine. */
const STYLES = 30_000;
const SCRIPTS = 15_000;

const site = build();
const byKind = pages(site);

// ---- HTML -----------------------------------------------------------------------------------------------------------

const validator = new HtmlValidate(new StaticConfigLoader(html));

/** What is wrong with pages: each finding once, where it stands first, and how often it is there. */
async function findings(list) {
  const found = new Map();
  for (const { name, text } of list) {
    const { results } = await validator.validateString(text, name);
    for (const { ruleId, message, line, column, selector } of results.flatMap(({ messages }) => messages)) {
      const key = `${ruleId}: ${message}`;
      const first = found.get(key) || { place: `${name}:${line}:${column} ${selector || ""}`, times: 0 };
      found.set(key, { ...first, times: first.times + 1 });
    }
  }
  return Array.from(found, ([key, { place, times }]) => `${key}\n  ${place}${times > 1 ? ` and ${times - 1} more` : ""}`);
}

/** Some of a list from its beginning to its end. */
function some(list, count) {
  if (list.length <= count) return list;
  return Array.from({ length: count }, (_, at) => list[Math.floor(at * (list.length - 1) / (count - 1))]);
}

test("every kind of page that the program makes is there, and no other", () => {
  const known = [...kinds(), "redirect"].sort();
  check(known.length >= 20, `src/render names ${known.length} kinds of pages only: ${known.join(", ")}`);
  same([...byKind.keys()].sort(), known, "kinds");
});

for (const [kind, all] of [...byKind].sort()) {
  const read = kind === "document" ? all : some(all, OF_A_KIND);
  const which = read.length < all.length ? `${read.length} of ${all.length} pages` : `${all.length} page${all.length > 1 ? "s" : ""}`;
  test(`the HTML is sound: ${kind}, ${which}`, async () => {
    const wrong = await findings(read);
    check(!wrong.length, () => wrong.join("\n"));
  });
}

// ---- Bytes ----------------------------------------------------------------------------------------------------------

const told = (list) => list.map(({ name, bytes }) => `${name} ${kilobytes(bytes)}`).join(", ");

const styles = sheets(site);

test(`style sheets have at most ${kilobytes(STYLES)} together: ${kilobytes(sum(styles))}`, () => {
  check(styles.length, "there are none");
  check(sum(styles) <= STYLES, told(styles));
});

// Pages of a kind name the same scripts.
const named = [...byKind].map(([kind, [first]]) => ({ kind, list: scripts(site, first) }));
const most = Math.max(...named.map(({ list }) => sum(list)));

test(`the scripts of a page have at most ${kilobytes(SCRIPTS)} compressed: ${kilobytes(most)}`, () => {
  check(most !== 0, "no page has any");
  const wrong = named.filter(({ list }) => !(sum(list) <= SCRIPTS));
  check(!wrong.length, () => wrong.map(({ kind, list }) => `${kind}: ${told(list)}`).join("\n"));
});

process.exit(await runAll());
