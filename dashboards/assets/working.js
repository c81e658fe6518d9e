/* The page that is being worked out: <div data-working="ADDRESS"> asks that address how far the work is, shows it, and
   has the page brought again once the work is over. Without this script the browser comes again by itself. */
(function () {
  "use strict";

  const PAUSE = 400;
  const SPOKEN = 8000; // a reader hears where the work is no more often than this
  let room = null;
  let spoken = 0;

  function look() {
    const found = document.querySelector("[data-working]");
    if (found === room) return;
    room = found;
    if (room) { spoken = Date.now(); setTimeout(ask, PAUSE, room); }
  }

  function ask(asked) {
    if (asked !== room) return;
    fetch(asked.dataset.working, { headers: { Accept: "application/json" } })
      .then((answer) => answer.json())
      .then((progress) => { if (asked === room) show(asked, progress); })
      .catch(() => setTimeout(ask, 5 * PAUSE, asked));
  }

  function show(asked, progress) {
    if (progress.over) {
      document.dispatchEvent(new CustomEvent("page:again"));
      return;
    }
    const words = progress.of ? `${progress.words} (${progress.done.toLocaleString("en-GB")} of ${progress.of.toLocaleString("en-GB")})` : progress.words;
    const step = document.getElementById("working-step");
    const bar = document.getElementById("working-bar");
    if (step && step.textContent !== words) step.textContent = words;
    if (bar && progress.of) { bar.max = progress.of; bar.value = progress.done; }
    if (Date.now() - spoken > SPOKEN) {
      spoken = Date.now();
      const announcement = document.getElementById("announcement");
      if (announcement) announcement.textContent = words;
    }
    setTimeout(ask, PAUSE, asked);
  }

  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
  look();
})();
