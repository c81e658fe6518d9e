/* Ring map: mouse, pen, touch and keys. One finger scrolls the page and a tap selects; a mouse drags the picture.
   The wheel zooms only with Ctrl or Command, so that it never keeps a reader from scrolling the page. */
(function () {
  "use strict";

  const map = window.ringmap = window.ringmap || {};
  const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const LINGER = 300; // the tooltip stays this long (ms), so that the pointer can reach it

  function spot(ring, event) {
    const box = ring.over.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  function listen(ring) {
    const over = ring.over;
    over.addEventListener("pointerdown", (event) => press(ring, event));
    over.addEventListener("pointermove", (event) => (ring.drag ? drag(ring, event) : hover(ring, event)));
    over.addEventListener("pointerup", (event) => release(ring, event));
    over.addEventListener("pointercancel", () => { ring.drag = null; });
    over.addEventListener("pointerleave", () => linger(ring));
    over.addEventListener("wheel", (event) => wheel(ring, event), { passive: false });
    ring.tip.addEventListener("pointerenter", () => clearTimeout(ring.leaving));
    ring.tip.addEventListener("pointerleave", () => linger(ring));
    ring.host.addEventListener("keydown", (event) => key(ring, event));
    ring.host.addEventListener("blur", () => ring.point(-1));
  }

  function hover(ring, event) {
    if (event.pointerType === "touch" || !ring.view) return;
    const item = ring.hit(...spot(ring, event));
    if (item < 0) return ring.lit >= 0 ? linger(ring) : undefined;
    clearTimeout(ring.leaving);
    ring.leaving = 0;
    ring.point(item);
  }

  function linger(ring) {
    if (ring.leaving) return;
    ring.leaving = setTimeout(() => { ring.leaving = 0; ring.point(-1); }, LINGER);
  }

  function press(ring, event) {
    if (!ring.view || event.button !== 0) return;
    const [x, y] = spot(ring, event);
    ring.drag = { x, y, tx: ring.view.tx, ty: ring.view.ty, moved: false };
    if (event.pointerType !== "touch") ring.over.setPointerCapture(event.pointerId);
  }

  function drag(ring, event) {
    if (event.pointerType === "touch") return;
    const [x, y] = spot(ring, event);
    const [dx, dy] = [x - ring.drag.x, y - ring.drag.y];
    if (!ring.drag.moved && Math.hypot(dx, dy) < 4) return;
    ring.drag.moved = true;
    ring.over.classList.add("is-dragged");
    ring.move(ring.drag.tx + dx, ring.drag.ty + dy);
  }

  function release(ring, event) {
    const drag = ring.drag;
    ring.drag = null;
    ring.over.classList.remove("is-dragged");
    if (!drag || drag.moved || !ring.view) return;
    const item = ring.hit(...spot(ring, event));
    ring.host.focus({ preventScroll: true });
    ring.select(item < 0 ? "" : ring.picture.pickOf[item], true);
  }

  function wheel(ring, event) {
    if (!(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    ring.zoom(Math.exp(-event.deltaY / 300), ...spot(ring, event));
  }

  function key(ring, event) {
    if (event.target !== ring.host || event.altKey || event.ctrlKey || event.metaKey || !ring.view) return;
    const acts = {
      "+": () => ring.zoom(1.3), "=": () => ring.zoom(1.3), "-": () => ring.zoom(1 / 1.3), "0": () => ring.fit(),
      Home: () => ring.fit(), Escape: () => escape(ring),
      Enter: () => ring.lit >= 0 && ring.select(ring.picture.pickOf[ring.lit], true),
    };
    const direction = DIRECTIONS[event.key];
    if (direction) walk(ring, direction);
    else if (acts[event.key]) acts[event.key]();
    else return;
    event.preventDefault();
  }

  /** Escape first takes away what is lit, then the selection. */
  function escape(ring) {
    if (ring.lit >= 0) ring.point(-1);
    else ring.select("", true);
  }

  /** To the nearest item in a direction; what lies straight ahead counts as nearer than what lies aside. */
  function walk(ring, [dx, dy]) {
    const picture = ring.picture;
    const from = [ring.lit, ring.selected, picture.json.centre, 0].find((item) => item >= 0);
    let [best, least] = [from, Infinity];
    for (let item = 0; item < picture.items; item++) {
      const [x, y] = [picture.x[item] - picture.x[from], picture.y[item] - picture.y[from]];
      const ahead = x * dx + y * dy;
      const cost = ahead + 2.2 * Math.abs(x * dy - y * dx);
      if (ahead > 0.5 && cost < least && ring.shown(item)) [best, least] = [item, cost];
    }
    ring.reveal(best);
    ring.point(best);
    ring.announce(best);
  }

  map.listen = listen;
})();
