// What the look of the portal promises, in a real browser: it can be read by everybody, at any width, in any light, by
// keyboard alone, and on paper. CLAUSEBOOK names the program.

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";

import { check, context, runInBrowser, same, temporary, test, until, visit } from "../support.mjs";
import { build, kinds, pages, serve } from "./portal.mjs";

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const site = build();

/** A page of each kind that has a body of its own. */
const KINDS = new Map();
for (const [kind, [first]] of pages(site)) if (kind !== "redirect") KINDS.set(kind, first.name);
KINDS.set("document", "documents/change-management-process.html");
KINDS.set("clause", "clauses/8.5.1.2.html");
KINDS.set("matrix", "clauses/matrix.html");
KINDS.set("clauses", "clauses/index.html");

const WIDTHS = [390, 820, 1440];

const server = await serve(site);

/** A page of the portal, over http. */
async function open(name, options = {}) {
  visit.origins.push(server.base);
  const page = await (await context({ viewport: { width: 1440, height: 900 }, ...options })).newPage();
  await go(page, name);
  return page;
}

/** The same window at another page: a new one each time would take longer. */
const go = (page, name) => page.goto(server.base + name);

test("every kind of page is there", () => {
  same([...KINDS.keys()].sort(), kinds(), "kinds of pages");
});

