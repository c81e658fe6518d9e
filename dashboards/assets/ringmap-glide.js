/* Ring map: dots glide from one picture to another. A map with data-ring-to holds two pictures, "before" and "after";
   any two pictures of one map glide into each other, so that a reader sees who moved and where to.
   Bodies, wedges and rings move together. Who is new grows in its place; who is gone is gone at once. */
(function () {
  "use strict";

  const map = window.ringmap = window.ringmap || {};
  const STILL = window.matchMedia("(prefers-reduced-motion: reduce)");
  const MS = 700;
  const LOOK = 400; // how long "before" is seen before the dots set off by themselves (ms)
  const MOST = 6000; // more bodies than this jump to their places

  const between = (one, other, share) => one + (other - one) * share;

  /** Does going from one picture to another take time here, or is the other one shown at once? */
  function moves(before, after) {
    return Boolean(before && before.n && after.n && after.n <= MOST && !STILL.matches);
  }

  /** Rings and wedges on the way: those of the later picture, which start where the earlier picture has the same one. */
  function ground(before, after) {
    const ringOf = new Map(before.json.bands.map((band) => [band.ring, band]));
    const wedgeOf = new Map(before.json.wedges.map((wedge) => [wedge.sector, wedge]));
    const bands = after.json.bands.map((band) => [ringOf.get(band.ring) || band, band]);
    const wedges = after.json.wedges.map((wedge) => [wedgeOf.get(wedge.sector) || wedge, wedge]);
    return (share) => ({
      bands: bands.map(([one, other]) => ({ ...other, line: between(one.line, other.line, share) })),
      wedges: wedges.map(([one, other]) => ({ ...other, start: between(one.start, other.start, share), span: between(one.span, other.span, share) })),
    });
  }

  /** Where each item of the later picture starts: x, y and radius. */
  function starts(before, after) {
    return after.pickOf.map((pick, item) => {
      const old = before.itemOf.get(pick);
      return old === undefined ? [after.x[item], after.y[item], 0] : [before.x[old], before.y[old], before.radius[old]];
    });
  }

  /** Moves what `ring` shows from the picture `before`, frame by frame; calls `done` once everything has come to rest. */
  function glide(ring, before, done) {
    const picture = ring.picture;
    const goal = { x: picture.x, y: picture.y, radius: picture.radius };
    const from = starts(before, picture);
    const groundAt = ground(before, picture);
    for (const name of ["x", "y", "radius"]) picture[name] = goal[name].slice();
    const begun = performance.now();
    const step = () => {
      if (ring.picture !== picture) return Object.assign(picture, goal, { moving: null });
      const time = Math.min(1, (performance.now() - begun) / MS);
      const share = time < 0.5 ? 4 * time ** 3 : 1 - (2 - 2 * time) ** 3 / 2; // slow, fast, slow
      from.forEach(([x, y, radius], item) => {
        picture.x[item] = between(x, goal.x[item], share);
        picture.y[item] = between(y, goal.y[item], share);
        picture.radius[item] = between(radius, goal.radius[item], share);
      });
      picture.moving = time < 1 ? groundAt(share) : null;
      ring.gliding = time < 1;
      ring.draw();
      if (ring.gliding) requestAnimationFrame(step);
      else done();
    };
    step();
  }

  /* ---- two pictures of one map ---- */

  /** The second picture has come: kept, and glided to unless the page wants to begin with the first. */
  function cameTo(ring, picture) {
    ring.ends = { before: ring.picture, after: picture };
    ring.host.dataset.ringShows = "before";
    refreshButtons(ring);
    const ends = ring.ends;
    if (ring.host.dataset.ringBegin === "before") return tell(ring, "ringmap:glided", { to: "before" });
    return setTimeout(() => ring.ends === ends && turn(ring, "after"), moves(ring.picture, picture) ? LOOK : 0);
  }

  /** Shows the picture "before" or "after"; tells the page when the dots set off and when they have come to rest. */
  function turn(ring, to) {
    if (!ring.ends || !ring.ends[to] || ring.host.dataset.ringShows === to) return;
    const picture = ring.ends[to];
    tell(ring, "ringmap:gliding", { to, ms: moves(ring.picture, picture) ? MS : 0 });
    ring.host.dataset.ringShows = to;
    ring.show(picture, () => tell(ring, "ringmap:glided", { to }));
    refreshButtons(ring);
  }

  function tell(ring, name, detail) {
    ring.host.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }

  function refreshButtons(ring) {
    document.querySelectorAll("button[data-ring-glide]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.ringGlide === ring.host.dataset.ringShows));
    });
  }

  map.glide = { cameTo, glide, moves, refreshButtons, turn };
})();
