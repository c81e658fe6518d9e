/* Ring map: the parts that stand in its element, and what it tells assistive technology. The element is an "application"
   because the arrow keys belong to the picture while it has the focus; everything in it is also in the lists and tables of
   the page, where the usual reading keys work. */
(function () {
  "use strict";

  const map = window.ringmap = window.ringmap || {};
  const HELP = "Arrow keys move from one organisation to the next, Enter selects it, Escape clears, plus and minus zoom, 0 shows everything. "
    + "The lists and the table on this page have the same content.";
  let serial = 0;

  function element(tag, className, words) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (words) made.textContent = words;
    return made;
  }

  function canvas(className) {
    const made = element("canvas", className);
    made.setAttribute("aria-hidden", "true");
    return made;
  }

  function zoomBar(acts) {
    const bar = element("div", "ringmap-zoom");
    const buttons = [["+", "Zoom in", acts.zoomIn], ["−", "Zoom out", acts.zoomOut], ["Reset", "Reset: show everything", acts.reset]];
    for (const [words, label, act] of buttons) {
      const button = element("button", "ringmap-zoom-button", words);
      button.type = "button";
      button.setAttribute("aria-label", label);
      button.addEventListener("click", act);
      bar.append(button);
    }
    return bar;
  }

  function describe(host, help) {
    host.classList.add("ringmap");
    host.setAttribute("role", "application");
    host.setAttribute("aria-roledescription", "ring map");
    if (!host.hasAttribute("aria-label") && !host.hasAttribute("aria-labelledby")) host.setAttribute("aria-label", "Ring map of organisations around the centre");
    host.setAttribute("aria-describedby", [host.getAttribute("aria-describedby"), help.id].filter(Boolean).join(" "));
  }

  /** Puts the canvases, the zoom buttons, the note, the tooltip and the live region into `host`, and returns them. */
  function build(host, acts) {
    const help = element("p", "govuk-visually-hidden", HELP);
    help.id = "ringmap-help-" + (++serial);
    const parts = {
      base: canvas("ringmap-canvas"), over: canvas("ringmap-canvas ringmap-over"), bar: zoomBar(acts),
      note: element("p", "ringmap-note"), tip: element("div", "ringmap-tip"), live: element("div", "govuk-visually-hidden"),
    };
    parts.tip.hidden = true;
    parts.note.setAttribute("role", "status");
    parts.live.setAttribute("aria-live", "polite");
    host.replaceChildren(help, ...Object.values(parts));
    describe(host, help);
    return parts;
  }

  Object.assign(map, { build, element });
})();
