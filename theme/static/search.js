// The search of the portal as readers see it: a dialog on every page, the page of results, and marks on the page that a
// hit leads to. search-engine.js loads what answers; titles answer while it does.
(function () {
  "use strict";
  var loading = window.clausebookSearch && window.clausebookSearch.loading;
  if (!loading) return;
  var opener = /** @type {HTMLAnchorElement} */ (document.querySelector("[data-search]"));
  var root = loading.root;

  // ---- What is asked and what is shown ------------------------------------------------------------------------------

  /** @param {string} key @param {{ [name: string]: string | number }} [values] */
  function say(key, values) {
    var text = (loading.words() || {})[key] || "";
    return text.replace(/\{(\w+)\}/g, function (whole, name) { return values && name in values ? String(values[name]) : whole; });
  }

  /** @type {Clausebook.Make} */
  function make(name, kind, text) {
    var element = document.createElement(name);
    if (kind) element.className = kind;
    if (text) element.textContent = text;
    return element;
  }

  // A snippet is text in which nothing but `mark` is HTML.
  /** @param {string} snippet @param {Element} into */
  function marked(snippet, into) {
    /** @type {string[]} */
    var words = [];
    snippet.split(/(<mark>.*?<\/mark>)/).forEach(function (part) {
      var mark = /^<mark>(.*)<\/mark>$/.exec(part);
      var text = (mark ? mark[1] : part).replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, "\"").replace(/&amp;/g, "&");
      if (mark) {
        into.appendChild(make("mark", "", text));
        var word = text.toLowerCase();
        if (words.indexOf(word) < 0) words.push(word);
      } else if (text) {
        into.appendChild(document.createTextNode(text));
      }
    });
    return words;
  }

  /** @param {string} url @param {string[]} words */
  function address(url, words) {
    var parts = url.split("#");
    var query = words.length ? "?highlight=" + words.map(encodeURIComponent).join("+") : "";
    return root + parts[0] + query + (parts[1] ? "#" + parts[1] : "");
  }

  /** @param {string} kind @param {string} text */
  function badge(kind, text) {
    var element = make("span", "badge " + kind);
    element.append(window.clausebook.sign(kind), make("span", "", text));
    return element;
  }

  // One page with its sections. `link` makes the element that leads to each.
  /** @param {Clausebook.Hit[]} hits @param {(href: string, further: boolean) => Element} link */
  function page(hits, link) {
    var first = hits[0];
    var item = make("li", "hit");
    // What a standard says may be in another language than the portal.
    var language = say("language." + first.url.replace(/[^/]*$/, ""));
    /** @type {string[]} */
    var words = [];
    var texts = hits.map(function (hit) {
      var text = make("span", "snippet");
      if (language) text.lang = language;
      marked(hit.snippet, text).forEach(function (word) { if (words.indexOf(word) < 0) words.push(word); });
      return text;
    });
    hits.forEach(function (hit, index) {
      var whole = link(address(hit.url, words), index > 0);
      if (index === 0) {
        var head = make("span", "hit-head");
        var title = make("strong", "", first.page_title);
        if (language) title.lang = language;
        head.appendChild(title);
        whole.appendChild(head);
        var facts = make("span", "hit-facts");
        facts.appendChild(make("span", "", say("type." + first.type) || first.type));
        if (first.reference) facts.appendChild(make("span", "ref", first.reference));
        if (first.version) facts.appendChild(make("span", "", say("version", { version: first.version })));
        if (first.status) facts.appendChild(badge(first.status, say("status." + first.status)));
        if (first.review && first.review !== "exempt") facts.appendChild(badge(first.review, say("review." + first.review)));
        if (first.status && !first.in_force) facts.appendChild(make("span", "mark", say("not_in_force")));
        if (first.tier === "fuzzy") facts.appendChild(make("span", "mark", say("like")));
        whole.appendChild(facts);
      }
      var crumbs = index === 0 ? [first.crumbs] : [];
      if (hit.section) crumbs.push(hit.section); else if (index > 0) crumbs.push(hit.page_title);
      whole.appendChild(make("span", "hit-crumbs", crumbs.filter(Boolean).join(" › ")));
      if (hit.snippet) whole.appendChild(texts[index]);
      item.appendChild(whole);
    });
    return item;
  }

  /** @param {Clausebook.Hit[]} hits */
  function byPage(hits) {
    /** @type {Clausebook.Hit[][]} */
    var pages = [];
    hits.forEach(function (hit) {
      var last = pages[pages.length - 1];
      if (last && last[0].url.split("#")[0] === hit.url.split("#")[0]) last.push(hit); else pages.push([hit]);
    });
    return pages;
  }

  // A plain match over titles: what there is before the engine is loaded, and without one.
  /** @param {string} text @param {number} limit */
  function inTitles(text, limit) {
    var words = text.toLowerCase().split(/\s+/).filter(Boolean);
    var titles = loading.titles();
    if (!titles || !words.length) return [];
    var glossary = "";
    var today = loading.today();
    /** @type {Clausebook.Hit[]} */
    var found = [];
    titles.forEach(function (entry) {
      var term = entry[2] === "term" && !/\.html$/.test(entry[1]);
      if (entry[2] === "term" && !term) glossary = entry[1];
      var name = (entry[0] + " " + entry[3]).toLowerCase();
      if (entry[4] === "retired" || !words.every(function (word) { return name.indexOf(word) >= 0; })) return;
      found.push({
        title: entry[0], page_title: entry[0], section: null, type: entry[2], reference: entry[3] || null,
        url: term ? glossary + "#" + entry[1] : entry[1], status: entry[4] || null, version: null, review: null,
        in_force: !entry[4] || entry[4] === "approved" && entry[5] > 0 && entry[5] <= today, crumbs: "", snippet: "", tier: "title"
      });
    });
    found.sort(function (a, b) { return (a.in_force ? 0 : 1) - (b.in_force ? 0 : 1); });
    return found.slice(0, limit);
  }

  // ---- Recent searches, kept in this browser only -------------------------------------------------------------------

  /** @returns {string[]} */
  function recent() {
    try {
      // Whatever else lies on this server may have written there.
      var list = JSON.parse(String(localStorage.getItem("clausebook-recent")));
      return Array.isArray(list) ? list.filter(function (text) { return typeof text === "string"; }) : [];
    } catch (error) {
      return [];
    }
  }
  /** @param {string} text */
  function remember(text) {
    text = text.trim();
    if (!text) return;
    var list = recent().filter(function (known) { return known !== text; });
    list.unshift(text);
    try { localStorage.setItem("clausebook-recent", JSON.stringify(list.slice(0, 6))); } catch (error) { /* not kept */ }
  }
  function forget() {
    try { localStorage.removeItem("clausebook-recent"); } catch (error) { /* nothing was kept */ }
  }

  // ---- A box with its results: in the dialog and on the page of results ----------------------------------------------

  /** @param {HTMLInputElement} input @param {HTMLElement} list @param {HTMLElement} status @param {Clausebook.Box} options */
  function box(input, list, status, options) {
    /** @type {HTMLAnchorElement[]} */
    var shown = [];
    var active = -1;
    // Half a letter cannot be sent or kept.
    function typed() { return input.value.replace(/[\ud800-\udfff]/gu, "\ufffd"); }

    // It stands behind the list: a list of options has nothing else in it.
    var clear = make("button", "plain", say("forget"));
    clear.type = "button";
    clear.hidden = true;
    clear.addEventListener("click", function () { forget(); showRecent(); input.focus(); });
    if (options.listbox) list.after(clear);

    /** @param {number} index */
    function choose(index) {
      if (shown[active]) shown[active].removeAttribute("aria-selected");
      active = index;
      if (!shown[active]) {
        input.removeAttribute("aria-activedescendant");
        return;
      }
      shown[active].setAttribute("aria-selected", "true");
      shown[active].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", shown[active].id);
    }

    /** @param {string} href @param {boolean} further @param {(event: Event) => void} [chosen] */
    function link(href, further, chosen) {
      var element = make("a", further ? "hit-link further" : "hit-link");
      element.href = href;
      if (options.listbox) {
        element.id = list.id + "-" + shown.length;
        element.setAttribute("role", "option");
        element.tabIndex = -1;
      }
      element.addEventListener("click", chosen || function () { remember(typed()); if (options.left) options.left(); });
      shown.push(element);
      return element;
    }

    // Whether there is anything to choose from. On the page the other ways stand where there is nothing, or not all.
    /** @param {boolean} [waits] */
    function told(waits) {
      if (options.listbox) input.setAttribute("aria-expanded", String(shown.length > 0));
      else document.documentElement.toggleAttribute("data-asked", loading.state() !== "failed" && (waits || shown.length > 0));
    }

    function empty() {
      list.textContent = "";
      clear.hidden = true;
      shown = [];
      choose(-1);
    }

    /** @param {Clausebook.Hit[]} hits @param {boolean} more @param {boolean} whole */
    function show(hits, more, whole) {
      empty();
      var pages = byPage(hits);
      pages.forEach(function (hits) {
        var item = page(hits, link);
        if (options.listbox) item.setAttribute("role", "presentation");
        list.appendChild(item);
      });
      told(!whole);
      var count = pages.length === 1 ? say("one") : say("many", { pages: pages.length + (more ? "+" : "") });
      var text = pages.length ? count : say("nothing");
      if (loading.state() === "failed") text = loading.titles() ? say("titles_only") + " " + text : say("failed");
      else if (!whole) text = say("loading");
      status.textContent = text;
    }

    function showRecent() {
      empty();
      told();
      status.textContent = loading.state() === "failed" ? say(loading.titles() ? "titles_only" : "failed") : "";
      if (!options.listbox) return;
      var list_ = recent();
      list_.forEach(function (text) {
        var item = make("li", "hit recent");
        item.setAttribute("role", "presentation");
        var element = link("#", false, function (event) {
          event.preventDefault();
          input.value = text;
          search();
          input.focus();
        });
        element.textContent = text;
        item.appendChild(element);
        list.appendChild(item);
      });
      told();
      clear.hidden = !list_.length;
      if (list_.length) status.textContent = say("recent");
    }

    function search() {
      var filters = options.filters ? options.filters() : "";
      var text = typed();
      if (options.changed) options.changed(text);
      if (!loading.words()) return;
      if (!text.trim() && !filters) {
        loading.drop();
        showRecent();
        return;
      }
      if (loading.state() !== "ready") show(inTitles(text, options.limit), false, false);
      if (loading.state() === "failed") return;
      loading.ask({
        text: text, filters: filters, limit: options.limit,
        done: function (answer) { if (answer.query === typed()) show(answer.hits, answer.more, true); }
      });
    }

    // Between two letters of a quick typist nothing is asked: each answer may load pieces of the index.
    var rest = 0;
    input.addEventListener("input", function () {
      clearTimeout(rest);
      rest = setTimeout(search, 70);
    });
    input.addEventListener("keydown", function (event) {
      if (!options.listbox || event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        var next = event.key === "ArrowDown" ? active + 1 : Math.max(active, 0) + shown.length - 1;
        if (shown.length) choose(next % shown.length);
      } else if (event.key === "Escape") {
        // Of itself the first one would but empty the box.
        event.preventDefault();
        if (options.left) options.left();
      } else if (event.key === "Enter") {
        event.preventDefault();
        if (shown[Math.max(active, 0)]) shown[Math.max(active, 0)].click();
      }
    });
    // What was searched before stays as it is, and with it what the reader has chosen there.
    loading.listen(function () { if (!list.querySelector(".recent")) search(); });
    return { search: search };
  }

  // ---- The dialog ---------------------------------------------------------------------------------------------------

  // Nothing until it is built.
  /** @type {HTMLDialogElement} */
  var dialog;
  function build() {
    dialog = make("dialog", "search");
    dialog.id = "cb-search";
    dialog.setAttribute("aria-label", say("label"));
    var form = make("form", "search-form");
    form.method = "dialog";
    form.setAttribute("role", "search");
    var label = make("label", "unseen", say("label"));
    label.htmlFor = "cb-search-box";
    var input = make("input");
    input.type = "search";
    input.id = "cb-search-box";
    input.autocomplete = "off";
    input.spellcheck = false;
    input.placeholder = say("placeholder");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", "cb-search-list");
    var close = make("button", "plain", say("close"));
    close.type = "button";
    close.addEventListener("click", function () { dialog.close(); });
    form.append(label, input, close);
    var status = make("p", "search-status");
    status.setAttribute("role", "status");
    var list = make("ul", "hits");
    list.id = "cb-search-list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", say("results"));
    // What scrolls could be focused, and the arrows choose from the box.
    list.tabIndex = -1;
    var foot = make("p", "search-foot");
    var all = make("a", "", say("all"));
    all.href = root + "search.html";
    foot.append(make("span", "keys", say("keys")), all);
    dialog.append(form, status, list, foot);
    dialog.addEventListener("click", function (event) { if (event.target === dialog) dialog.close(); });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    document.body.appendChild(dialog);
    var boxed = box(input, list, status, {
      listbox: true, limit: 8, left: function () { dialog.close(); },
      changed: function (text) { all.href = root + "search.html" + (text.trim() ? "?q=" + encodeURIComponent(text) : ""); }
    });
    boxed.search();
    return input;
  }

  // What was typed before the box was there goes into it, as if it had been typed there.
  /** @param {HTMLInputElement} input @param {string} text */
  function put(input, text) {
    if (!text) return;
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** @param {() => string} typed takes what was typed so far. */
  function open(typed) {
    if (document.getElementById("cb-results")) {
      var asked = /** @type {HTMLInputElement} */ (document.getElementById("cb-q"));
      asked.focus();
      put(asked, typed());
      return;
    }
    loading.told().then(function () {
      if (!dialog) build();
      if (!dialog.open) dialog.showModal();
      var input = /** @type {HTMLInputElement} */ (document.getElementById("cb-search-box"));
      input.focus();
      input.select();
      put(input, typed());
    }).catch(function () {
      var text = typed();
      location.href = opener.href + (text && "?q=" + encodeURIComponent(text));
    });
  }

  // portal.js, which loads this script when the search is first wanted, opens it.
  opener.addEventListener("focus", loading.begin);
  window.clausebookSearch.open = open;

  // ---- The page of results -------------------------------------------------------------------------------------------

  var results = document.getElementById("cb-results");
  if (results) {
    var failed = results.getAttribute("data-failed");
    var form = document.getElementById("cb-search-form");
    var input = document.getElementById("cb-q");
    var names = ["type", "owner", "status", "clause"];
    var asked = new URLSearchParams(location.search);
    input.value = asked.get("q") || "";
    names.forEach(function (name) {
      var value = asked.get(name);
      if (value) form.elements[name].value = value;
    });
    var boxed = box(input, results, document.getElementById("cb-results-status"), {
      limit: 50,
      filters: function () {
        var chosen = names.filter(function (name) { return form.elements[name].value.trim(); });
        return chosen.map(function (name) {
          return name + ":\"" + form.elements[name].value.replace(/"/g, " ") + "\"";
        }).join(" ");
      },
      changed: function () {
        var state = new URLSearchParams();
        ["q"].concat(names).forEach(function (name) { if (form.elements[name].value) state.set(name, form.elements[name].value); });
        try { history.replaceState(null, "", state.toString() ? "?" + state : location.pathname); } catch (error) { /* from disk it may fail */ }
      }
    });
    form.addEventListener("submit", function (event) { event.preventDefault(); remember(input.value); boxed.search(); });
    names.forEach(function (name) { form.elements[name].addEventListener("input", boxed.search); });
    loading.told().then(boxed.search, function () {
      document.documentElement.removeAttribute("data-asked");
      document.getElementById("cb-results-status").textContent = failed;
    });
  }

  // ---- Marks on the page that a hit leads to --------------------------------------------------------------------------

  var words = (new URLSearchParams(location.search).get("highlight") || "").toLowerCase().split(/[\s+]+/).filter(Boolean).slice(0, 12);
  if (words.length) {
    var within = /** @type {HTMLElement} */ (document.querySelector("main"));
    var letters = words.map(function (word) { return word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"); });
    var pattern = new RegExp("(^|[^\\p{L}\\p{N}])(" + letters.join("|") + ")(?![\\p{L}\\p{N}])", "giu");
    var walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
    var nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    var count = 0;
    nodes.forEach(function (node) {
      var parent = node.parentElement;
      if (!parent || count > 400 || /^(script|style|mark)$/i.test(parent.tagName) || parent.closest("svg")) return;
      var text = node.nodeValue || "";
      var at = 0;
      var parts = document.createDocumentFragment();
      text.replace(pattern, function (whole, before, word, from) {
        var start = from + before.length;
        parts.appendChild(document.createTextNode(text.slice(at, start)));
        parts.appendChild(make("mark", "found", word));
        at = start + word.length;
        count += 1;
        return whole;
      });
      if (!at) return;
      parts.appendChild(document.createTextNode(text.slice(at)));
      parent.replaceChild(parts, node);
    });
  }
}());