for (const [kind, name] of KINDS) {
  test(`axe finds nothing on ${kind}, light and dark, at three widths`, async () => {
    // The policy of the pages lets no script of ours in; what is checked is the page, not its policy.
    const page = await open(name, { bypassCSP: true });
    await page.addScriptTag({ content: AXE });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
        const told = found.violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html, any }) => `${html.slice(0, 160)} ${any.map(({ message }) => message).join("; ")}`).join("\n    ")}`);
        same(told, [], `${name}, ${colorScheme}, ${width} px`);
      }
    }
  });
}

test("at 320 pixels, which is a zoom of 400 %, no page is scrolled sideways", async () => {
  const page = await open("index.html", { viewport: { width: 320, height: 640 } });
  // Every document: how wide a page gets depends on what it holds.
  const documents = pages(site).get("document").map(({ name }) => [name, name]);
  for (const [kind, name] of [...KINDS, ...documents]) {
    await go(page, name);
    const wide = await page.evaluate(() => {
      if (document.documentElement.scrollWidth <= 320) return [];
      const out = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > 321);
      return [document.documentElement.scrollWidth, ...out.slice(0, 4).map((element) => element.outerHTML.slice(0, 120))];
    });
    same(wide, [], kind);
  }
});

test("one long word in a title makes no page wider than 320 pixels", async () => {
  const page = await open("index.html", { viewport: { width: 320, height: 640 } });
  for (const kind of ["home", "role"]) {
    await go(page, KINDS.get(kind));
    const width = await page.evaluate(() => {
      for (const title of document.querySelectorAll(".list a")) title.textContent = "Verbindlichkeitsbestätigungen".repeat(2);
      return document.documentElement.scrollWidth;
    });
    same(width, 320, kind);
  }
});

test("the navigation shows the present place, however far down it stands", async () => {
  const page = await open("documents/operational-level-agreement.html");
  await until(() => page.locator(".side [aria-current]").evaluate((here) => {
    const [at, frame] = [here.getBoundingClientRect(), here.closest(".side").getBoundingClientRect()];
    return at.top >= frame.top && at.bottom <= Math.min(frame.bottom, window.innerHeight);
  }), (seen) => seen, "the present place is in sight");
  same(await page.evaluate(() => scrollY), 0, "where the page stands");
});

test("what has the focus is not hidden below the head of a table, backwards either", async () => {
  for (const [name, width] of [["matrix", 1440], ["matrix", 390], ["register", 390]]) {
    const page = await open(KINDS.get(name), { viewport: { width, height: 900 }, reducedMotion: "reduce" });
    await page.locator("main td a, main th a").last().focus();
    for (let stop = 0; stop < 60; stop += 1) {
      await page.keyboard.press("Shift+Tab");
      const hidden = await page.evaluate(() => {
        const link = document.activeElement;
        if (!link.matches("td a, tbody th a")) return null;
        const seen = [...link.getClientRects()].some(({ left, top, width, height }) =>
          link.contains(document.elementFromPoint(left + width / 2, top + height / 2)));
        return seen ? null : link.outerHTML;
      });
      same(hidden, null, `${name} at ${width} px, ${stop + 1} stops back`);
    }
  }
});

for (const [kind, within] of [["document", ".body > p, .body > ul > li"], ["changes", ".changed p"], ["clause", ".claimed p"]]) {
  test(`a line of text has at most 75 characters: ${kind}`, async () => {
    // The clause with the longest passages.
    const page = await open(kind === "clause" ? "clauses/8.6.1.html" : KINDS.get(kind));
    const longest = await page.evaluate((sort) => {
      let most = 0;
      for (const paragraph of Array.from(document.querySelectorAll(sort)).slice(0, 80)) {
        const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
        const lines = new Map();
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          for (let at = 0; at < node.length; at += 1) {
            const range = new Range();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const box = range.getClientRects()[0];
            if (!box || !box.width) continue;
            const line = Math.round(box.bottom / 8);
            lines.set(line, (lines.get(line) || 0) + 1);
          }
        }
        most = Math.max(most, ...lines.values());
      }
      return most;
    }, within);
    check(longest > 40 && longest <= 75, `the longest line has ${longest} characters`);
  });
}

test("each reader's part of home fits one screen, of a desktop and of a tablet", async () => {
  for (const [width, height] of [[1440, 900], [820, 1180]]) {
    const page = await open("index.html", { viewport: { width, height } });
    const heights = await page.locator(".screen").evaluateAll((parts) => parts.map((part) => Math.round(part.getBoundingClientRect().height)));
    same(heights.length, 3, "parts");
    check(heights.every((part) => part <= height), `they are ${heights} pixels high of ${height}`);
  }
});

test("home fits one screen with the role chosen that has most to do", async () => {
  const page = await open("roles/service-management-manager.html", { viewport: { width: 1440, height: 900 } });
  await page.locator("[data-role] button").click();
  await go(page, "index.html");
  await page.waitForSelector("[data-my-role-list] .list");
  const height = await page.locator(".screen").first().evaluate((part) => Math.round(part.getBoundingClientRect().height));
  check(height <= 900, `it is ${height} pixels high of 900`);
});

for (const kind of ["home", "document", "register", "matrix", "clause", "changes"]) {
  test(`what has the focus is seen, outlined and not covered: ${kind}`, async () => {
    for (const width of [390, 1440]) {
      const page = await open(KINDS.get(kind), { viewport: { width, height: 800 }, reducedMotion: "reduce" });
      let stops = 0;
      for (; stops < 70; stops += 1) {
        await page.keyboard.press("Tab");
        const wrong = await page.evaluate(() => {
          const now = document.activeElement;
          if (!now || now === document.body) return "end";
          // A link that is broken into lines is looked for on its first.
          const box = now.getClientRects()[0] || now.getBoundingClientRect();
          const told = now.outerHTML.slice(0, 120);
          const style = getComputedStyle(now);
          if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return `no outline: ${told}`;
          const [x, y] = [box.left + Math.min(box.width / 2, 20), box.top + Math.min(box.height / 2, 12)];
          if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return `out of sight at ${x}, ${y}: ${told}`;
          const seen = document.elementFromPoint(x, y);
          // A table that scrolls holds the focus itself.
          if (!seen || !(now.contains(seen) || seen.contains(now))) return `covered by ${seen && seen.outerHTML.slice(0, 80)}: ${told}`;
          return "";
        });
        if (wrong === "end") break;
        check(!wrong, `${kind}, ${width} px, stop ${stops + 1}: ${wrong}`);
      }
      check(stops > 15, `${kind} has ${stops} stops`);
    }
  });
}

test("the first stop skips to the content", async () => {
  const page = await open(KINDS.get("document"));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  same(await page.evaluate(() => document.activeElement.id), "cb-main", "what has the focus");
});

test("what is gone to has a ground of its own, but not all of a page", async () => {
  const page = await open(KINDS.get("document"));
  const ground = (selector) => page.locator(selector).evaluate((element) => getComputedStyle(element).backgroundColor);
  const before = [await ground("body"), await ground("main")];
  for (const id of ["cb-top", "cb-main"]) {
    await page.evaluate((id_) => { location.hash = id_; }, id);
    same([await ground("body"), await ground("main")], before, id);
  }
  await page.evaluate(() => { location.hash = "cb-after"; });
  check(await ground("#cb-after") !== "rgba(0, 0, 0, 0)", "a heading");
});

test("landmarks have names of their own, and headings come in order", async () => {
  const page = await open("index.html");
  for (const [kind, name] of KINDS) {
    await go(page, name);
    const told = await page.evaluate(() => ({
      mains: document.querySelectorAll("main").length,
      banners: document.querySelectorAll("body > header").length,
      foot: document.querySelectorAll("body > footer").length,
      navs: [...document.querySelectorAll("nav")].map((nav) => nav.getAttribute("aria-label")),
      levels: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((head) => head.offsetParent).map((head) => +head.tagName[1]),
    }));
    same([told.mains, told.banners, told.foot], [1, 1, 1], `${kind}: main, header, footer`);
    check(told.navs.every(Boolean) && new Set(told.navs).size === told.navs.length, `${kind}: ${told.navs}`);
    same(told.levels.filter((level) => level === 1).length, 1, `${kind}: headings of level 1`);
    check(told.levels.every((level, at) => !at || level <= told.levels[at - 1] + 1), `${kind}: levels ${told.levels}`);
  }
});

test("a state is told by sign and word, never by colour alone", async () => {
  const page = await open("index.html");
  for (const kind of ["home", "register", "matrix", "clause", "role", "reviews"]) {
    await go(page, KINDS.get(kind));
    const bare = await page.locator(".badge").evaluateAll((badges) => badges
      .filter((badge) => !badge.textContent.trim() || !badge.querySelector("svg"))
      .map((badge) => badge.outerHTML.slice(0, 200)));
    same(bare, [], `${kind}: badges without sign or word`);
  }
});

test("dates have one form, with the ISO date for machines", async () => {
  for (const kind of KINDS.keys()) {
    const page = await open(KINDS.get(kind));
    // Our own sentences: what authors write is as it is.
    const bare = await page.locator("main").evaluate((main) => {
      const found = [];
      for (const sentence of main.querySelectorAll(".banner, .reasons, .why, .readiness, .as-of, th")) {
        const walker = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          if (/\b\d{1,2} [A-Z][a-z]+ \d{4}\b/.test(node.data) && !node.parentElement.closest("time")) found.push(node.data);
        }
      }
      return found;
    });
    same(bare, [], `${kind}: dates without the ISO date`);
    const wrong = await page.locator("main time").evaluateAll((times) => times
      .filter((time) => !/^\d{4}-\d\d-\d\d$/.test(time.dateTime) || !/^\d{1,2} [A-Z][a-z]+ \d{4}$/.test(time.textContent))
      .map((time) => time.outerHTML));
    same(wrong, [], kind);
    await page.close();
  }
});

test("who wants less motion gets none, who wants more contrast gets it, and forced colours keep the edges of states", async () => {
  const page = await open(KINDS.get("register"), { reducedMotion: "reduce" });
  same(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), "auto", "scrolling");
  await page.emulateMedia({ contrast: "more" });
  const [quiet, text] = await page.evaluate(() => {
    const of = (element, property) => getComputedStyle(element)[property];
    return [of(document.querySelector(".ref, .count, .as-of"), "color"), of(document.body, "color")];
  });
  same(quiet, text, "quiet words");
  await page.emulateMedia({ contrast: "no-preference", forcedColors: "active" });
  same(await page.locator(".badge").first().evaluate((badge) => getComputedStyle(badge).borderStyle), "solid", "edges");
  // A picture keeps its ground and its colours together: its words are not to be lost.
  await go(page, KINDS.get("dashboard"));
  const drawn = await page.locator(".drawn").first().evaluate((box) => [getComputedStyle(box).forcedColorAdjust, getComputedStyle(box).backgroundColor]);
  same(drawn, ["none", "rgb(255, 255, 255)"], "the ground of a chart");
});

/** What is seen of the pictures of a page: their classes, with whether they came. */
const pictures = (page) => page.locator("figure.diagram img").evaluateAll((images) => images
  .filter((image) => image.checkVisibility())
  .map((image) => `${image.className} ${image.complete && image.naturalWidth > 0 ? "drawn" : "empty"}`));

test("a diagram is drawn for the ground that it stands on: the system's, the one that is chosen, and paper", async () => {
  const page = await open(KINDS.get("document"));
  await page.locator("figure.diagram").scrollIntoViewIfNeeded();
  const [light, dark] = [["on-light drawn"], ["on-dark drawn"]];
  const ground = async (colorScheme, chosen, wanted, media = "screen") => {
    await page.emulateMedia({ colorScheme, media });
    await page.evaluate((theme) => theme ? document.documentElement.setAttribute("data-theme", theme) : document.documentElement.removeAttribute("data-theme"), chosen);
    await until(() => pictures(page), (now) => JSON.stringify(now) === JSON.stringify(wanted), `${colorScheme}, ${chosen}, ${media}: ${wanted}`);
  };
  await ground("light", null, light);
  await ground("dark", null, dark);
  await ground("dark", "light", light);
  await ground("light", "dark", dark);
  await ground("dark", null, light, "print");
  await ground("dark", "dark", light, "print");
  same(await page.locator("figure.diagram summary").isVisible(), false, "the source on paper");
});

test("a diagram has its source beneath it, in words for those who do not see it, and is scrolled where it is too wide", async () => {
  const page = await open(KINDS.get("document"), { viewport: { width: 390, height: 800 } });
  const figure = page.locator("figure.diagram").first();
  check(/^Diagram: .+ Its source follows as text\.$/.test(await figure.locator("img").first().getAttribute("alt")), "it has words");
  await figure.locator("summary").click();
  check((await figure.locator("pre").textContent()).startsWith("flowchart"), "the source is there");
  const region = figure.getByRole("region", { name: /^Diagram \d+$/ });
  await region.focus();
  const [inner, outer] = await region.evaluate((element) => [element.scrollWidth, element.clientWidth]);
  check(inner > outer, `it is ${inner} wide in ${outer}`);
  await page.keyboard.press("ArrowRight");
  await until(() => region.evaluate((element) => element.scrollLeft), (left) => left > 0, "it is scrolled by key");
});

test("a diagram that is wider than the text leads to its full size, by key too", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const page = await open(KINDS.get("document"), { colorScheme });
    // A picture alone names no icon: the browser looks for one at the root.
    await page.route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
    const whole_ = page.getByRole("link", { name: "Show the diagram in full size" }).first();
    const seen = page.locator("figure.diagram", { has: whole_ }).first().locator("img:visible");
    same(await seen.count(), 1, "pictures that are seen");
    const [shown, whole] = await seen.evaluate((image) => [image.width, Number(image.getAttribute("width"))]);
    check(shown < whole, `it is ${shown} wide of ${whole}`);
    await page.emulateMedia({ media: "print" });
    same(await whole_.isVisible(), false, "the link on paper");
    await page.emulateMedia({ media: "screen", colorScheme });
    await whole_.focus();
    await Promise.all([page.waitForURL(/\/diagrams\/[^/]+\/\d+\.svg$/), page.keyboard.press("Enter")]);
    same(await page.evaluate(() => document.documentElement.clientWidth && document.documentElement.getBoundingClientRect().width), whole, "full size");
  }
});

test("print is light, without menus, with its links written out", async () => {
  const page = await open(KINDS.get("document"), { colorScheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  // None of our documents leads elsewhere.
  await page.locator(".body p").first().evaluate((line) => {
    line.insertAdjacentHTML("beforeend", "<a id='abroad' class='outside' href='https://elsewhere.example/a'>elsewhere</a>");
  });
  const told = await page.evaluate(() => ({
    ground: getComputedStyle(document.body).backgroundColor,
    text: getComputedStyle(document.body).color,
    behind: getComputedStyle(document.querySelector("#abroad"), "::after").content,
    seen: [...document.querySelectorAll("nav, button, .top, .foot")].filter((element) => element.checkVisibility()).map((element) => element.outerHTML.slice(0, 80)),
    head: getComputedStyle(document.querySelector("thead")).display,
  }));
  same(told.ground, "rgb(255, 255, 255)", "the ground");
  same(told.text, "rgb(0, 0, 0)", "the text");
  same(told.seen, [], "what does not belong on paper");
  check(told.behind.includes("https://elsewhere.example/a") || /attr\(href\)/.test(told.behind), `behind a link stands ${told.behind}`);
  same(told.head, "table-header-group", "heads of tables");
  const sheets_ = (await sheets(page, "links.pdf")).join(" ").replace(/\s+/g, " ");
  const links = await page.evaluate(() => Array.from(document.querySelectorAll(".body p a > .paper, .body li a > .paper"), (paper) => ({
    words: paper.parentElement.textContent.replace(paper.textContent, ""), reference: paper.textContent.trim().slice(1, -1),
  })));
  check(links.length > 5, `${links.length} links have a reference on paper`);
  for (const { words, reference } of links) {
    check(/^SMS-[A-Z]+-/.test(reference) && !words.includes(reference), `${words}: ${reference}`);
    check(sheets_.replaceAll(" ", "").includes(`(${reference})`), `${reference} is not on the sheets`);
  }
  await page.emulateMedia({ media: "screen" });
  same(await page.locator(".body .paper").first().isVisible(), false, "a reference behind a link on a screen");
});

test("a register that is filtered says so on paper", async () => {
  const page = await open(`${KINDS.get("register")}?t1.q=risk`);
  const count = page.locator(".filter .count").first();
  await until(() => count.textContent(), (text) => /^\d+ of \d+/.test(text), "what the filter says");
  await page.emulateMedia({ media: "print" });
  check(await count.isVisible(), "the count is printed");
  check(!await page.locator(".filter input").first().isVisible(), "what is filled in is not");
});

/** The sheets that a page is printed on, as text. */
async function sheets(page, name) {
  const file = temporary(name);
  await page.pdf({ path: file, format: "A4", preferCSSPageSize: false });
  const told = spawnSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
  check(told.status === 0, () => `pdftotext is missing or fails: install poppler-utils (${told.error || told.stderr})`);
  return told.stdout.split("\f").slice(0, -1);
}

test("each sheet says what it is", async () => {
  const words = { document: ["SMS-PRC-8.5.1.3", "version", "approved", "1 December 2026", "uncontrolled when printed"],
    register: ["Documents register", "1 December 2026", "uncontrolled when printed"] };
  for (const [kind, wanted] of Object.entries(words)) {
    const page = await open(KINDS.get(kind));
    const printed = await sheets(page, `${kind}.pdf`);
    check(printed.length > 1, `${kind} has ${printed.length} sheets`);
    printed.forEach((sheet, at) => {
      const text = sheet.replace(/\s+/g, " ").replace(/ \/ /g, "/");
      const lacks = wanted.concat(`${at + 1}/${printed.length}`).filter((word) => !text.includes(word));
      same(lacks, [], `sheet ${at + 1} of ${kind} lacks`);
    });
  }
});

test("a table that goes on over sheets has its head on each of them, sortable or not", async () => {
  const page = await open(KINDS.get("register"));
  await page.locator("th button").first().waitFor();
  const heads = await page.locator(".table").first().locator("th").allTextContents();
  const [, second] = await sheets(page, "heads.pdf");
  same(heads.flatMap((head) => head.split(" ")).filter((word) => !second.includes(word)), [], "what the second sheet lacks");
});

test("the picture for paper comes behind the text, on a dark screen too", async () => {
  const page = await open(KINDS.get("document"), { colorScheme: "dark" });
  const light = page.locator("figure.diagram .on-light").first();
  same(await light.isVisible(), false, "it is seen");
  await until(() => light.evaluate((image) => image.complete && image.naturalWidth > 0), (there) => there, "it is there");
  const early = await page.evaluate(() => {
    const [shown] = performance.getEntriesByType("navigation");
    return performance.getEntriesByType("resource").filter((entry) => entry.name.endsWith(".svg") && !entry.name.endsWith("-dark.svg")
      && entry.name.includes("/diagrams/") && entry.startTime < shown.domContentLoadedEventEnd).map((entry) => entry.name);
  });
  same(early, [], "fetched while the page was made");
});

test("what is below is printed with its pictures, and long lines of code break", async () => {
  const page = await open(KINDS.get("document"));
  const waits = () => page.evaluate(() => Array.from(document.images).filter((image) => image.loading === "lazy" && !image.matches(".on-dark")).length);
  await until(waits, (count) => count === 0, "no picture waits to be seen");
  await page.emulateMedia({ media: "print" });
  same(await page.locator("pre").first().evaluate((code) => getComputedStyle(code).whiteSpaceCollapse + getComputedStyle(code).textWrapMode), "preservewrap", "code");
});

test("a diagram is whole on one sheet, also from a dark screen", async () => {
  const page = await open(KINDS.get("document"), { colorScheme: "dark" });
  // The picture for paper comes when all else is there: nobody prints in the moment that a page opens.
  const light = page.locator("figure.diagram .on-light").first();
  await until(() => light.evaluate((image) => image.complete && image.naturalWidth > 0), (there) => there, "the picture is there");
  const printed = await sheets(page, "diagram.pdf");
  const holding = printed.filter((sheet) => sheet.includes("Classify and") || sheet.includes("Review and close"));
  const [first, ...more] = holding.map((sheet) => ["Classify and", "normal or major", "Turn back"].map((label) => sheet.includes(label)));
  same(first, [true, true, true], "the labels of the first sheet that holds any");
  check(more.every((labels) => !labels[1]), "no further sheet holds a part of it");
});

const failed = await runInBrowser();
await server.close();
process.exit(failed);
