// The face of the portal in a real browser: appearance, contents, links to copy, keys, drawers, cards and the reader's
// role. What is imported without a name adds tests of its own.
//
// Every test has a browser that knows nothing yet. It fails when a page asks for something elsewhere, breaks its policy, or
// writes an error to the console, unless the test brings that about and says so.

import { planned, check, dayOf, isFocused, runInBrowser, same, test, until } from "../support.mjs";
import "./tables.mjs";
import { WAYS, axe, build, fromDisk, inWindow, repository, served, watch } from "./support.mjs";

const text = (page, selector) => page.locator(selector).first().textContent();
const kept = (page, name) => page.evaluate((name_) => localStorage.getItem(name_), `clausebook-${name}`);
const said = (page, wanted) => until(() => text(page, "#cb-said"), (now) => now === wanted, `it says "${wanted}"`);

/** Waits until a page is there and its scripts have run. */
async function leads(page, end) {
  await until(() => page.url(), (url) => url.endsWith(end), `it leads to ${end}`);
  await page.waitForLoadState();
}

/** Lets a page refuse to keep anything. */
const REFUSES = `for (const name of ["getItem", "setItem", "removeItem"]) Storage.prototype[name] = () => { throw new Error("refused"); };`;

const LATER = dayOf("2030-01-01");

// ---- Appearance -----------------------------------------------------------------------------------------------------

const SWITCH = "[data-theme-switch]";
const theme = (page) => page.evaluate(() => document.documentElement.getAttribute("data-theme"));

for (const [way, opened] of WAYS) {
  test(`the appearance goes from the system's to light to dark and back, says so, and is kept: ${way}`, async () => {
    const { page, open } = await opened("index.html");
    const button = page.locator(SWITCH);
    for (const [name, wanted] of [["as the system", null], ["light", "light"], ["dark", "dark"], ["as the system", null]]) {
      same([await theme(page), await kept(page, "theme")], [wanted, wanted], name);
      check(await page.getByRole("button", { name: `Appearance: ${name}`, exact: true }).isVisible(), `the button says ${name}`);
      check(await button.locator("svg").isVisible(), "its sign is there");
      if (name === "dark") {
        await open("documents/one.html");
        same(await theme(page), "dark", "on another page");
      }
      await button.click();
      await until(() => text(page, "#cb-said"), (now) => /^Appearance/.test(now), "it is said");
    }
    same(await theme(page), "light", "after the last click");
  });
}

test("the chosen appearance is there before anything can be painted", async () => {
  // Until there is a body nothing is painted.
  const before = `new MutationObserver((_, observer) => {
    if (!document.body) return;
    window.first = document.documentElement.getAttribute("data-theme");
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });`;
  const { page, open } = await served("index.html", { before });
  same(await page.evaluate(() => window.first), null, "without a choice");
  await page.locator(SWITCH).click();
  await page.locator(SWITCH).click();
  await open("documents/one.html");
  same(await page.evaluate(() => window.first), "dark", "when the body begins");
});

test("the appearance changes in every tab, and where nothing can be kept on this page", async () => {
  const { page, context, base } = await served("index.html");
  const other = await context.newPage();
  await other.goto(`${base}documents/one.html`);
  await page.locator(SWITCH).click();
  await until(() => theme(other), (now) => now === "light", "the other tab is light");
  same(await other.locator(SWITCH).textContent(), "Appearance: light", "its button");

  const refused = await served("index.html", { before: REFUSES });
  await refused.page.locator(SWITCH).click();
  await refused.page.locator(SWITCH).click();
  same(await theme(refused.page), "dark", "without storage");
});

// ---- Contents that follow -------------------------------------------------------------------------------------------

const CURRENT = "#cb-contents a[aria-current]";
const section = (page) => page.locator(CURRENT).evaluateAll((list) => list.map((link) => link.textContent).join());
const reads = (page, wanted) => until(() => section(page), (now) => now === wanted, `${wanted || "none"} is read`);
const scrollTo = (page, id) => page.evaluate((id_) => document.getElementById(id_).scrollIntoView({ behavior: "instant" }), id);

test("the contents follow the reader, down, up, and over many sections at once", async () => {
  const { page } = await served("documents/one.html");
  await reads(page, "");
  for (const [id, wanted] of [["rules", "Rules"], ["measures", "Measures"], ["scope", "Scope"], ["exceptions", "Exceptions"]]) {
    await scrollTo(page, id);
    await reads(page, wanted);
    same(await page.locator(CURRENT).getAttribute("aria-current"), "true", "the mark");
  }
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  await reads(page, "");
});

