/* Ring map: the overlay. A veil over the picture, and on it what belongs to one body: its ties, one of its shortest routes
   to the centre, and the bodies at the other ends. */
(function () {
  "use strict";

  const map = window.ringmap = window.ringmap || {};
  const VEIL = "rgba(255,255,255,.74)";
  const LARGE_TIE = "#c2410c"; // the orange of the numbered discs, dark enough for a line

  function light(ring) {
    const g = ring.context(ring.over);
    g.clearRect(0, 0, ring.width, ring.height);
    const item = ring.lit >= 0 ? ring.lit : ring.selected;
    if (item < 0 || !ring.view) return;
    veil(g, ring);
    ties(g, ring, item);
    route(g, ring, item);
    for (const other of ring.picture.neighboursOf(item)) end(g, ring, other, map.draw.COLOUR.lit);
    focus(g, ring, item);
  }

  /** Over the circle only: the labels around it stay as dark as they are. */
  function veil(g, ring) {
    g.fillStyle = VEIL;
    g.beginPath();
    map.draw.circle(g, ring.view.tx, ring.view.ty, ring.picture.json.outer * ring.view.k + 1);
    g.fill();
  }

  function ties(g, ring, item) {
    g.strokeStyle = ring.picture.isLarge(item) ? LARGE_TIE : map.draw.COLOUR.lit;
    g.lineWidth = 1.4;
    g.globalAlpha = 0.85;
    g.beginPath();
    for (const other of ring.picture.neighboursOf(item)) map.draw.tieCurve(g, ring.view, ring.picture, item, other);
    g.stroke();
    g.globalAlpha = 1;
  }

  function route(g, ring, item) {
    const bodies = ring.picture.route(item);
    g.strokeStyle = map.draw.COLOUR.ink;
    g.lineWidth = 3;
    g.beginPath();
    for (let k = 1; k < bodies.length; k++) map.draw.tieCurve(g, ring.view, ring.picture, bodies[k], bodies[k - 1]);
    g.stroke();
    for (const body of bodies.slice(1)) end(g, ring, body, map.draw.COLOUR.ink);
  }

  /** A body at the end of a lit tie. */
  function end(g, ring, item, colour) {
    const { view, picture, spots } = ring;
    if (spots.has(item)) return map.draw.largeDisc(g, view, picture, spots.get(item), false);
    if (item === picture.json.centre) return map.draw.centreDisc(g, view, picture);
    const at = ring.at(item);
    map.draw.disc(g, at.x, at.y, Math.max(3, map.draw.discRadius(view, picture, item)), colour, map.draw.COLOUR.white, 1);
  }

  /** The body itself, on a yellow ground with a dark edge. */
  function focus(g, ring, item) {
    const at = ring.at(item);
    const { COLOUR, disc, discRadius } = map.draw;
    const radius = Math.max(6, discRadius(ring.view, ring.picture, item));
    disc(g, at.x, at.y, radius + 6, COLOUR.yellow, COLOUR.ink, 2);
    if (ring.spots.has(item) || item === ring.picture.json.centre) end(g, ring, item);
    else disc(g, at.x, at.y, radius, COLOUR.blue, COLOUR.ink, 2);
  }

  map.light = light;
})();
