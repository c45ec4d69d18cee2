// The search of the portal from servers as they come: nginx with the configuration that its package brings, and the
// server of Python.

import { spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";

import { ROOT, check, context, runInBrowser, temporary, test, visit } from "../support.mjs";
import { answeredAll, build } from "./support.mjs";

const QUERY = "laptop stolen";
const LIMIT = 8;

const site = build(ROOT, "site");
const wanted = JSON.parse(answeredAll(ROOT, [QUERY], LIMIT)[0]).hits.map(({ url }) => decodeURI(url));

// ---- Servers --------------------------------------------------------------------------------------------------------

/** A port that is free. */
async function free() {
  const server = net.createServer();
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Starts a server that ends with the test, and returns its address. */
async function start(port, program, ...words) {
  const server = spawn(program, words, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  server.stderr.on("data", (text) => { said += text; });
  const ended = new Promise((done) => server.once("close", done));
  server.once("error", (error) => { said += error.message; });
  const base = `http://127.0.0.1:${port}/`;
  for (const end = Date.now() + 8_000; ; await new Promise((rest) => setTimeout(rest, 40))) {
    if (await fetch(base).then((answer) => answer.ok, () => false)) break;
    if (Date.now() > end || server.exitCode !== null) {
      server.kill();
      throw new Error(`${program} does not serve: ${said}`);
    }
  }
  visit.origins.push(base);
  visit.servers.push({ close: () => { server.kill(); return ended; } });
  return base;
}

/** A file of the package nginx, with a few lines of this test's own in place of its. */
function changed(file, ...changes) {
  return changes.reduce((text, [from, to]) => {
    check(from.test(text), `${file} has no line ${from}`);
    return text.replace(from, to);
  }, fs.readFileSync(file, "utf8"));
}

const NGINX = ["/usr/sbin/nginx", "/usr/bin/nginx"].find((file) => fs.existsSync(file));

/** The configuration of the package but for what a second server beside another one needs: its port, root and files. */
async function nginx() {
  const port = await free();
  const own = (name) => temporary(`nginx-${name}`);
  const listens = changed("/etc/nginx/sites-available/default",
    [/listen 80 default_server;/, `listen 127.0.0.1:${port};`],
    [/listen \[::\]:80 default_server;/, ""],
    [/root \/var\/www\/html;/, `root ${site};`]);
  fs.writeFileSync(own("site"), listens);
  // What clients send is kept in folders that root alone may write to.
  const kept = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${own(name)};`);
  const main = changed("/etc/nginx/nginx.conf",
    [/pid .*;/, `pid ${own("pid")};`],
    [/error_log .*;/, `error_log ${own("errors")};`],
    [/access_log .*;/, `access_log ${own("requests")}; ${kept.join(" ")}`],
    [/include \/etc\/nginx\/sites-enabled\/\*;/, `include ${own("site")};`]);
  fs.writeFileSync(own("main"), main);
  return start(port, NGINX, "-c", own("main"), "-e", own("errors"), "-g", "daemon off;");
}

async function python() {
  const port = await free();
  return start(port, "python3", "-m", "http.server", String(port), "--bind", "127.0.0.1", "--directory", site);
}

// ---- What a reader does ---------------------------------------------------------------------------------------------

async function reads(base) {
  const reader = await context();
  const page = await reader.newPage();
  const wrong = [];
  reader.on("requestfailed", (request) => wrong.push(`${request.url()}: ${request.failure()?.errorText}`));
  reader.on("response", (answer) => { if (answer.status() >= 400) wrong.push(`${answer.url()}: ${answer.status()}`); });

  await page.goto(base);
  await page.keyboard.press("/");
  await page.locator("#cb-search-box").pressSequentially(QUERY, { delay: 25 });
  await page.waitForSelector("#cb-search-list .snippet mark");
  const shown = () => page.locator("#cb-search-list a.hit-link").evaluateAll((links) => links.map((link) => link.href));
  const plain = (url) => decodeURI(url.slice(base.length).replace(/\?[^#]*/, ""));
  let found = [];
  // Beginnings of what is typed are answered before.
  for (const end = Date.now() + 8_000; String(found.map(plain)) !== String(wanted);) {
    check(Date.now() < end, `the hits are ${found.map(plain)}, not ${wanted}`);
    found = await shown();
  }

  // Of a hit that shows the words, Enter opens the page with the words marked.
  const place = found.findIndex((url) => url.includes("highlight="));
  check(place >= 0, `no hit has a word to mark: ${found}`);
  for (let step = 0; step <= place; step += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(found[place]);
  await page.waitForSelector("main mark.found", { state: "attached" });
  const marks = await page.locator("main mark.found").allTextContents();
  check(marks.some((word) => /laptop|stolen/i.test(word)), `what was typed is marked, not ${marks}`);
  check(!wrong.length, `something failed:\n${wrong.join("\n")}`);
}

if (NGINX) test("the search works from nginx as it comes", async () => reads(await nginx()));
else console.log("SKIPPED the search works from nginx as it comes: nginx is missing and could not be installed");
test("the search works from the server of Python as it comes", async () => reads(await python()));

process.exit(await runInBrowser());
