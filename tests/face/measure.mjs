// How pages are measured, for tests/face/speed.mjs and tools/measure-face: layout that shifts, and Lighthouse.

import lighthouse, { desktopConfig } from "lighthouse";
import * as chromeLauncher from "chrome-launcher";

// ---- Layout that shifts ---------------------------------------------------------------------------------------------

/** How long scripts come after all else, in milliseconds, so that a page is painted before they run. */
export const LATE = 400;

/** Runs in a page before anything else: notes what moves by itself, and what moved. */
export const WATCH_SHIFTS = `{
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
      if (hadRecentInput) continue;
      const names = sources.map(({ node }) => {
        const element = node instanceof Element ? node : node && node.parentElement;
        return element ? element.nodeName.toLowerCase() + (element.className ? "." + element.className : "") : "something that is gone";
      });
      window.shifts.push({ value, names });
    }
  }).observe({ type: "layout-shift", buffered: true });
}`;

/**
 * Loads an address and reads it to its end. Returns the sum of what moved, which is more than the score that Lighthouse
 * gives where much moves one after the other, and what moved most.
 */
export async function shifts(page, address) {
  await page.goto(address, { waitUntil: "load" });
  await page.evaluate(async () => {
    const rest = (time) => new Promise((done) => { setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), time); });
    await document.fonts.ready;
    await rest(300);
    for (let at = 0; at < Math.min(document.documentElement.scrollHeight, 12_000); at += window.innerHeight) {
      window.scrollTo({ top: at, behavior: "instant" });
      await rest(0);
    }
    await rest(200);
  });
  const found = await page.evaluate(() => window.shifts);
  const most = found.slice().sort((a, b) => b.value - a.value)[0];
  return { sum: found.reduce((sum, { value }) => sum + value, 0), most: most ? most.names.join(", ") : "" };
}

// ---- Lighthouse -----------------------------------------------------------------------------------------------------

/** What each score must be, of 100. */
export const LEAST = 95;

/** What is scored, as Lighthouse calls it and as we do. */
export const CATEGORIES = { performance: "performance", accessibility: "accessibility", "best-practices": "best practice" };

/** Starts a browser for Lighthouse. */
export function launch() {
  const chromePath = process.env.CHROMIUM || "/usr/bin/chromium";
  const chromeFlags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
  return chromeLauncher.launch({ chromePath, chromeFlags, logLevel: "silent" });
}

/**
 * What Lighthouse says of an address, seen on a `desktop` or on a `mobile`: the score of each category from 0 to 100, what
 * takes away from it, and the cumulative layout shift. It throttles nothing: it reckons what a slower network and
 * processor would make of what it saw.
 */
export async function judge(browser, address, form) {
  const flags = { port: browser.port, onlyCategories: Object.keys(CATEGORIES), logLevel: "silent", disableFullPageScreenshot: true };
  const { lhr } = await lighthouse(address, flags, form === "desktop" ? desktopConfig : undefined);
  if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
  const scores = {};
  const short = {};
  for (const [id, category] of Object.entries(lhr.categories)) {
    scores[id] = Math.round(category.score * 100);
    short[id] = category.auditRefs.filter(({ weight }) => weight).map(({ id: audit }) => lhr.audits[audit])
      .filter(({ score }) => score !== null && score < 1)
      .map(({ id: audit, displayValue, details }) => {
        const first = details && details.items && details.items[0];
        const where = first && (first.node ? first.node.snippet : first.description || "");
        return [audit, displayValue, where].filter(Boolean).join(": ");
      });
  }
  return { scores, short, shift: lhr.audits["cumulative-layout-shift"]?.numericValue };
}
