// The engine that a portal ships answers as the command line does, byte for byte.
//
// It runs here as in a browser: the script of the worker is the one that the portal ships, and so are the engine and
// the index, which it fetches from the folder of the portal.

import fs from "node:fs";
import path from "node:path";

import { ROOT, TODAY, check, giveUp, run, runAll, same, test } from "../support.mjs";
import { answeredAll, build, current, large, wordOf } from "./support.mjs";

const LIMIT = 10;
const DAY = Date.parse(TODAY) / 864e5;

/** The engine of a portal, as its pages reach it. `given` hands over all pieces at once, as a page from disk does. */
async function engine(site, given) {
  const folder = path.join(site, "search");
  const said = current(site);
  const fetched = [];
  const evaluate = (name, scope) => {
    new Function("clausebookSearch", fs.readFileSync(path.join(folder, name), "utf8"))(scope);
  };
  let heard = null;
  const self = {
    postMessage: (message) => heard(message),
    fetch: async (name) => {
      fetched.push(name);
      return new Response(fs.readFileSync(path.join(folder, name), "utf8"));
    },
  };
  new Function("self", "document", fs.readFileSync(path.join(folder, said.worker), "utf8"))(self, undefined);
  const send = (message) => new Promise((answer) => {
    heard = answer;
    self.onmessage({ data: message });
  });
  const pieces = {};
  if (given) {
    const piece = (name, coding, text) => { pieces[name] = { coding, text }; };
    for (const name of [said.engine, ...said.pieces.map(([name]) => name)]) evaluate(name, { piece });
  }
  const opened = await send({ kind: "open", current: said, base: given ? null : "", given: pieces });
  check(opened.kind === "ready", `it does not open: ${opened.reason}`);
  return {
    said,
    fetched,
    ask: async (text, filters = "") => {
      const told = await send({ kind: "ask", number: 1, filters, text, limit: LIMIT, today: DAY });
      check(told.kind === "answer", `${JSON.stringify(text)} is not answered: ${told.reason}`);
      return told.json;
    },
  };
}

/** Every beginning of a text, as it is typed. */
const typed = (text) => Array.from(text, (_, end) => text.slice(0, end + 1));

const OWN = [
  // References, whole and begun, and numbers of clauses.
  "SMS-POL-8.6.1", "sms-pol-8.6.1", "SMS-POL-8.6", "SMS-POL", "SMS-", "POL-8.6.1", "SMS-POL-5.2.1 commitments",
  "8.6.1", "8.6", "8", "8.5.1.2", "clause 8.5", "7.5.4", "4.", "10.2", "99.9",
  // What is asked of pages.
  "type:policy", "type:policy change", "type:process type:procedure incident", "-type:register laptop", "type:nothing",
  "owner:change-manager", "owner:\"Change Manager\" emergency", "clause:8.5", "clause:8.5. release", "clause:8",
  "status:overdue", "status:retired", "status:draft", "status:any backup", "-status:approved", "status:due review",
  "type:term", "type:role manager", "type:clause risk", "standard:iso-iec-27001-2022", "TYPE:Policy access",
  "type:policy -backup", "change -emergency", "incident -\"major incident\"", "-laptop", "owner:nobody change",
  // Quotes, whole and open.
  "\"major incident\"", "\"laptop stolen\"", "\"the cause afterwards\"", "\"open quote", "a \"b", "\"\"", "\"of the\" service",
  // Words misspelt, run together or in other forms.
  "incidnet", "chnage managment", "laptopp stolenn", "suplier contrct", "avaliability", "back-up", "backups restored",
  "e-mail", "email", "servicedesk", "the", "who are you", "a", "x", "é", "naïve café",
  // Other scripts and languages.
  "Störung", "Änderung genehmigen", "größe", "GROSSE STRASSE", "Übergabe ß", "שלום", "مرحبا بالعالم", "変更管理", "\u202eegnahc",
  "🙂", "backup 🙂", "👩‍💻 laptop", "İstanbul", "ǅ", "ﬁle",
  // Nonsense.
  "", " ", "zzzzqqqq", "!!!", "- -- ---", ":", "type:", "(*)[]{}^~?\\/", "<mark>laptop</mark>", "&amp; &lt;", "a\tb\u0001c\u0007",
  "\u0000laptop", "\u001flaptop", "\u2028\u2029", "😀".repeat(200), "word ".repeat(400), "x".repeat(10_000), "' OR 1=1 --",
  "NOT change AND backup OR", "+change -", "title:change", "body:[a TO z]", "backup~2", "incid*",
];

