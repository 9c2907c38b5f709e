// The work list of hand-overs: tick with "x", tick all on the page, and see how many are ticked. Works without, too.
(function () {
  "use strict";

  function ticks(form) { return Array.from(form.querySelectorAll("[data-choose]")); }

  function told(form) {
    const boxes = ticks(form);
    const number = boxes.filter(function (box) { return box.checked; }).length;
    const line = form.querySelector("[data-choose-number]");
    if (line) line.textContent = number === 0 ? line.dataset.none : number === 1 ? line.dataset.one : line.dataset.many.replace("#", String(number));
    const all = form.querySelector("[data-choose-all]");
    if (all) {
      all.checked = number > 0 && number === boxes.length;
      all.indeterminate = number > 0 && number < boxes.length;
    }
    offered(form, boxes.filter(function (box) { return box.checked; }));
    boxes.forEach(function (box) { box.closest("tr").classList.toggle("hel-ticked", box.checked); });
  }

  // Where the ticked ones wait for different things only what all of them wait for can be done.
  function offered(form, ticked) {
    const buttons = Array.from(form.querySelectorAll("[data-does]"));
    if (buttons.length < 2) return;
    let left = 0;
    buttons.forEach(function (button) {
      const does = ticked.every(function (box) { return box.dataset.can.split(" ").includes(button.dataset.does); });
      button.hidden = !does;
      if (does) {
        button.classList.toggle("button-primary", left === 0);
        button.classList.toggle("button-secondary", left !== 0);
        left += 1;
      }
    });
    const apart = form.querySelector("[data-apart]");
    if (apart) apart.hidden = left > 0;
  }

  function pressed(event) {
    if (event.key !== "x" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (localStorage.getItem("helhed-keys") === "off" || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input[type=text], input[type=search], textarea, select")) return;
    const row = event.target.closest("[data-choosing] tbody tr");
    const box = row && row.querySelector("[data-choose]");
    if (!box) return;
    event.preventDefault();
    box.checked = !box.checked;
    told(box.form);
  }

  document.addEventListener("DOMContentLoaded", function () {
    const form = document.querySelector("[data-choosing]");
    if (!form) return;
    told(form);
    form.addEventListener("change", function (event) {
      if (event.target.matches("[data-choose-all]")) {
        ticks(form).forEach(function (box) { box.checked = event.target.checked; });
      }
      told(form);
    });
    document.addEventListener("keydown", pressed);
  });
})();
