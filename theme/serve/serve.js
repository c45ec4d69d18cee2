// What serve adds to pages: it waits for the portal to change and brings the page up to date where it stands. No build
// holds it.
(function () {
  "use strict";
  var script = /** @type {HTMLScriptElement} */ (document.currentScript);
  var page = script.getAttribute("data-page");
  var styles = script.getAttribute("data-styles");
  var scripts = script.getAttribute("data-scripts");
  var tab = String(Math.random()).slice(2) + Date.now().toString(36);
  // None yet: the first answer tells.
  var epoch = 0;
  /** @type {AbortController | null} */
  var waiting = null;
  var busy = false;
  var retry = 0;

  /** @param {string} text */
  function status(text) { document.documentElement.setAttribute("data-serve", text); }

  // ---- Waiting ------------------------------------------------------------------------------------------------------

  // A hidden tab holds no connection, and of those in sight one asks for all: browsers have six for one host. Who has the
  // lock asks, and tells the others.
  var locks = navigator.locks;
  var channel = locks && typeof BroadcastChannel === "function" ? new BroadcastChannel("clausebook-serve") : null;
  var missed = false;

  function wait() {
    clearTimeout(retry);
    if (document.hidden || waiting || busy) return;
    if (missed) epoch = 0;
    missed = false;
    var own = waiting = new AbortController();
    function ask() {
      return fetch("/-/changes/" + epoch + "?tab=" + tab, { cache: "no-store", signal: own.signal }).then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json();
      });
    }
    function askForAll() {
      return ask().then(function (told) { if (channel) channel.postMessage(told.epoch); return told; });
    }
    // What the first question brings comes at once.
    var told = epoch && channel ? locks.request("clausebook-serve", { signal: own.signal }, askForAll) : ask();
    told.then(function (news) { return hear(own, news.epoch); }).catch(function () { fail(own); });
  }

  /** @param {AbortController} own @param {number} now */
  function hear(own, now) {
    if (waiting === own) waiting = null;
    var done = Promise.resolve();
    if (now !== epoch) {
      epoch = now;
      // One after the other: an older answer must not come to stand over a newer one.
      busy = true;
      done = update().then(function () { busy = false; }, function (error) { busy = false; throw error; });
    }
    return done.then(function () { status("current " + now); wait(); });
  }

  // A server that is gone may come again.
  /** @param {AbortController} own */
  function fail(own) {
    if (own.signal.aborted) return;
    if (waiting === own) waiting = null;
    epoch = 0;
    status("waiting");
    retry = setTimeout(wait, 1000);
  }

  if (channel) {
    channel.onmessage = function (event) {
      if (document.hidden || event.data === epoch) return;
      if (!waiting || !epoch) {
        missed = true;
        return;
      }
      var own = waiting;
      stop();
      hear(own, event.data).catch(function () { fail(new AbortController()); });
    };
  }

  // Until it is shown again the server may be another, which counts anew: then it asks what there is.
  function stop() {
    if (waiting) waiting.abort();
    waiting = null;
    epoch = 0;
    clearTimeout(retry);
  }

  document.addEventListener("visibilitychange", function () { if (document.hidden) stop(); else wait(); });
  window.addEventListener("pagehide", stop);
  window.addEventListener("pageshow", wait);

  // ---- Bringing up to date ------------------------------------------------------------------------------------------

  // The page as it was served: this script runs before those of the portal. What they did to it since is not of it.
  /** @type {WeakMap<Node, any>} */
  var lives = new WeakMap();
  var known = new WeakSet();
  var head = frame(document);
  /** @type {Element | null} */
  var panel = document.getElementById("cb-serve");
  var body = /** @type {Element} */ (document.body.cloneNode(true));
  pair(body, document.body);
  var panelServed = take(body);

  function update() {
    return fetch(location.href, { cache: "no-store" }).then(function (answer) { return answer.text(); }).then(function (text) {
      var next = new DOMParser().parseFromString(text, "text/html");
      var told = next.querySelector("script[data-page]");
      if (!told || told.getAttribute("data-scripts") !== scripts) return reload();
      if (told.getAttribute("data-styles") !== styles) {
        styles = told.getAttribute("data-styles");
        swapStyles();
      }
      if (told.getAttribute("data-page") === page) return null;
      page = told.getAttribute("data-page");
      // Another kind of page, or one with other parts in its head, is loaded anew.
      if (frame(next) !== head) return reload();
      document.title = next.title;
      attributes(document.documentElement, next.documentElement, ["data-serve", "data-theme", "data-keys"]);
      showPanel(take(next.body));
      if (body.isEqualNode(next.body)) return null;
      // Its script fills the page of results once.
      if (document.getElementById("cb-results")) return reload();
      var keep = place();
      var putBack = reader();
      morph(body, next.body);
      body = next.body;
      keep();
      // The portal's own scripts look again: at tables, at states past their day, at what concerns the reader's role.
      document.dispatchEvent(new Event("clausebook:changed"));
      putBack();
      keep();
      document.documentElement.style.overflowAnchor = "";
      return null;
    });
  }

  // Nothing is to be done any more until the page is there again.
  /** @returns {Promise<void>} */
  function reload() {
    location.reload();
    return new Promise(function () { /* it never comes */ });
  }

  // What must be the same for a page to be changed in place.
  /** @param {Document} from */
  function frame(from) {
    var parts = Array.prototype.map.call(from.head.querySelectorAll("link, meta, script"), function (part) {
      return part.outerHTML.replace(/ data-(page|styles|scripts)="[^"]*"/g, "");
    });
    return from.body.className + "\n" + parts.join("\n");
  }

  // The panel stands apart, with the space around it: findings come and go without the page.
  /** @param {Element} from */
  function take(from) {
    var found = from.querySelector("#cb-serve");
    if (found) found.remove();
    while (from.lastChild && isBlank(from.lastChild)) from.lastChild.remove();
    return found;
  }

  /** @param {Node} node */
  function isBlank(node) { return node.nodeType === 3 && !String(node.nodeValue).trim(); }

  /** @param {Element | null} next */
  function showPanel(next) {
    if (panelServed && panel && next) {
      var other = panelServed.className !== next.className;
      morph(panelServed, next);
      var details = panel.querySelector("details");
      // What the reader closed opens when it is more serious now.
      if (other && details) details.open = Boolean(next.querySelector("details[open]"));
    } else if (next) {
      panel = document.importNode(next, true);
      pair(next, panel);
      document.body.appendChild(panel);
    } else if (panel) {
      panel.remove();
      panel = null;
    }
    panelServed = next;
  }

  function swapStyles() {
    each("link[rel=stylesheet]", function (/** @type {HTMLLinkElement} */ old) {
      var fresh = /** @type {HTMLLinkElement} */ (old.cloneNode());
      var url = new URL(old.href);
      if (old.hasAttribute("data-fresh") && !old.sheet) return old.remove();
      url.searchParams.set("serve", String(styles));
      fresh.href = url.pathname + url.search;
      fresh.setAttribute("data-fresh", "");
      // The old one goes when the new one is there, so that nothing is ever shown bare.
      fresh.onload = function () { old.remove(); };
      fresh.onerror = function () { fresh.remove(); };
      old.after(fresh);
    });
  }

  /** @param {string} selector @param {(element: any) => void} visit */
  function each(selector, visit) { Array.prototype.forEach.call(document.querySelectorAll(selector), visit); }

  /** @param {Element} old @param {Element} next @param {string[]} kept */
  function attributes(old, next, kept) {
    Array.prototype.slice.call(old.attributes).forEach(function (attribute) {
      if (!next.hasAttribute(attribute.name) && kept.indexOf(attribute.name) < 0) old.removeAttribute(attribute.name);
    });
    Array.prototype.forEach.call(next.attributes, function (attribute) {
      if (kept.indexOf(attribute.name) >= 0) return;
      if (old.getAttribute(attribute.name) !== attribute.value) old.setAttribute(attribute.name, attribute.value);
    });
  }

  // Notes for a tree of what was served, and for all in it, what of the page shows it.
  /** @param {Node} served @param {Node} live */
  function pair(served, live) {
    lives.set(served, live);
    known.add(live);
    for (var i = 0; i < served.childNodes.length; i += 1) pair(served.childNodes[i], live.childNodes[i]);
  }

  /** @param {Node} served @param {Node} next */
  function pass(served, next) {
    lives.set(next, lives.get(served));
    for (var i = 0; i < served.childNodes.length; i += 1) pass(served.childNodes[i], next.childNodes[i]);
  }

  // Undoes what scripts did to the children of something: what they put there goes, the rest stands as it was served.
  // What they added to the body, such as the dialog of the search, stays.
  /** @param {Element} live @param {any[]} from */
  function restore(live, from) {
    if (live !== document.body) {
      Array.prototype.slice.call(live.childNodes).forEach(function (child) { if (!known.has(child)) child.remove(); });
    }
    var at = live.firstChild;
    from.forEach(function (served) {
      var child = lives.get(served);
      while (at && !known.has(at)) at = at.nextSibling;
      if (at && child === at) at = at.nextSibling; else live.insertBefore(child, at);
      if (child.nodeType === 1 && child.hidden && !served.hidden) child.hidden = false;
    });
  }

  /** @param {any} a @param {any} b */
  function alike(a, b) {
    return a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.nodeType !== 1 || (a.id || "") === (b.id || ""));
  }

  // Where one of the next few that is equal stands; -1 when there is none. A line break is like any other: none is looked
  // for further on.
  /** @param {Node[]} list @param {number} from @param {number} to @param {Node} node */
  function equal(list, from, to, node) {
    var last = Math.min(to, from + (isBlank(node) ? 1 : 20));
    for (var i = from; i < last; i += 1) if (list[i].isEqualNode(node)) return i;
    return -1;
  }

  // What stays keeps its place in the tree, so that the page does not move and what the reader opened stays open. What
  // was served before is compared, not what became of it: what is as it was is not touched.
  /** @param {Node} served @param {any} next */
  function morph(served, next) {
    if (served.isEqualNode(next)) return pass(served, next);
    var live = lives.get(served);
    lives.set(next, live);
    if (live.nodeType !== 1) {
      live.nodeValue = next.nodeValue;
      return;
    }
    attributes(live, next, live.nodeName === "DETAILS" ? ["open"] : []);
    var from = Array.prototype.slice.call(served.childNodes);
    var to = Array.prototype.slice.call(next.childNodes);
    restore(live, from);
    // What is the same at either end is what most changes leave: only what lies between is looked at.
    var at = 0;
    var end = from.length;
    var until = to.length;
    for (; at < end && at < until && from[at].isEqualNode(to[at]); at += 1) pass(from[at], to[at]);
    var begin = at;
    for (; end > at && until > at && from[end - 1].isEqualNode(to[until - 1]); end -= 1, until -= 1) {
      pass(from[end - 1], to[until - 1]);
    }
    var last = at ? lives.get(from[at - 1]) : null;
    for (var index = begin; index < until; index += 1) {
      var child = to[index];
      // The next of those that are left that is like it; what stands before it is gone.
      var found = equal(from, at, end, child);
      if (found < 0 && at < end && alike(from[at], child) && equal(to, index + 1, until, from[at]) < 0) found = at;
      if (found < 0) {
        var fresh = document.importNode(child, true);
        pair(child, fresh);
        live.insertBefore(fresh, at < from.length ? lives.get(from[at]) : last && last.nextSibling);
        last = fresh;
      } else {
        for (; at < found; at += 1) lives.get(from[at]).remove();
        last = lives.get(from[at]);
        morph(from[at], child);
        at += 1;
      }
    }
    for (; at < end; at += 1) lives.get(from[at]).remove();
  }

  // Notes what is in sight; returns what scrolls it to where it was. Browsers do so themselves, but not where a column
  // beside the text reaches all the way down.
  function place() {
    if (!window.scrollY) return function () { /* who stands at the top stays there */ };
    var top = function (/** @type {Element} */ element) { return element.getBoundingClientRect().top; };
    /** @type {{ element: Element, top: number }[]} */
    var seen = [];
    each("main :is(h1, h2, h3, h4, h5, h6, p, li, dt, dd, tr, pre)", function (element) {
      // What is fixed moves with the window.
      if (seen.length > 50 || element.closest("nav")) return;
      var box = element.getBoundingClientRect();
      if (box.height && box.bottom > 0 && box.top < window.innerHeight) seen.push({ element: element, top: box.top });
    });
    /** @type {number | null} */
    var last = null;
    document.documentElement.style.overflowAnchor = "none";
    return function () {
      if (last !== null && last !== window.scrollY) return;
      var moves = seen.filter(function (one) { return one.element.isConnected; }).map(function (one) {
        return top(one.element) - one.top;
      }).sort(function (a, b) { return a - b; });
      if (moves.length) window.scrollBy({ top: moves[moves.length >> 1], behavior: "instant" });
      last = window.scrollY;
    };
  }

  // Notes what has the focus; returns what puts it back there, or to what the portal's scripts made anew in its place.
  function reader() {
    /** @type {any} */
    var focus = document.activeElement;
    var range = focus.matches("input") ? [focus.selectionStart, focus.selectionEnd] : null;
    var focusHead = focus.closest("th");
    return function () {
      var anew = focusHead ? focusHead.querySelector("button") : focus.id && document.getElementById(focus.id);
      var target = focus.isConnected ? focus : anew;
      if (!target || target === document.activeElement || target === document.body) return;
      target.focus({ preventScroll: true });
      if (range && range[0] !== null) target.setSelectionRange(range[0], range[1]);
    };
  }

  wait();
}());