let portal = null;
let asked = null;
try {
  portal = build(ROOT, "site");
} catch (error) {
  giveUp(`the portal cannot be built: ${error.message}`);
}

test("the shipped engine answers what documents are found by, and much else, as the program does", async () => {
  const contract = JSON.parse(run("search", "--contract", "--format", "json", "--root", ROOT));
  const letters = ["laptop stolen", "information security", "SMS-PRC-8.7.3", "type:policy ba", "über"].flatMap(typed);
  const queries = [...new Set([...contract.queries.map(({ query }) => query), ...OWN, ...letters])];
  check(queries.length >= 250, `there are ${queries.length} queries only`);
  const wanted = answeredAll(ROOT, queries, LIMIT);
  check(wanted.length === queries.length, `${queries.length} queries have ${wanted.length} answers`);
  asked = queries.map((query, index) => [query, wanted[index]]);
  const shipped = await engine(portal, false);
  await alike(shipped, asked);
  const hits = wanted.filter((answer) => JSON.parse(answer).hits.length).length;
  check(hits > queries.length * 0.8, `only ${hits} of ${queries.length} queries find something`);
});

test("it answers alike when a page hands over the whole index, as it does from disk", async () => {
  check(asked, "the answers of the program are missing");
  await alike(await engine(portal, true), asked);
});

test("what is chosen beside the box means what it means within it", async () => {
  const shipped = await engine(portal, true);
  for (const [filters, text, together] of [
    ["type:\"policy\"", "change", "type:policy change"],
    ["clause:\"8.5\"", "", "clause:8.5"],
    ["status:\"overdue\"", "", "status:overdue"],
    ["type:\"process\" owner:\"change-manager\"", "review", "type:process owner:change-manager review"],
  ]) {
    const list = (answer) => JSON.parse(answer).hits.map(({ url, score }) => [url, score]);
    const chosen = list(await shipped.ask(text, filters));
    same(chosen, list(await shipped.ask(together)), together);
    check(chosen.length, `${together} finds nothing`);
  }
});

test("a large portal is answered alike, from a part of its pieces", async () => {
  const root = large("many", 1_000, 9);
  const site = build(root, "many-site");
  const shipped = await engine(site, false);
  const words = [5, 77, 400, 2_222, 7_999].map(wordOf);
  const queries = [
    ...words, `${words[0]} ${words[1]}`, `"${words[1]} ${words[0]}"`, `${words[2]}x`, words[3].slice(0, 5), "SMS-GDE-4.1-2",
    "number 999", "guide", `clause:8.6.1 ${words[2]}`, "status:draft", "type:guide -part", ...typed(words[4]),
  ];
  const wanted = answeredAll(root, queries, LIMIT);
  check(wanted.some((answer) => JSON.parse(answer).hits.length === LIMIT), "no query finds much");
  await alike(shipped, queries.map((query, index) => [query, wanted[index]]));
  const pieces = shipped.fetched.filter((name) => name.startsWith("piece-")).length;
  check(pieces < shipped.said.pieces.length, `all ${pieces} pieces were fetched`);
});

/** Every answer is the one of the program; the first that is not is shown. */
async function alike(shipped, pairs) {
  const wrong = [];
  for (const [query, wanted] of pairs) {
    const found = await shipped.ask(query);
    if (found !== wanted) wrong.push([query, found, wanted]);
  }
  check(!wrong.length, () => {
    const [query, found, wanted] = wrong[0];
    let at = 0;
    while (found[at] === wanted[at]) at += 1;
    const part = (text) => text.slice(Math.max(0, at - 80), at + 120);
    return `${wrong.length} of ${pairs.length} answers differ; first that to ${JSON.stringify(query.slice(0, 80))}, at ${at}:\n`
      + `  shipped ${part(found)}\n  program ${part(wanted)}`;
  });
}

process.exitCode = await runAll();
