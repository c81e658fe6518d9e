/* "View as a table" opens by itself where the page is narrow, for figures that say so: <details data-open-when-narrow>. */
(function () {
  "use strict";

  const narrow = window.matchMedia("(max-width: 700px)");
  const seen = new WeakSet();

  /** Opens each such table once; a reader may close it again. */
  function open() {
    if (!narrow.matches) return;
    document.querySelectorAll("details[data-open-when-narrow]").forEach((details) => {
      if (!seen.has(details)) details.open = true;
      seen.add(details);
    });
  }

  narrow.addEventListener("change", open);
  new MutationObserver(open).observe(document.documentElement, { childList: true, subtree: true });
  open();
})();