test("the contents follow while the page moves, and not only when it stands", async () => {
  const before = "window.addEventListener('scrollend', (event) => event.stopImmediatePropagation(), true);";
  const { page } = await served("documents/one.html", { before });
  for (const [id, wanted] of [["measures", "Measures"], ["purpose", "Purpose"], ["exceptions", "Exceptions"]]) {
    // Into the midst of a section, so that its heading is never in sight.
    await page.evaluate((id_) => scrollTo({ top: document.getElementById(id_).getBoundingClientRect().top + scrollY + 60, behavior: "instant" }), id);
    await reads(page, wanted);
  }
});

test("a short section at the end of the page that the reader goes to is the one that is read", async () => {
  const { page } = await served("documents/one.html", { viewport: { width: 900, height: 3_000 } });
  await page.evaluate(() => { location.hash = "contacts"; });
  await reads(page, "Contacts");
  await page.evaluate(() => { location.hash = "end"; });
  await reads(page, "End");
});

test("the contents keep what is read in sight within their own box, and do not move the page", async () => {
  const { page } = await served("documents/one.html");
  await page.evaluate(() => {
    const contents = document.getElementById("cb-contents");
    Object.assign(contents.style, { display: "block", position: "fixed", inset: "0 0 auto auto", maxHeight: "6rem", overflow: "auto" });
    document.documentElement.style.scrollBehavior = "auto";
  });
  const seen = () => page.locator(CURRENT).evaluate((link) => {
    const frame = document.getElementById("cb-contents").getBoundingClientRect();
    const at = link.getBoundingClientRect();
    return at.top >= frame.top && at.bottom <= frame.bottom;
  });
  for (const [id, wanted] of [["review", "Review"], ["purpose", "Purpose"]]) {
    await scrollTo(page, id);
    const place = await page.evaluate(() => scrollY);
    await reads(page, wanted);
    check(await seen(), `${wanted} is out of sight`);
    same(await page.evaluate(() => scrollY), place, "where the page stands");
  }
});

// ---- Links to copy --------------------------------------------------------------------------------------------------

for (const [way, opened] of WAYS) {
  test(`a link beside a heading is copied, is said to be, and leads there: ${way}`, async () => {
    const { page, context, base } = await opened("documents/one.html?highlight=line");
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.locator("#rules .anchor").click();
    await said(page, "Link copied");
    same(await page.evaluate(() => navigator.clipboard.readText()), `${base}documents/one.html#rules`, "what is copied");
    await leads(page, "#rules");
  });
}

test("a server without https has no clipboard, and the link is copied all the same", async () => {
  const before = `window.clipboard = navigator.clipboard;
    Object.defineProperty(navigator, "clipboard", { value: undefined });`;
  const { page, context, base } = await served("documents/one.html", { before });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.locator("#scope .anchor").focus();
  await page.keyboard.press("Enter");
  await said(page, "Link copied");
  same(await page.evaluate(() => window.clipboard.readText()), `${base}documents/one.html#scope`, "what is copied");
});

test("where the clipboard is refused nothing is said, and the link leads there", async () => {
  const before = "if (navigator.clipboard) navigator.clipboard.writeText = () => { window.asked = true; return Promise.reject(new Error('refused')); };";
  const { page } = await fromDisk("documents/one.html", { before });
  await page.locator("#rules .anchor").click();
  await leads(page, "#rules");
  check(await page.evaluate(() => window.asked), "it was tried");
  await page.waitForTimeout(300);
  same(await text(page, "#cb-said"), "", "what is said");
});

// ---- Keys -----------------------------------------------------------------------------------------------------------

const KEYS = "dialog.shortcuts[open]";
const SEARCH = "dialog.search[open]";

test("? lists the keys, Esc and the button close the list, and the focus comes back", async () => {
  const { page } = await served("documents/one.html");
  const button = page.locator("[data-shortcuts]");
  check(await button.isVisible(), "the button is there");
  await button.focus();
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await dialog.waitFor();
  same(await dialog.locator("kbd").allTextContents(), ["/", "Ctrl+K", "n", "p", "h", "?", "Esc"], "the keys");
  same(await dialog.locator("dd").evaluateAll((list) => list.filter((line) => line.textContent.length > 3).length), 7, "what they do");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  check(await isFocused(button), "the focus is back");
  await page.keyboard.press("Enter");
  await dialog.waitFor();
  await dialog.getByRole("button", { name: "Close" }).click();
  await dialog.waitFor({ state: "detached" });
  check(await isFocused(button), "the focus is back again");
  same(await page.locator("dialog.shortcuts").count(), 0, "lists that are left in the page");
});

