// One-character shortcuts for those who sit with the pages all day. They can be switched off in the overview ("?").
(function () {
  "use strict";
  const KEPT = "helhed-keys";

  function enabled() { return localStorage.getItem(KEPT) !== "off"; }

  function typing(target) { return target.closest("input, textarea, select, [contenteditable]") !== null; }

  function step(forward) {
    const doors = Array.from(document.querySelectorAll("[data-rows] [data-door]"));
    if (doors.length === 0) return;
    const here = doors.indexOf(document.activeElement);
    const next = here < 0 ? (forward ? 0 : doors.length - 1) : Math.min(doors.length - 1, Math.max(0, here + (forward ? 1 : -1)));
    doors[next].focus();
  }

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !enabled() || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "/") {
      const field = document.querySelector("[data-search]");
      if (field) { event.preventDefault(); field.focus(); }
    } else if (event.key === "j" || event.key === "k") {
      step(event.key === "j");
    } else if (event.key === "?") {
      const overview = document.getElementById("keys-dialog");
      if (overview) overview.showModal();
    }
  }

  document.addEventListener("DOMContentLoaded", function () {
    const box = document.getElementById("keys-on");
    if (!box) return;
    box.checked = enabled();
    box.addEventListener("change", function () { localStorage.setItem(KEPT, box.checked ? "on" : "off"); });
    document.addEventListener("keydown", pressed);
  });
})();
