// Five minutes before the log-in runs out: a question. Without an answer the server closes the door by itself.
(function () {
  "use strict";
  const WARNING = 5 * 60;
  let timer = null;

  function arm() {
    const seconds = Number(document.body.dataset.sessionEnds || 0);
    if (!seconds) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(function () {
      document.getElementById("session-dialog").showModal();
    }, Math.max(0, seconds - WARNING) * 1000);
  }

  document.addEventListener("DOMContentLoaded", function () {
    const form = document.getElementById("session-form");
    if (!form) return;
    arm();
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" }).then(function (answer) {
        if (answer.redirected || !answer.ok) { window.location.reload(); return; }
        document.getElementById("session-dialog").close();
        arm();
      });
    });
  });
})();
