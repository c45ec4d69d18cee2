// What the reader chose, before anything is painted.
(function () {
  "use strict";
  try {
    const theme = localStorage.getItem("clausebook-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch (error) { /* what the system asks for */ }
}());
