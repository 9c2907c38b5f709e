// The workbench: searching in lists, numbers that count while they are typed, and lists that know "whichever".
// Everything works without this file; what changes then has a button.
(function () {
  "use strict";
  const PAUSE = 400;
  const waiting = new WeakMap();

  // A list shows what fits the words typed over it; what is chosen stays in view.
  function narrow(field) {
    const words = field.value.trim().toLowerCase();
    const list = field.closest("fieldset");
    let shown = 0;
    list.querySelectorAll("[data-words]").forEach(function (line) {
      const fits = line.dataset.words.includes(words) || line.querySelector("input").checked;
      line.hidden = !fits;
      if (fits) shown += 1;
    });
    const none = list.querySelector(".hel-found-none");
    if (none) none.hidden = shown > 0;
  }

  // "Whichever" and chosen codes leave each other out, as the server reads them.
  function agree(box) {
    const list = box.closest("[data-pick]");
    if (!list || !box.checked) return;
    const whichever = list.querySelector("[data-whichever]");
    if (box === whichever) {
      list.querySelectorAll("[data-words] input").forEach(function (other) { other.checked = false; });
    } else if (whichever) {
      whichever.checked = false;
    }
  }

  document.addEventListener("input", function (event) {
    if (event.target.matches("[data-find]")) {
      narrow(event.target);
    } else if (event.target.matches("[data-live]")) {
      const field = event.target;
      window.clearTimeout(waiting.get(field));
      waiting.set(field, window.setTimeout(function () {
        field.dispatchEvent(new Event("change", { bubbles: true }));
      }, PAUSE));
    }
  });

  document.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && event.target.matches("[data-find]")) event.preventDefault();
  });

  // Before the form hears of a change: a search and a pasted text are none, and the boxes of a list agree.
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-find], #vaerkbaenk #yaml, #navn, #navn_en, #noegle, #bemaerkning, [name=som]")) {
      event.stopPropagation();
    } else if (event.target.matches("#vaerkbaenk [type=checkbox]")) {
      agree(event.target);
    }
  }, true);
})();
