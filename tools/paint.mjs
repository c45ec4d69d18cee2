// When a page is painted first in a reader's browser, for tools/measure-face.
//
// A library that drives a browser has it tell of every request, frame and message, and that takes part in what is measured:
// a document came 30 to 50 ms later with playwright. So this browser is told two things: go there, and when were you
// painted. Its messages go through a pipe, as JSON that ends with a zero.

import { spawn } from "node:child_process";
import fs from "node:fs";

import { temporary } from "../tests/support.mjs";

const SWITCHES = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--remote-debugging-pipe",
];
/** How long a page may take until it is painted, in milliseconds. */
const PATIENCE = 20_000;

export const rest = (time) => new Promise((done) => { setTimeout(done, time); });

/** Starts a browser. `window()` opens a window of its own that has nothing yet, `close()` ends the browser. */
export async function reader() {
  const profile = temporary("profile");
  const program = process.env.CHROMIUM || "/usr/bin/chromium";
  const browser = spawn(program, [...SWITCHES, `--user-data-dir=${profile}`, "about:blank"], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const [, , , into, from] = browser.stdio;
  const ended = new Promise((done) => { browser.on("exit", done); });
  const asked = new Map();
  browser.on("error", (error) => asked.forEach(({ fail }) => fail(error)));
  ended.then(() => asked.forEach(({ fail }) => fail(new Error(`${program} ended`))));
  let begun = "";
  from.setEncoding("utf8").on("data", (text) => {
    const messages = (begun + text).split("\0");
    begun = messages.pop();
    for (const { id, result, error } of messages.map((message) => JSON.parse(message))) {
      const { done, fail } = asked.get(id) || {};
      asked.delete(id);
      if (error) fail?.(new Error(error.message)); else done?.(result);
    }
  });
  let last = 0;
  const ask = (method, params = {}, sessionId = undefined) => new Promise((done, fail) => {
    last += 1;
    asked.set(last, { done, fail });
    into.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
  });

  async function window() {
    const { browserContextId } = await ask("Target.createBrowserContext");
    const { targetId } = await ask("Target.createTarget", { url: "about:blank", browserContextId, width: 1440, height: 900 });
    const { sessionId } = await ask("Target.attachToTarget", { targetId, flatten: true });
    const evaluate = async (expression) => {
      const { result, exceptionDetails } = await ask("Runtime.evaluate", { expression, returnByValue: true }, sessionId);
      if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.text}`);
      return result.value;
    };
    return {
      /** Goes to an address, and tells when it was painted first and first with contents, in milliseconds. */
      async paint(address) {
        await evaluate(`location.href = ${JSON.stringify(address)}`);
        for (const until = performance.now() + PATIENCE; performance.now() < until;) {
          await rest(500);
          const told = await evaluate(`location.href === ${JSON.stringify(address)} && document.readyState === "complete"
            && performance.getEntriesByType("paint").map(({ name, startTime }) => [name, startTime])`).catch(() => null);
          if (told && told.length > 1) return Object.fromEntries(told);
        }
        throw new Error(`${address} was not painted within ${PATIENCE / 1000} s`);
      },
      close: () => ask("Target.disposeBrowserContext", { browserContextId }),
    };
  }

  async function close() {
    await ask("Browser.close").catch(() => null);
    await ended;
    fs.rmSync(profile, { recursive: true, force: true });
  }
  return { window, close };
}
