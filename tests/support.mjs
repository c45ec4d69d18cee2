// What the tests by Node.js stand on: the program, folders, Chromium that is listened to, and a list of named tests.

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

/** The day that every portal is as of, and that every reader has. */
export const TODAY = "2026-12-01";

/** The repository whose documents are tried. */
export const ROOT = path.resolve(process.env.ROOT || fileURLToPath(new URL("..", import.meta.url)));

/** The program. */
export const PROGRAM = process.env.CLAUSEBOOK ? path.resolve(process.env.CLAUSEBOOK) : "";

/** Says what is missing, and ends. */
export function giveUp(reason) {
  console.error(`${path.relative(process.cwd(), process.argv[1])}: ${reason}`);
  process.exit(1);
}

if (!PROGRAM) giveUp("CLAUSEBOOK is not set: name the program in it");
if (!fs.existsSync(PROGRAM)) giveUp(`there is no program ${PROGRAM}: build it, and name it in CLAUSEBOOK`);
if (!fs.existsSync(path.join(ROOT, "content"))) giveUp(`${ROOT} has no folder content: name the repository in ROOT`);

// ---- Folders and the program ----------------------------------------------------------------------------------------

const made = fs.mkdtempSync(path.join(os.tmpdir(), "clausebook-tests-"));
// A server that runs for somebody else reads it too.
fs.chmodSync(made, 0o755);
process.on("exit", () => fs.rmSync(made, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

/** The path of a file or folder that is gone when the tests end. */
export const temporary = (name) => path.join(made, name);

/** Runs the program, and returns what it prints. */
export function run(...words) {
  const done = spawnSync(PROGRAM, words, { encoding: "utf8", maxBuffer: 1 << 30 });
  if (done.status !== 0) throw new Error(`clausebook ${words.join(" ")}\n${done.error || done.stderr}`);
  return done.stdout;
}

/** Copies a part of the repository, if it has that. */
export function copy(part, root) {
  const from = path.join(ROOT, part);
  if (fs.existsSync(from)) fs.cpSync(from, path.join(root, part), { recursive: true });
}

// ---- Tests ----------------------------------------------------------------------------------------------------------

/** Stops a test. */
export function check(holds, otherwise) {
  if (!holds) throw new Error(typeof otherwise === "function" ? otherwise() : otherwise);
}

/** Stops a test unless both are alike. */
export function same(found, wanted, what) {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
  check(a === b, `${what}:\n   found ${a}\n  wanted ${b}`);
}

const tests = [];

/** Adds a test: a sentence that says what holds, and what finds out. */
export function test(sentence, run_) { tests.push({ sentence, run: run_ }); }

/** Runs the tests whose sentences hold the words that this script was given, a line each. */
export async function runAll(around = (test_) => test_.run()) {
  const wanted = process.argv.slice(2).join(" ").toLowerCase();
  const chosen = tests.filter(({ sentence }) => sentence.toLowerCase().includes(wanted));
  let failed = 0;
  for (const test_ of chosen) {
    const began = Date.now();
    let wait;
    const late = new Promise((_, reject) => {
      wait = setTimeout(() => reject(new Error("it takes longer than 60 seconds")), 60_000);
    });
    try {
      await Promise.race([around(test_), late]);
      console.log(`ok      ${test_.sentence} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failed += 1;
      // What a browser is told in colours is told here without, and no more of it than can be read.
      const reason = String(error && error.message || error).replace(/\u001b\[\d+m/g, "").slice(0, 2_000).trim();
      console.log(`FAILED  ${test_.sentence}\n  ${reason.replace(/\n/g, "\n  ")}`);
    } finally {
      clearTimeout(wait);
    }
  }
  console.log(`${chosen.length - failed} of ${chosen.length} passed`);
  return failed || !chosen.length ? 1 : 0;
}

// ---- Chromium, listened to ------------------------------------------------------------------------------------------

const CHROMIUM = process.env.CHROMIUM || "/usr/bin/chromium";

let browser = null;

/** What belongs to the test that runs, and what its pages said and asked for. */
export let visit = null;

/** A script that gives a reader a day: every one has that of the portals, unless a test wants another. */
export const dayOf = (day) => `{
  const at = Date.parse("${day}T12:00:00Z");
  globalThis.Date = class extends Date {
    constructor(...parts) { super(...(parts.length ? parts : [at])); }
    static now() { return at; }
  };
}`;

/** A new browser's context, whose pages are watched. `before` runs in every page before its own scripts. */
export async function context({ before, ...options } = {}) {
  const made = await browser.newContext(options);
  visit.contexts.push(made);
  made.setDefaultTimeout(8_000);
  await made.addInitScript(dayOf(TODAY));
  if (before) await made.addInitScript(before);
  made.on("console", (message) => {
    if (message.type() === "error") visit.errors.push(`${message.text()} (${message.location().url})`);
  });
  made.on("weberror", (error) => visit.errors.push(String(error.error())));
  made.on("request", (request) => visit.asked.push(request.url()));
  return made;
}

/** What a test brings about on purpose. */
export function planned(...patterns) { visit.planned.push(...patterns); }

/** Waits until `find` returns something that `fits`, and returns it. */
export async function until(find, fits, what) {
  let found;
  for (const end = Date.now() + 8_000; Date.now() < end;) {
    found = await find();
    if (fits(found)) return found;
    await new Promise((rest) => setTimeout(rest, 40));
  }
  throw new Error(`${what}; the last seen is ${JSON.stringify(found)?.slice(0, 1_500)}`);
}

/** True when an element has the focus. */
export const isFocused = (locator) => locator.evaluate((element) => element === document.activeElement);

const ARGUMENTS = [
  "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
  "--disable-sync",
];

/** Runs the tests with a browser. Each fails, too, when a page leaves its origin, or writes an error to the console. */
export async function runInBrowser() {
  if (!fs.existsSync(CHROMIUM)) giveUp(`there is no browser ${CHROMIUM}: install Chromium, or name it in CHROMIUM`);
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS })
    .catch((error) => giveUp(`Chromium does not start: ${error.message}`));
  const failed = await runAll(watched);
  await browser.close();
  return failed;
}

async function watched({ run }) {
  visit = { contexts: [], servers: [], origins: [], planned: [], errors: [], asked: [] };
  const { contexts, servers, origins, errors, asked } = visit;
  try {
    await run();
    const unplanned = errors.filter((error) => !visit.planned.some((pattern) => pattern.test(error)));
    check(!unplanned.length, `errors were written to the console:\n${unplanned.join("\n")}`);
    const inner = (url) => /^(data|about):/.test(url) || origins.some((origin) => url.replace(/^blob:/, "").startsWith(origin));
    const outer = asked.filter((url) => !inner(url) && !/^blob:(null|file:)/.test(url));
    check(!outer.length, `requests left the origin:\n${outer.join("\n")}`);
  } finally {
    await Promise.all(contexts.map((context_) => context_.close()));
    await Promise.all(servers.map((server) => server.close()));
  }
}
