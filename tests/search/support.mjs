// What the tests of the search stand on beside what all share: portals built, their answers, a large one, a server.

import fs from "node:fs";
import http from "node:http";
import path from "node:path";

import { TODAY, copy, run, temporary } from "../support.mjs";

/** Builds the portal of a repository, and returns its folder. */
export function build(root, name, ...switches) {
  const site = temporary(name);
  run("build", "--root", root, "--output", site, "--today", TODAY, "-q", ...switches);
  return site;
}

/** Answers to many queries, each as the line that is printed. */
export function answeredAll(root, queries, limit) {
  const file = temporary("queries.txt");
  fs.writeFileSync(file, queries.map((query) => `${query}\n`).join(""));
  const printed = run("search", "--root", root, "--today", TODAY, "--limit", String(limit), "--batch", file);
  const lines = printed.split("\n");
  lines.pop();
  return lines;
}

/** What `search/current.js` of a portal says. */
export function current(site) {
  let said;
  const text = fs.readFileSync(path.join(site, "search", "current.js"), "utf8");
  new Function("clausebookSearch", text)({ current: (told) => { said = told; } });
  return said;
}

// ---- A large portal -------------------------------------------------------------------------------------------------

const SYLLABLES = "ba ke lo mi nu pra ste tor vel wen zar dil fon gre hup jes kol lin mar nos".split(" ");
const CLAUSES = ["4.1", "4.2", "5.1", "6.1", "7.2", "8.6.1", "9.1"];

/** The word of that number: there are as many as anybody likes. */
export function wordOf(number) {
  let word = SYLLABLES[number % SYLLABLES.length];
  for (let rest = number; ; rest = Math.floor(rest / SYLLABLES.length)) {
    word = SYLLABLES[rest % SYLLABLES.length] + word;
    if (rest < SYLLABLES.length) return word;
  }
}

/** A repository of many drafts of varied words, few of them in most documents and most of them in few. */
export function large(name, documents, sections) {
  const root = temporary(name);
  const content = path.join(root, "content");
  fs.mkdirSync(path.join(content, "area"), { recursive: true });
  fs.writeFileSync(path.join(root, "clausebook.toml"), "organization = \"Many Documents\"\nlanguage = \"en\"\n");
  for (const part of ["content/roles.yaml", "content/standards", "theme"]) copy(part, root);
  let seed = 20_000;
  const dice = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return (seed >> 8) / 0x7f_ffff;
  };
  const words = (count) => Array.from({ length: count }, () => wordOf(Math.floor(dice() ** 2 * 8_000))).join(" ");
  for (let number = 0; number < documents; number += 1) {
    const clause = CLAUSES[number % CLAUSES.length];
    let text = `---\ntitle: Guide to ${words(2)}, number ${number}\nreference: SMS-GDE-${clause}-${number + 2}\ntype: guide\n`
      + `owner: change-manager\nversion: 0.1\nstatus: draft\nclause: ${clause}\n---\n\n${words(60)}.\n`;
    for (let section = 1; section <= sections; section += 1) text += `\n## Part ${section} ${words(2)}\n\n${words(60)}.\n`;
    fs.writeFileSync(path.join(content, "area", `document-${number}.md`), text);
  }
  return root;
}

// ---- A server -------------------------------------------------------------------------------------------------------

const TYPES = { html: "text/html", js: "text/javascript", css: "text/css", svg: "image/svg+xml", json: "application/json" };

/**
 * Serves a folder below `at` as a simple server does: nothing compressed, nothing said of caches, 404 for the rest.
 * `instead` may answer a request itself: it gets the path below `at` and the query, and returns `{ status, body, type,
 * headers, wait, folder }` or nothing.
 */
export async function serve(folder, { at = "/", instead = () => {} } = {}) {
  const requests = [];
  const server = http.createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url, "http://server");
    const below = pathname.startsWith(at) ? decodeURIComponent(pathname.slice(at.length)) : null;
    requests.push({ below, search, url: request.url, headers: request.headers, method: request.method });
    const other = (below !== null && await instead(below, search)) || {};
    if (other.wait) await new Promise((done) => setTimeout(done, other.wait));
    const send = (status, type, body, headers = {}) => {
      response.writeHead(status, {
        "Content-Type": type, "Content-Length": body.length, Connection: "close", ...headers, ...other.headers,
      });
      response.end(request.method === "HEAD" ? undefined : body);
    };
    if (other.body !== undefined) {
      send(other.status || 200, other.type || TYPES[below.split(".").pop()] || "text/html", Buffer.from(other.body));
      return;
    }
    let file = below === null || other.status === 404 ? null : path.join(other.folder || folder, below);
    if (file && fs.existsSync(file) && fs.statSync(file).isDirectory()) file = path.join(file, "index.html");
    if (!file || !fs.existsSync(file)) {
      send(404, "text/html;charset=utf-8", Buffer.from("<!doctype html><title>Error response</title><h1>404</h1>"));
      return;
    }
    const changed = new Date(Math.floor(fs.statSync(file).mtimeMs / 1000) * 1000);
    if (new Date(request.headers["if-modified-since"]) >= changed) {
      response.writeHead(304, { Connection: "close" });
      response.end();
      return;
    }
    const type = TYPES[file.split(".").pop()] || "application/octet-stream";
    send(200, type, fs.readFileSync(file), { "Last-Modified": changed.toUTCString() });
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, base: origin + at, requests, close: () => new Promise((done) => server.close(done)) };
}
