// Wakes the design system, and tells the style sheet that scripts run. Everything works without this file.
(function () {
  "use strict";
  document.documentElement.classList.add("hel-scripted");

  function wake(scope) {
    if (window.DKFDS) window.DKFDS.init(scope ? { scope: scope } : undefined);
    (scope || document).querySelectorAll("[data-scroll-to]").forEach(function (box) {
      box.scrollLeft = Number(box.dataset.scrollTo) - box.clientWidth / 2;
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    wake();
    document.querySelectorAll("[data-open]").forEach(function (button) {
      button.addEventListener("click", function () { document.getElementById(button.dataset.open).showModal(); });
    });
    document.body.addEventListener("change", function (event) {
      if (event.target.matches("select[data-send]")) event.target.form.requestSubmit();
    });
    document.body.addEventListener("htmx:afterSwap", function (event) { wake(event.detail.target); });
  });
})();
