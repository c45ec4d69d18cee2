// Takes the pictures in docs/pictures/: see tools/pictures.

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import { browse, build, serve } from "../tests/face/portal.mjs";
import { ROOT, TODAY } from "../tests/support.mjs";

const FOLDER = path.join(ROOT, "docs", "pictures");
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };

/** In bytes: a README with larger ones is slow to read. */
const MOST = 150_000;

const DOCUMENT = "documents/incident-management-process.html";

/** What is shown where: the page, the window, and what a reader did there. */
const PICTURES = {
  home: { page: "index.html" },
  document: { page: DOCUMENT },
  clause: { page: "clauses/8.6.1.html" },
  matrix: { page: "clauses/matrix.html" },
  dashboard: { page: "dashboard.html" },
  search: { page: "index.html", act: searchFor("laptop stolen") },
  "document-dark": { page: DOCUMENT, dark: true },
  "home-narrow": { page: "index.html", window: NARROW },
  "document-narrow": { page: DOCUMENT, window: NARROW },
  changes: { page: "changes.html" },
  role: { page: "roles/incident-manager.html" },
};

/** Opens the search, types, and waits for what is found in the full text. */
function searchFor(words) {
  return async (page) => {
    await page.keyboard.press("/");
    await page.locator("#cb-search-box").fill(words);
    await page.locator("#cb-search-list .snippet").first().waitFor();
  };
}

/** A picture with no more than 256 colours: text and surfaces need no more. */
function small(picture) {
  const made = spawnSync("pngquant", ["--strip", "--speed", "1", "--quality", "70-100", "-"], { input: picture, maxBuffer: 1 << 26 });
  if (made.status !== 0) throw new Error(`pngquant: ${made.error || made.stderr}`);
  return made.stdout;
}

const site = build();
const server = await serve(site);
// The same letters on every machine that has the same fonts.
const browser = await browse("--font-render-hinting=none", "--disable-lcd-text", "--hide-scrollbars");
fs.mkdirSync(FOLDER, { recursive: true });
const wanted = process.argv.slice(2).join(" ");
let failed = false;
for (const [name, { page: address, window = WIDE, dark = false, act }] of Object.entries(PICTURES)) {
  if (!name.includes(wanted)) continue;
  if (!fs.existsSync(path.join(site, address))) {
    console.error(`SKIPPED: ${name}.png, because the portal has no page ${address}`);
    continue;
  }
  const context = await browser.newContext({
    viewport: window, deviceScaleFactor: 1, colorScheme: dark ? "dark" : "light", reducedMotion: "reduce", locale: "en-GB",
  });
  const page = await context.newPage();
  // The reader's day is that of the demonstration.
  await page.clock.setFixedTime(new Date(`${TODAY}T12:00:00Z`));
  await page.goto(server.base + address, { waitUntil: "networkidle" });
  if (act) await act(page);
  await page.evaluate(() => document.fonts.ready);
  const picture = small(await page.screenshot({ animations: "disabled", caret: "hide" }));
  await context.close();
  fs.writeFileSync(path.join(FOLDER, `${name}.png`), picture);
  const large = picture.length > MOST;
  failed ||= large;
  console.log(`${name}.png ${(picture.length / 1000).toFixed(0)} kB${large ? `: more than ${MOST / 1000} kB` : ""}`);
}
await browser.close();
await server.close();
process.exit(failed ? 1 : 0);
