// Loads the search of the portal when the box is first reached: what it is made of, titles, and the engine, which
// theme/search/worker.js runs. search.js shows what it answers.
(function () {
  "use strict";
  var opener = document.querySelector("[data-search]");
  if (!opener) return;
  var html = document.documentElement;
  var root = String(opener.getAttribute("href")).replace(/search\.html$/, "");
  var base = new URL(root + "search/", location.href).href;
  var fromDisk = location.protocol === "file:";

  // ---- Scripts ------------------------------------------------------------------------------------------------------

  // Nothing until it is told.
  /** @type {Clausebook.Current} */
  var current;
  /** @type {Clausebook.Pieces} */
  var pieces = {};
  window.clausebookSearch = /** @type {Clausebook.Search} */ ({
    current: function (told) { current = told; },
    piece: function (name, coding, text) { pieces[name] = { coding: coding, text: text }; }
  });

  /** @param {string} name @returns {Promise<void>} */
  function load(name) {
    return new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = base + name;
      script.onload = function () { script.remove(); resolve(); };
      script.onerror = function () { script.remove(); reject(new Error("cannot load " + name)); };
      document.head.appendChild(script);
    });
  }

  // What the search of this build is made of; `anew` asks past what a cache holds.
  /** @param {boolean} anew */
  function tell(anew) {
    return load("current.js" + (anew ? "?" + Date.now() : "")).then(function () {
      if (!current) throw new Error("current.js is damaged");
      return current;
    });
  }

  /** @param {string} text */
  function bytesOf(text) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
    var plain = atob(text);
    var bytes = new Uint8Array(plain.length);
    for (var i = 0; i < plain.length; i += 1) bytes[i] = plain.charCodeAt(i);
    return bytes;
  }

  /** @type {Clausebook.Title[] | null} */
  var titles = null;
  function loadTitles() {
    return load(current.titles).then(function () {
      var piece = pieces[current.titles];
      delete pieces[current.titles];
      var stream = new Blob([bytesOf(piece.text)]).stream().pipeThrough(new DecompressionStream("gzip"));
      return new Response(stream).json();
    }).then(function (list) { titles = list; });
  }

  // ---- The engine ---------------------------------------------------------------------------------------------------

  /** @type {Clausebook.Running} */
  var engine = { state: "none", send: function () { /* none */ }, worker: null, turn: 0, asked: null, waiting: null, number: 0 };
  /** @type {(() => void)[]} */
  var listeners = [];
  function changed() { listeners.forEach(function (listener) { listener(); }); }

  /** @param {Clausebook.FromEngine} message */
  function receive(message) {
    if (message.kind === "ready") {
      engine.state = "ready";
      changed();
    } else if (message.kind === "failed") {
      restart(message);
    } else if (engine.asked && message.number === engine.asked.number) {
      var asked = engine.asked;
      engine.asked = null;
      next();
      // What was asked before the last letter is dropped.
      if (!engine.asked && !engine.waiting) asked.done(JSON.parse(message.json));
    }
  }

  function today() {
    // A demonstration is dated; elsewhere the reader's day counts.
    var parts = document.querySelector(".demo") ? String(html.getAttribute("data-today")).split("-").map(Number) : null;
    var now = new Date();
    var day = parts ? Date.UTC(parts[0], parts[1] - 1, parts[2]) : Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
    return Math.round(day / 864e5);
  }

  function next() {
    if (engine.state !== "ready" || engine.asked || !engine.waiting) return;
    var asked = engine.asked = engine.waiting;
    engine.waiting = null;
    engine.send({
      kind: "ask", number: asked.number, filters: asked.filters, text: asked.text, limit: asked.limit, today: today()
    });
  }

  /** @param {Clausebook.Question} question */
  function ask(question) {
    engine.number += 1;
    question.number = engine.number;
    engine.waiting = question;
    next();
  }

  // A file that is gone is one of another build: what is current is asked for once more, past every cache.
  /** @type {Promise<unknown> | null} */
  var newer = null;
  function renew() {
    if (!newer) {
      var before = current && current.build;
      newer = tell(true).then(function () {
        if (current.build === before) throw new Error("nothing newer");
        return Promise.all([loadTitles().then(changed, function () { /* there are none */ }), run()]);
      });
    }
    return newer;
  }

  function fail() {
    engine.state = "failed";
    changed();
  }

  /** @param {{ missing: string | null }} message @returns {Promise<unknown>} */
  function restart(message) {
    engine.asked = null;
    if (!message.missing) {
      fail();
      return Promise.resolve();
    }
    // What fails after the renewal, and not because of what was there before, fails for good.
    var turn = engine.turn;
    return renew().then(function () { if (turn === engine.turn) fail(); }, fail);
  }

  /** @returns {Promise<unknown>} */
  function run() {
    // An engine of another build is not listened to any more.
    var turn = engine.turn += 1;
    /** @param {Clausebook.FromEngine} message */
    function hear(message) { if (turn === engine.turn) receive(message); }
    if (engine.worker) engine.worker.terminate();
    engine.worker = null;
    engine.asked = null;
    engine.state = "loading";
    if (typeof WebAssembly !== "object" || typeof DecompressionStream !== "function") {
      engine.state = "failed";
      return Promise.resolve();
    }
    if (!fromDisk && typeof Worker === "function") {
      try {
        var worker = new Worker(base + current.worker);
        worker.onmessage = function (event) { hear(event.data); };
        worker.onerror = function () { hear({ kind: "failed", missing: current.worker }); };
        engine.worker = worker;
        engine.send = function (message) { worker.postMessage(message); };
        engine.send({ kind: "open", current: current, base: base });
        return Promise.resolve();
      } catch (error) { /* goes on below, without files of its own */ }
    }
    // From disk no worker can fetch: the page does, and hands over what it got.
    var names = current.pieces.map(function (piece) { return piece[0]; }).concat(current.engine, current.worker);
    return Promise.all(names.map(load)).then(function () {
      /** @type {Clausebook.ToEngine} */
      var message = { kind: "open", current: current, base: null, given: pieces };
      pieces = {};
      try {
        var text = "(" + function (/** @type {Clausebook.Host} */ host) {
          var receive = host(function (message) { self.postMessage(message); }, null);
          self.onmessage = function (event) { receive(event.data); };
        } + ")(" + window.clausebookSearch.host + ")";
        var worker = new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
        var heard = false;
        worker.onmessage = function (event) { heard = true; hear(event.data); };
        worker.onerror = function () { if (!heard) onPage(message, hear); };
        engine.worker = worker;
        engine.send = function (message) { worker.postMessage(message); };
        engine.send(message);
      } catch (error) {
        onPage(message, hear);
      }
    });
  }

  /** @param {Clausebook.ToEngine} message @param {(message: Clausebook.FromEngine) => void} hear */
  function onPage(message, hear) {
    engine.send = window.clausebookSearch.host(hear, null);
    engine.send(message);
  }

  /** @type {Promise<unknown> | null} */
  var begun = null;
  function begin() {
    if (!begun) {
      begun = tell(false).then(function () {
        // Without titles the engine answers all the same, of this build or of a newer one.
        var first = loadTitles().then(changed, function () { return renew().catch(function () { /* there is none */ }); });
        return Promise.all([first, run()]);
      }).catch(function (error) { return restart({ missing: String(error) }); });
    }
    return begun;
  }

  // Until what the search is made of is known.
  /** @returns {Promise<void>} */
  function told() {
    var ready = begin();
    return current ? Promise.resolve() : new Promise(function (resolve, reject) {
      ready.then(function () { if (current) resolve(); else reject(new Error("no search")); }, reject);
      var wait = setInterval(function () { if (current) { clearInterval(wait); resolve(); } }, 10);
      setTimeout(function () { clearInterval(wait); if (!current) reject(new Error("no search")); }, 8000);
    });
  }

  // ---- What search.js asks for --------------------------------------------------------------------------------------

  window.clausebookSearch.loading = {
    root: root,
    begin: begin,
    told: told,
    ask: ask,
    // What was not asked yet is not asked any more.
    drop: function () { engine.waiting = null; },
    listen: function (listener) { listeners.push(listener); },
    state: function () { return engine.state; },
    today: today,
    // Nothing while they are not there.
    titles: function () { return titles; },
    words: function () { return current && current.words; }
  };
}());
