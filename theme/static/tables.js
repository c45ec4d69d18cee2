// Tables that sort, filter and go out as CSV. What is asked of them stands in the address, so that a link shows the same
// rows. Without it all rows are there.
(function () {
  "use strict";
  if (!window.clausebook) return;
  const { say, make, button, each, tell } = window.clausebook;
  // From so many rows on there are filters; up to so many values of a column are a list to choose from.
  const LONG = 8;
  const FEW = 12;
  let made = 0;
  // Made when something is sorted: it takes longer than all else here, and most pages sort nothing.
  /** @type {Intl.Collator | undefined} */
  let collator;

  /** The text of a cell, without what scripts added and what is not shown. @param {Element} cell */
  function plain(cell) {
    const more = ".stale-note, [hidden]";
    if (cell.firstElementChild && cell.querySelector(more)) {
      cell = /** @type {Element} */ (cell.cloneNode(true));
      cell.querySelectorAll(more).forEach((part) => part.remove());
    }
    return String(cell.textContent).replace(/\s+/g, " ").trim();
  }

  /** @param {HTMLTableElement} table */
  function manage(table) {
    const body = table.tBodies[0];
    const frame = /** @type {HTMLElement} */ (table.parentElement);
    const title = table.caption ? plain(table.caption) : document.title;
    const id = "cb-filter-" + made;
    const prefix = "t" + (made += 1) + ".";
    // In the order of the document, and the texts of each column as far as they were asked for; those of whole rows are
    // column -1.
    let rows = Array.from(body.rows);
    let heads = Array.from(table.rows[0].cells);
    let names = heads.map(plain);
    /** @type {Record<number, string[]>} */
    let texts = {};
    /** @type {Record<number, string[]>} */
    let lowered = {};
    let by = -1;
    let down = false;
    let later = 0;
    let mute = false;

    /** @param {number} at @returns {string[]} */
    function column(at) {
      return texts[at] = texts[at] || rows.map((row, line) => at < 0 ? heads.map((_, cell) => column(cell)[line]).join("\n")
        : row.cells[at] ? plain(row.cells[at]) : "");
    }

    // In one pass; a row that is as it should be is not touched.
    /** @param {Element | null} [kept] */
    function filter(kept) {
      const asked = fields.filter(({ field }) => field.value.trim()).map(({ at, field }) => {
        const text = field.value.toLowerCase();
        lowered[at] = lowered[at] || column(at).map((own) => own.toLowerCase());
        return { texts: lowered[at], text, words: field.localName === "select" ? null : text.split(/\s+/) };
      });
      let shown = 0;
      rows.forEach((row, line) => {
        const fits = row === kept || asked.every(({ texts, text, words }) => words ? words.every((word) => texts[line].includes(word))
          : texts[line] === text);
        if (row.hidden === fits) row.hidden = !fits;
        if (fits) shown += 1;
      });
      const text = say("shown", { n: shown, all: rows.length });
      if (count.textContent !== text) count.textContent = text;
      clear.hidden = !asked.length;
    }

    // The rows in the order of a column.
    /** @param {number} at @param {number} way */
    function ordered(at, way) {
      // The numbers of a register have a point, and commas or spaces between thousands.
      const number = heads[at].classList.contains("number");
      const keys = column(at).map((text, line) => {
        const row = rows[line];
        const key = row.cells[at] && row.cells[at].dataset.sort || text;
        return { row, text, key, value: number ? Number(key.replace(/[\s,]/g, "")) : NaN };
      });
      const { compare } = collator = collator || new Intl.Collator(document.documentElement.lang, { numeric: true });
      // What is empty stands last either way.
      return keys.sort((a, b) => !a.key || !b.key ? Number(!a.key) - Number(!b.key) : way * (a.value - b.value || compare(a.key, b.key)));
    }

    function sort() {
      const sorted = by < 0 ? rows : ordered(by, down ? -1 : 1).map(({ row }) => row);
      heads.forEach((head, at) => {
        if (at === by) head.setAttribute("aria-sort", down ? "descending" : "ascending"); else head.removeAttribute("aria-sort");
      });
      if (sorted.some((row, line) => body.rows[line] !== row)) sorted.forEach((row) => body.append(row));
    }

    function write() {
      clearTimeout(later);
      // What others keep in the address stays.
      const parts = location.search.slice(1).split("&").filter((part) => part && !part.startsWith(prefix));
      try {
        fields.forEach(({ name, field }) => { if (field.value) parts.push(prefix + name + "=" + encodeURIComponent(field.value)); });
        if (by >= 0) parts.push(prefix + "sort=" + (by + 1) + (down ? "d" : ""));
        const query = parts.length ? "?" + parts.join("&") : "";
        history.replaceState(history.state, "", location.href.split(/[?#]/)[0] + query + location.hash);
      } catch (error) {
        // From disk it may fail: then the address has no say any more.
        mute = true;
      }
    }

    function read() {
      if (mute) return;
      const told = new URLSearchParams(rows.length < LONG ? "" : location.search);
      const sorting = new URLSearchParams(location.search).get(prefix + "sort") || "";
      by = heads[parseInt(sorting, 10) - 1] ? parseInt(sorting, 10) - 1 : -1;
      down = sorting.endsWith("d");
      if (Array.from(told.keys()).some((key) => key.startsWith(prefix + "c"))) columns.open = true;
      if (columns.open) fill();
      fields.forEach(({ name, field }) => {
        const value = told.get(prefix + name) || "";
        field.value = value;
        // What is asked for can be seen, also where no row has it.
        if (field.value !== value && field.localName === "select") field.append(new Option(value, value, true, true));
      });
      // The row that the fragment leads to is there, whatever is asked for.
      const target = document.getElementById(location.hash.slice(1));
      const row = target && target.closest("tr");
      filter(row);
      sort();
      if (row && body.contains(row) && (by >= 0 || !clear.hidden)) row.scrollIntoView({ block: "center", behavior: "instant" });
    }

    /** @param {number} at @param {HTMLInputElement | HTMLSelectElement} field @param {string} text */
    function add(at, field, text) {
      field.id = at < 0 ? id : id + "-" + at;
      field.addEventListener("input", () => {
        filter();
        // Not at every letter: browsers refuse what writes too often.
        clearTimeout(later);
        later = setTimeout(write, 250);
      });
      fields.push({ at, name: at < 0 ? "q" : "c" + (at + 1), field });
      const label = make("label", "", text);
      label.htmlFor = field.id;
      return label;
    }

    // Only when they are opened: the values of all columns are read for it.
    function fill() {
      if (fields.length > 1) return;
      columns.append(make("div", "fields", ...names.map((name, at) => {
        // A cell of several values has each of them: words are looked for, not the whole.
        const own = column(at);
        const several = own.some((text) => /[,;] /.test(text));
        const few = !several && new Set(own.concat("")).size <= FEW + 1;
        const values = () => Array.from(new Set(ordered(at, 1).map(({ text }) => text))).filter(Boolean);
        const field = few ? make("select", "", new Option(say("all"), ""), ...values().map((value) => new Option(value))) : make("input");
        field.setAttribute("aria-label", say("filter_column", { column: name }));
        return make("p", "field", add(at, field, name), field);
      })));
    }

    // The rows that are shown, as RFC 4180 has it.
    function download() {
      const lines = Array.from(body.rows).filter((row) => !row.hidden).map((row) => Array.from(row.cells, (cell) => {
        const day = cell.dataset.sort || "";
        return /^\d{4}-\d\d-\d\d$/.test(day) ? day : plain(cell);
      }));
      // What a spreadsheet would take for a formula begins with an apostrophe.
      const text = [names].concat(lines).map((cells) => cells.map((cell) =>
        "\"" + cell.replace(/^[=+\-@\t\r\n＝＋－＠]/, "'$&").replace(/"/g, "\"\"") + "\"").join(",") + "\r\n").join("");
      const link = make("a");
      link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
      link.download = title.replace(/[\\/:*?"<>|]+/g, " ") + ".csv";
      link.click();
      setTimeout(URL.revokeObjectURL, 9999, link.href);
    }

    /** @type {{ at: number, name: string, field: HTMLInputElement | HTMLSelectElement }[]} */
    const fields = [];
    const input = make("input");
    input.type = "search";
    const label = add(-1, input, say("filter"));
    const count = make("span", "count");
    count.setAttribute("role", "status");
    const clear = button("plain", say("clear"), () => {
      fields.forEach(({ field }) => { field.value = ""; });
      filter();
      write();
      input.focus();
    });
    const csv = button("plain", say("csv"), download);
    const summary = make("summary", "", say("columns"));
    const columns = make("details", "filters", summary);
    columns.addEventListener("toggle", fill);
    const box = make("div");
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", title);
    box.addEventListener("change", write);

    return {
      read,
      look() {
        // Where anything in here was changed the box is gone: it was not in the page that came.
        if (frame.previousElementSibling === box) return;
        if (box.firstChild) write();
        const known = new Set(rows);
        const found = Array.from(body.rows);
        // Rows that are the same may stand in another order by now.
        if (found.length !== rows.length || found.some((row) => !known.has(row))) rows = found;
        texts = {};
        lowered = {};
        fields.length = 1;
        columns.replaceChildren(summary);
        heads = Array.from(table.rows[0].cells);
        names = heads.map(plain);
        heads.forEach((head, at) => {
          if (head.querySelector("button")) return;
          const sorts = button("", "", () => {
            down = head.getAttribute("aria-sort") === "ascending";
            by = at;
            sort();
            write();
            tell(say(down ? "sorted_down" : "sorted_up", { column: names[at] }));
          });
          sorts.append(...Array.from(head.childNodes));
          head.append(sorts);
        });
        const long = rows.length >= LONG;
        box.className = long ? "filter" : "bar";
        box.replaceChildren(...(long ? [label, input, count, clear, csv, columns] : [csv]));
        frame.before(box);
        read();
      }
    };
  }

  /** @type {Map<HTMLTableElement, ReturnType<typeof manage>>} */
  const managed = new Map();

  function look() {
    each("table[data-sortable]", (/** @type {HTMLTableElement} */ table) => {
      const known = managed.get(table) || manage(table);
      managed.set(table, known);
      known.look();
    });
  }
  const read = () => managed.forEach((table) => table.read());

  look();
  document.addEventListener("clausebook:changed", look);
  window.addEventListener("popstate", read);
  window.addEventListener("hashchange", read);
}());
