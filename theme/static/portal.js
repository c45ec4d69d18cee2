// What the portal does beyond being read: states past their day, tables that sort and filter. Everything can be
// read without it. It may run again when there is more to do: what it did already stays.
(function () {
  "use strict";
  var html = document.documentElement;

  // The reader's day, for states that hold until a day (contracts 4).
  var now = new Date();
  var today = [now.getFullYear(), ("0" + (now.getMonth() + 1)).slice(-2), ("0" + now.getDate()).slice(-2)].join("-");

  function eachOf(selector, visit) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), visit);
  }

  function grey() {
    // A demonstration is dated: by the reader's clock all of it would be stale.
    if (document.querySelector(".demo")) return;
    eachOf("[data-until]", function (state) {
      if (today < state.getAttribute("data-until") || state.classList.contains("stale")) return;
      state.classList.add("stale");
      var note = document.createElement("span");
      note.className = "stale-note";
      note.textContent = "(" + html.getAttribute("data-stale") + ")";
      state.appendChild(note);
    });
    eachOf("[data-from]", function (banner) {
      if (today >= banner.getAttribute("data-from")) banner.hidden = false;
    });
  }

  function cellKey(row, column) {
    var cell = row.cells[column];
    return cell ? cell.getAttribute("data-sort") || cell.textContent.trim() : "";
  }

  var compare = typeof Intl === "object" ? new Intl.Collator(html.lang, { numeric: true }).compare : function (a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
  };

  function makeSortable(table) {
    var body = table.tBodies[0];
    var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
    heads.forEach(function (head, column) {
      if (head.querySelector("button")) return;
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.textContent = "";
      head.appendChild(button);
      button.addEventListener("click", function () {
        var down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        var rows = Array.prototype.slice.call(body.rows).map(function (row, index) {
          return { row: row, key: cellKey(row, column), index: index };
        });
        rows.sort(function (a, b) {
          // What is empty stands last either way.
          if (!a.key !== !b.key) return a.key ? -1 : 1;
          return (down ? -1 : 1) * compare(a.key, b.key) || a.index - b.index;
        });
        rows.forEach(function (sorted) { body.appendChild(sorted.row); });
      });
    });
  }

  function makeFilter(table, index) {
    var body = table.tBodies[0];
    var frame = table.parentNode;
    var before = frame.previousElementSibling;
    if (body.rows.length < 8 || before && before.classList.contains("filter")) return;
    while (document.getElementById("cb-filter-" + index)) index += 1;
    var box = document.createElement("div");
    box.className = "filter";
    var label = document.createElement("label");
    label.htmlFor = "cb-filter-" + index;
    label.textContent = html.getAttribute("data-filter");
    var input = document.createElement("input");
    input.type = "search";
    input.id = label.htmlFor;
    var count = document.createElement("span");
    count.setAttribute("role", "status");
    count.className = "count";
    box.appendChild(label);
    box.appendChild(input);
    box.appendChild(count);
    frame.parentNode.insertBefore(box, frame);
    var rows = Array.prototype.slice.call(body.rows).map(function (row) {
      return { row: row, text: row.textContent.toLowerCase() };
    });
    input.addEventListener("input", function () {
      var words = input.value.toLowerCase().split(/\s+/);
      var shown = 0;
      rows.forEach(function (entry) {
        var match = words.every(function (word) { return entry.text.indexOf(word) >= 0; });
        entry.row.hidden = !match;
        if (match) shown += 1;
      });
      count.textContent = shown + " / " + rows.length;
    });
  }

  grey();
  var tables = document.querySelectorAll("table[data-sortable]");
  Array.prototype.forEach.call(tables, function (table, index) {
    makeFilter(table, index);
    makeSortable(table);
  });
}());