for (const [way, opened] of WAYS) {
  test(`keys lead to the next and the previous page, home and to the search: ${way}`, async () => {
    const { page, open } = await opened("documents/more-3.html");
    await page.keyboard.press("n");
    await leads(page, "documents/more-4.html");
    await page.keyboard.press("p");
    await leads(page, "documents/more-3.html");
    await page.keyboard.press("h");
    await leads(page, "index.html");
    await open("clauses/8.5.1.1.html");
    await page.keyboard.press("n");
    await leads(page, "clauses/8.5.1.2.html");
    await page.keyboard.press("/");
    await page.locator(SEARCH).waitFor();
  });
}

test("keys do the same with Caps Lock, and Ctrl+K on a keyboard without Latin letters", async () => {
  const { page, open } = await served("documents/more-3.html");
  await page.keyboard.press("N");
  await leads(page, "documents/more-4.html");
  await open("documents/more-3.html");
  const press = (key, more) => page.evaluate(([key_, more_]) => {
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: key_, code: "KeyK", bubbles: true, cancelable: true, ...more_ }));
  }, [key, more]);
  await press("л", {});
  await press("j", { ctrlKey: true });
  same(await page.locator(SEARCH).count(), 0, "what other keys open");
  await press("л", { ctrlKey: true });
  await page.locator(SEARCH).waitFor();
});

test("the large box at home opens the search as well", async () => {
  const { page } = await served("index.html");
  await page.locator("[data-search-too]").click();
  await page.locator(SEARCH).waitFor();
});

/** Presses each key, and says which of them did anything. */
async function heard(page, ...keys) {
  const found = [];
  // What is typed into a filter changes the rest of the address.
  const place = () => new URL(page.url()).pathname;
  for (const key of keys) {
    const before = place();
    await page.keyboard.press(key);
    await page.waitForTimeout(150);
    if (place() !== before || await page.locator(KEYS).count() || await page.locator(SEARCH).count()) found.push(key);
  }
  return found;
}
const SINGLE = ["n", "p", "h", "?", "/"];

test("in a narrow window with a keyboard the keys are listed too, and on a phone they are not", async () => {
  const narrow = { viewport: { width: 600, height: 400 } };
  const { page } = await served("documents/one.html", narrow);
  check(await page.locator("[data-shortcuts]").isVisible(), "the button is there");
  check(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the head fits");
  const phone = await served("documents/one.html", { ...narrow, hasTouch: true, isMobile: true });
  check(!await phone.page.locator("[data-shortcuts]").isVisible(), "on a phone the button is there");
});

test("what has the focus in a wide table comes into sight", async () => {
  const { page } = await served("documents/long.html", { viewport: { width: 390, height: 640 } });
  const heads = page.locator(".table th button");
  await heads.first().focus();
  const box = page.locator(".table").first();
  for (let at = 1; at < await heads.count(); at += 1) {
    await page.keyboard.press("Tab");
    check(await isFocused(heads.nth(at)), `the focus is on head ${at}`);
    const sides = async () => {
      const [head, frame] = await Promise.all([heads.nth(at), box].map((found) => found.boundingBox()));
      return [frame.x - head.x, head.x + head.width - frame.x - frame.width];
    };
    await until(sides, (out) => out.every((by) => by <= 1), `head ${at} is whole`);
  }
});

test("a key does nothing while the reader types, with Ctrl, Alt or Meta, and in a dialog", async () => {
  const { page } = await served("documents/index.html");
  await page.locator(".filter input").focus();
  same(await heard(page, ...SINGLE), [], "in a field");
  same(await page.locator(".filter input").inputValue(), "nph?/", "what was typed");
  await page.locator(".filters summary").click();
  await page.locator(".filters select").first().focus();
  same(await heard(page, "n", "h", "?"), [], "in a list");
  await page.locator("h1").click();
  same(await heard(page, "Control+h", "Alt+h", "Meta+h", "Control+/"), [], "with another key");
  await page.keyboard.press("?");
  await page.locator(KEYS).waitFor();
  await page.getByRole("button", { name: "Close" }).focus();
  const here = page.url();
  for (const key of ["h", "n", "/"]) await page.keyboard.press(key);
  await page.waitForTimeout(200);
  same([page.url(), await page.locator(SEARCH).count()], [here, 0], "in the dialog");
});

test("keys can be switched off, all of them and for every page, but Ctrl+K, and on again", async () => {
  // Before all of a page is loaded too.
  const before = "window.addEventListener('pageshow', (event) => event.stopImmediatePropagation(), true);";
  const { page, open } = await served("documents/more-3.html", { before });
  await page.keyboard.press("?");
  const box = page.getByRole("checkbox", { name: "Shortcuts of a single key" });
  check(await box.isChecked(), "they are on at first");
  await box.press("Space");
  same(await kept(page, "keys"), "off", "what is kept");
  await page.keyboard.press("Escape");
  same(await heard(page, ...SINGLE), [], "when they are off");
  await open("documents/more-4.html");
  same(await heard(page, ...SINGLE), [], "on another page");
  await page.keyboard.press("Control+k");
  await page.locator(SEARCH).waitFor();
  await page.keyboard.press("Escape");
  await page.locator("[data-shortcuts]").click();
  check(!await box.isChecked(), "it says that they are off");
  await box.check();
  await page.keyboard.press("Escape");
  await page.keyboard.press("h");
  await leads(page, "index.html");
});

// ---- Drawers --------------------------------------------------------------------------------------------------------

const PHONE = { viewport: { width: 390, height: 844 } };
const DRAWERS = [["cb-menu", "Glossary"], ["cb-side", "8 Operation"], ["cb-contents", "Duties"]];

test("on a phone without script menu, areas and contents open, lead on, and close", async () => {
  const { page, open } = await served("documents/one.html", { ...PHONE, javaScriptEnabled: false });
  for (const [id, name] of DRAWERS) {
    await open("documents/one.html");
    const drawer = page.locator(`#${id}`);
    const button = page.locator(`[popovertarget=${id}]:not(.shut)`);
    check(!await drawer.isVisible(), `${id} is closed at first`);
    await button.click();
    check(await drawer.isVisible(), `${id} is open`);
    await drawer.locator(".shut").click();
    check(!await drawer.isVisible(), `${id} is closed by its button`);
    await button.click();
    await page.keyboard.press("Escape");
    check(!await drawer.isVisible(), `${id} is closed by Esc`);
    await button.press("Enter");
    if (id === "cb-side") await drawer.locator("summary").last().click();
    const link = drawer.getByRole("link", { name }).first();
    const href = await link.getAttribute("href");
    await link.click();
    await leads(page, href.replace(/^(\.\.\/)+/, ""));
  }
});

test("on a phone the contents close when a section was gone to", async () => {
  const { page } = await served("documents/one.html", PHONE);
  await page.locator("[popovertarget=cb-contents]:not(.shut)").click();
  await page.locator("#cb-contents").getByRole("link", { name: "Duties" }).click();
  await leads(page, "#duties");
  check(!await page.locator("#cb-contents").isVisible(), "it is closed");
  await until(() => inWindow(page.locator("#duties")), Boolean, "the section is in sight");
});

test("a drawer that the focus leaves by Tab closes, and stays while its own button has it", async () => {
  const { page } = await served("documents/one.html", PHONE);
  for (const [id] of DRAWERS) {
    const drawer = page.locator(`#${id}`);
    const button = page.locator(`[popovertarget=${id}]:not(.shut)`);
    const within = () => drawer.evaluate((element) => element.contains(document.activeElement));
    await button.press("Enter");
    await page.keyboard.press("Tab");
    check(await within(), `the focus is within ${id}`);
    await page.keyboard.press("Shift+Tab");
    same([await isFocused(button), await drawer.isVisible()], [true, true], `${id}: its button has the focus, and it is open`);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    same([await isFocused(button), await drawer.isVisible()], [true, false], `${id}: Esc closes it, and the focus is back`);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    for (let stop = 0; stop < 60 && await within(); stop += 1) await page.keyboard.press("Tab");
    same([await within(), await drawer.isVisible()], [false, false], `${id}: the focus is within, and it is seen`);
    check(await page.evaluate(() => document.activeElement !== document.body), `${id}: the focus is lost`);
    for (const [key, dialog] of [["/", SEARCH], ["?", KEYS]]) {
      await button.press("Enter");
      await page.keyboard.press("Tab");
      await page.keyboard.press(key);
      await page.locator(dialog).waitFor();
      await page.keyboard.press("Escape");
      same([await isFocused(button), await drawer.isVisible()], [true, false], `${id}: after ${key} the focus is back, and it is closed`);
    }
  }
});

// ---- Cards ----------------------------------------------------------------------------------------------------------

const CARD = ".hover-card";
const card = (page) => page.locator(CARD);
const TERM = ".body a.term";
const SECOND = ".body a[href='two.html']";
const gone = (page) => card(page).waitFor({ state: "detached" });

for (const [way, opened] of WAYS) {
  test(`a term and a link to a document show a card when they are pointed at: ${way}`, async () => {
    const { page } = await opened("documents/one.html");
    await page.locator(TERM).first().hover();
    await card(page).filter({ hasText: "Something that stops a service" }).waitFor();
    same(await card(page).locator("strong").textContent(), "incident", "the term");
    await page.locator(SECOND).hover();
    await card(page).filter({ hasText: "SMS-POL-8.5.1.1" }).waitFor();
    same(await card(page).locator("strong").textContent(), "Two", "the title");
    same(await card(page).locator(".badge").allTextContents(), ["approved", "review overdue"], "its states");
    same(await card(page).count(), 1, "cards");
    await page.locator(".body a[href='two.html#rules']").hover();
    await until(() => page.locator("[aria-describedby]").getAttribute("href"), (href) => href === "two.html#rules", "the card of a section");
  });
}

test("the meaning of terms is loaded once, and only when it is asked for", async () => {
  const { page } = await served("documents/one.html");
  const loads = [];
  page.on("request", (request) => { if (request.url().endsWith("terms.js")) loads.push(request.url()); });
  for (const selector of ["#purpose .anchor", SECOND]) {
    await page.locator(selector).hover();
    await page.waitForTimeout(500);
  }
  await card(page).waitFor();
  same(loads.length, 0, "at first");
  for (const index of [0, 1, 0]) {
    await page.locator(TERM).nth(index).hover();
    const term = await page.locator(TERM).nth(index).textContent();
    await card(page).locator("strong").filter({ hasText: term }).waitFor();
  }
  same(loads.length, 1, "for three cards");
});

test("a card stays while the pointer is over its link or over it, goes when it leaves, and Esc dismisses it", async () => {
  const { page } = await served("documents/one.html");
  const link = page.locator(SECOND);
  await link.hover();
  await card(page).waitFor();
  same([await card(page).getAttribute("role"), await link.getAttribute("aria-describedby")],
    ["tooltip", await card(page).getAttribute("id")], "what it is to the link");
  const box = await card(page).boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
  await page.waitForTimeout(600);
  check(await card(page).isVisible(), "it has gone under the pointer");
  await page.mouse.move(5, 500);
  await gone(page);
  same(await link.getAttribute("aria-describedby"), null, "what the link says");
  await link.hover();
  await card(page).waitFor();
  await page.keyboard.press("Escape");
  await gone(page);
  await page.waitForTimeout(600);
  same(await card(page).count(), 0, "cards while the pointer rests there");
});

test("a link that the pointer only passes shows no card", async () => {
  const { page } = await served("documents/one.html");
  await page.locator(SECOND).hover();
  await page.mouse.move(5, 500);
  await page.waitForTimeout(700);
  same(await card(page).count(), 0, "cards");
});

test("by keyboard a card comes with the focus, goes with it, and Esc dismisses it", async () => {
  const { page } = await served("documents/one.html");
  const link = page.locator(SECOND);
  await page.locator("#cb-main").focus();
  for (let step = 0; step < 20 && !await isFocused(link); step += 1) await page.keyboard.press("Tab");
  await card(page).filter({ hasText: "SMS-POL-8.5.1.1" }).waitFor();
  same([await card(page).getAttribute("role"), await link.getAttribute("aria-describedby")],
    ["tooltip", await card(page).getAttribute("id")], "what it is to the link");
  // The pointer has no say in it.
  await page.mouse.move(5, 500);
  await page.mouse.move(9, 510);
  await page.waitForTimeout(500);
  check(await card(page).isVisible(), "it has gone with the pointer");
  await page.keyboard.press("Escape");
  await gone(page);
  check(await isFocused(link), "the link has lost the focus");
  await page.keyboard.press("Tab");
  await card(page).filter({ hasText: "Sketch" }).waitFor();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press("Tab");
  await gone(page);
});

const TOUCH = { hasTouch: true, viewport: { width: 390, height: 844 } };

for (const [way, opened] of WAYS) {
  test(`the first tap shows a card, the second one follows the link: ${way}`, async () => {
    const { page } = await opened("documents/one.html", TOUCH);
    const link = page.locator(SECOND);
    await link.tap();
    await card(page).waitFor();
    check(page.url().endsWith("one.html"), "it has led away");
    same([await card(page).getAttribute("role"), await card(page).getByRole("link").allTextContents()], [null, ["Open"]], "what is in it");
    await until(() => text(page, "#cb-said"), (now) => /SMS-POL-8\.5\.1\.1/.test(now), "it is said");
    await page.locator("h1").tap();
    await gone(page);
    await page.locator(TERM).first().tap();
    await card(page).filter({ hasText: "Something that stops" }).waitFor();
    await link.tap();
    await card(page).filter({ hasText: "Two" }).waitFor();
    same(await card(page).count(), 1, "cards");
    await link.tap();
    await leads(page, "documents/two.html");
  });
}

test("a card that was tapped leads on, and where its text cannot be loaded the first tap does", async () => {
  const { page } = await served("documents/one.html", TOUCH);
  await page.locator(SECOND).tap();
  await card(page).getByRole("link", { name: "Open" }).tap();
  await leads(page, "documents/two.html");

  planned(/404|Failed to load/);
  const without = await served("documents/one.html", { ...TOUCH, instead: (below) => below === "assets/terms.js" ? { status: 404 } : undefined });
  await without.page.locator(TERM).first().tap();
  await leads(without.page, "glossary.html#incident");
});

test("a link without a card is a link on the first tap", async () => {
  const { page } = await served("documents/one.html", TOUCH);
  await page.locator("#scope .anchor").tap();
  await leads(page, "#scope");
  await page.locator(".turn a").first().tap();
  await until(() => page.url(), (url) => !url.includes("one.html"), "it leads on");
});

const scrollLink = (link, block) => link.evaluate((found, block_) => found.scrollIntoView({ block: block_, behavior: "instant" }), block);

test("a card turns to the other side of its link when the page is scrolled", async () => {
  const { page } = await served("documents/one.html", { viewport: { width: 900, height: 300 } });
  const link = page.locator(SECOND);
  await scrollLink(link, "start");
  await page.keyboard.press("Tab");
  await link.focus();
  await card(page).waitFor();
  for (const [block, below] of [["end", false], ["start", true]]) {
    const side = async () => {
      await scrollLink(link, block);
      const [own, other] = [await card(page).boundingBox(), await link.boundingBox()];
      return own.y > other.y;
    };
    await until(side, (now) => now === below, `the link is at the ${block}`);
    await until(() => scrollLink(link, block).then(() => inWindow(card(page))), Boolean, "it is in the window");
  }
});

for (const width of [320, 390, 1280]) {
  test(`a card never leaves the window and never widens the page: ${width} px`, async () => {
    // A window that still glides to what had the focus before would leave the link behind.
    const { page } = await served("documents/one.html", { viewport: { width, height: 500 }, reducedMotion: "reduce" });
    const links = page.locator(`${TERM}, .body a[href$='.html']:not(.term)`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    for (let index = 0; index < await links.count(); index += 1) {
      for (const block of ["start", "center", "end"]) {
        const scroll = () => scrollLink(links.nth(index), block);
        await scroll();
        // By keyboard, so that the focus can be seen.
        await page.keyboard.press("Tab");
        await links.nth(index).focus();
        // Where the focus was before may still be on its way.
        await until(() => scroll().then(() => links.nth(index).getAttribute("aria-describedby")), Boolean, "the card is there");
        await until(() => scroll().then(() => inWindow(card(page))), Boolean, `the card of link ${index} at the ${block} lies within the window`);
        check(await page.evaluate((selector) => {
          const at = document.querySelector(selector).getBoundingClientRect();
          return Array.from(document.querySelector("[aria-describedby=cb-card]").getClientRects())
            .every((line) => at.top >= line.bottom || at.bottom <= line.top);
        }, CARD), "it lies over its link");
        await page.keyboard.press("Escape");
      }
    }
    same(await page.evaluate(() => document.documentElement.scrollWidth), wide, "how wide the page is");
  });
}

test("a card does not move when the reader asked for less motion", async () => {
  const { page } = await served("documents/one.html", { reducedMotion: "reduce" });
  await page.locator(SECOND).hover();
  await card(page).waitFor();
  same(await card(page).evaluate((found) => {
    const style = getComputedStyle(found);
    return [style.animationName, style.transitionDuration];
  }), ["none", "0s"], "its motion");
});

test("a state past its day is grey in a card too", async () => {
  const { page } = await served("documents/more-3.html", { before: LATER, folder: cited() });
  await page.locator(".body a").first().hover();
  await card(page).filter({ hasText: "to be rebuilt" }).waitFor();
  same(await card(page).locator("[data-until].stale .stale-note").count(), 1, "notes");
});

let citing;
/** A portal with a link to what is current. */
function cited() {
  if (!citing) {
    const { root, write } = repository("citing");
    write("content/area/more-3.md", "---\ntitle: More 3\nreference: SMS-GDE-4.4\ntype: guide\nowner: desk\nversion: 0.1\nstatus: draft\nclause: 4.4\n---\n\nSee [four](more-4.md).\n");
    citing = build(root, "citing-site");
  }
  return citing;
}

// ---- My role --------------------------------------------------------------------------------------------------------

const MINE = "[data-my-role]";
const LIST = "[data-my-role-list]";
/** The words of the menu, which are always the same so that it does not move, and the role in the title. */
const mine = (page) => page.locator(MINE).evaluate((link) => [link.textContent, link.title]);

for (const [way, opened] of WAYS) {
  test(`a role is chosen on its page, told on every page, gathered at home, and forgotten: ${way}`, async () => {
    const { page, open } = await opened("index.html");
    same(await mine(page), ["My role", ""], "the menu at first");
    const plain = await page.locator(LIST).innerHTML();
    await open("roles/desk.html");
    same(await page.locator("[data-role] .hint").textContent(), "Kept in this browser only.", "the hint");
    await page.getByRole("button", { name: "This is my role" }).click();
    same([...await mine(page), await kept(page, "role")], ["My role", "My role: Service Desk Manager", "desk"], "chosen");
    check(await isFocused(page.getByRole("button", { name: "This is no longer my role" })), "the button keeps the focus");
    await said(page, "My role: Service Desk Manager");
    await open("documents/one.html");
    same([...await mine(page), await page.locator(MINE).getAttribute("href")],
      ["My role", "My role: Service Desk Manager", "../roles/desk.html"], "on another page");

    await open("index.html");
    const list = page.locator(LIST);
    await list.locator("h4").first().waitFor();
    same(await list.locator("h4").allTextContents(), ["To be reviewed", "Owns"], "the groups");
    const room = await until(() => kept(page, "mine"), (height) => /^\d+px$/.test(height), "its height is kept");
    same(await list.evaluate((element) => `${element.offsetHeight}px`), room, "its height");
    await open("index.html");
    same(await list.evaluate((element) => getComputedStyle(element).minHeight), room, "the room that waits for it");
    await list.locator("h4").first().waitFor();
    const first = list.locator("li").first();
    same([await first.locator("a").textContent(), await first.locator(".badge").textContent(), await first.locator("time").textContent()],
      ["Two", "review overdue", "1 November 2026"], "the first line");
    same([await first.locator(".badge").getAttribute("class"), await first.locator("svg").count()],
      ["badge overdue", 1], "its badge");
    await list.getByRole("link", { name: /^All \d+$/ }).click();
    await leads(page, "roles/desk.html#owns");
    await open("index.html");
    await list.locator("a", { hasText: "Two" }).click();
    await leads(page, "documents/two.html");
    await open("index.html");
    await list.getByRole("link", { name: "All that concerns this role" }).click();
    await leads(page, "roles/desk.html");

    await page.getByRole("button", { name: "This is no longer my role" }).click();
    same([...await mine(page), await page.locator(MINE).getAttribute("href"), await kept(page, "role")],
      ["My role", "", "../roles/index.html", null], "forgotten");
    await said(page, "No role is chosen");
    await open("index.html");
    same(await page.locator(LIST).innerHTML(), plain, "home without a role");
  });
}

test("what is not in force is said to be so in the lists of a role", async () => {
  const { page, open } = await served("roles/manager.html");
  await page.getByRole("button", { name: "This is my role" }).click();
  await open("index.html");
  const line = page.locator(`${LIST} li`, { hasText: "Sketch" });
  await line.waitFor();
  same(await line.locator(".mark").textContent(), "draft, not in force", "the mark");
});

test("a state past its day is grey in the lists of a role too, with their signs", async () => {
  const { page, open } = await served("roles/desk.html", { before: LATER });
  await page.getByRole("button", { name: "This is my role" }).click();
  await open("index.html");
  const badges = page.locator(`${LIST} .badge[data-until]`);
  await badges.first().waitFor();
  same(await badges.evaluateAll((list) => list.filter((badge) => badge.matches(".stale") && badge.querySelector(".stale-note")).length),
    await badges.count(), "those that are grey");
  const signs = await page.evaluate(() => Array.from(document.querySelectorAll("use")).filter((use) => !document.querySelector(use.getAttribute("href"))).length);
  same(signs, 0, "signs of which there is no drawing");
});

test("days that are reckoned from the day of the page are grey after it, and so is that nothing is due when something may be", async () => {
  for (const address of ["reviews.html", "index.html"]) {
    const { page } = await served(address, { before: LATER });
    const days = page.locator(".days");
    check(await days.count() > 0, `${address} tells days`);
    same(await page.locator(".days.stale").count(), await days.count(), `${address}: those that are grey`);
    const { page: now } = await served(address, { before: dayOf(await page.locator("html").getAttribute("data-today")) });
    same(await now.locator(".days.stale").count(), 0, `${address}: those that are grey on its day`);
  }
  const { page } = await served("index.html", { before: LATER });
  same(await page.locator(".none.stale").count(), await page.locator(".none[data-until]").count(), "what says that nothing is due");
  check(await page.locator(".none[data-until]").count() > 0, "it is said");
});

test("a role that is not one of the portal's is forgotten", async () => {
  for (const id of ["harbour-master", "constructor", "../evil"]) {
    const { page } = await served("index.html", { before: `try { localStorage.setItem("clausebook-role", "${id}"); localStorage.setItem("clausebook-mine", "900px"); } catch (error) { /* a page of nobody */ }` });
    same([...await mine(page), await kept(page, "role"), await page.locator(`${LIST} h4`).count()], ["My role", "", null, 0], id);
    same([await kept(page, "mine"), await page.evaluate(() => document.documentElement.style.getPropertyValue("--mine"))], [null, ""], "its room");
  }
});

test("where nothing can be kept the pages are as they are without a role", async () => {
  const { page } = await served("roles/desk.html", { before: REFUSES });
  await page.getByRole("button", { name: "This is my role" }).click();
  same(await mine(page), ["My role", ""], "the menu");
  await until(() => page.locator("#cb-said").textContent(), (now) => now === "No role is chosen", "it is said");
});

// ---- All of it ------------------------------------------------------------------------------------------------------

test("without script every text, state and way is there", async () => {
  const { page, open } = await served("documents/one.html", { javaScriptEnabled: false });
  for (const selector of [".body", ".banner:not([hidden])", ".card .badge", SECOND, TERM, "#rules .anchor", ".turn a", ".to-top a"]) {
    check(await page.locator(selector).first().isVisible(), selector);
  }
  for (const selector of [SWITCH, "[data-shortcuts]"]) check(!await page.locator(selector).isVisible(), `${selector} would do nothing`);
  await page.locator(TERM).first().click();
  await leads(page, "glossary.html#incident");
  check(await page.getByText("Something that stops a service").isVisible(), "the meaning");
  await open("index.html");
  check(await page.locator(`${LIST} a`).first().isVisible(), "the way to roles");
  await open("roles/desk.html");
  check(await page.getByRole("link", { name: "Two" }).first().isVisible(), "what a role owns");
});

test("each script looks again when a page was changed, and adds nothing to what is the same", async () => {
  const { page, open } = await served("roles/desk.html", { before: LATER });
  await page.getByRole("button", { name: "This is my role" }).click();
  for (const address of ["roles/desk.html", "index.html", "documents/one.html#rules", "documents/index.html?t1.q=m&t1.sort=2d&t1.c3=policy"]) {
    await open(address);
    if (address === "index.html") await page.locator(`${LIST} h4`).first().waitFor();
    if (address.includes("#rules")) await reads(page, "Rules");
    await page.waitForTimeout(200);
    const changes = await watch(page);
    for (let time = 0; time < 2; time += 1) await page.evaluate(() => document.dispatchEvent(new Event("clausebook:changed")));
    await page.waitForTimeout(300);
    same(await changes(), [], address);
  }
});

/** Goes once around by Tab, and says what could not be reached of what is there for it. */
const unreached = async (page) => {
  const wanted = await page.evaluate(() => {
    const all = Array.from(document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']"));
    window.reached = new Set();
    document.addEventListener("focusin", (event) => window.reached.add(event.target), true);
    window.wanted = all.filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.tabIndex >= 0);
    return window.wanted.length;
  });
  await page.locator("body").evaluate((body) => body.focus());
  for (let step = 0; step < wanted + 10; step += 1) await page.keyboard.press("Tab");
  return page.evaluate(() => window.wanted.filter((element) => !window.reached.has(element)).map((element) => element.outerHTML.slice(0, 200)));
};

test("everything is reached by keyboard alone", async () => {
  const { page, open } = await served("roles/desk.html");
  await page.getByRole("button", { name: "This is my role" }).press("Enter");
  for (const address of ["roles/desk.html", "index.html", "documents/one.html", "documents/long.html?t1.c3=high"]) {
    await open(address);
    if (address === "index.html") await page.locator(`${LIST} h4`).first().waitFor();
    same(await unreached(page), [], address);
  }
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing on pages with cards, keys, drawers, filters and a role: ${colorScheme}`, async () => {
    const { page, open } = await served("roles/desk.html", { colorScheme });
    await page.getByRole("button", { name: "This is my role" }).click();
    await axe(page, "the page of a role");
    await open("index.html");
    await page.locator(`${LIST} h4`).first().waitFor();
    await axe(page, "home with a role");
    await open("documents/one.html");
    await page.locator(SECOND).hover();
    await card(page).waitFor();
    await page.waitForTimeout(300);
    await axe(page, "a card");
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.locator(KEYS).waitFor();
    await axe(page, "the keys");
    await open("documents/long.html?t1.q=name&t1.sort=4");
    await page.locator(".filters summary").click();
    await page.locator(".filters select").first().waitFor();
    await axe(page, "a register");
  });

  test(`axe finds nothing in drawers and in a card that was tapped, on a phone: ${colorScheme}`, async () => {
    const { page } = await served("documents/one.html", { colorScheme, ...TOUCH, viewport: { width: 320, height: 640 } });
    await page.locator(SECOND).tap();
    await card(page).waitFor();
    await page.waitForTimeout(300);
    await axe(page, "a card");
    await page.locator("h1").tap();
    for (const [id] of DRAWERS) {
      await page.locator(`[popovertarget=${id}]:not(.shut)`).tap();
      await axe(page, id);
      await page.keyboard.press("Escape");
    }
  });
}

process.exit(await runInBrowser());
