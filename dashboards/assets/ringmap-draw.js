/* Ring map: drawing. Plain functions of a canvas context, the picture and the view; no state of their own.
   A view says where the picture stands on the canvas: screen = picture × k + (tx, ty), in CSS pixels. */
(function () {
  "use strict";

  const map = window.ringmap = window.ringmap || {};
  const FULL = 2 * Math.PI;
  const COLOUR = {
    ink: "#0b0c0c", mute: "#484949", grey: "#6b8299", dim: "#d5dce2", tie: "#b3c0cb", line: "#b4c1cc",
    blue: "#12436d", lit: "#2073bc", orange: "#f46a25", plum: "#801650", yellow: "#ffdd00", white: "#ffffff",
    wedges: ["#f1f5f8", "#f8fafb"],
  };
  const DENSE = 8000; // more bodies than this are drawn as a picture of density, without outlines

  const sx = (view, x) => x * view.k + view.tx;
  const sy = (view, y) => y * view.k + view.ty;

  /** How much larger discs get when the view is zoomed: less than the picture, so that they move apart. */
  function growth(view) {
    const zoom = view.k / view.rest;
    return zoom < 1 ? zoom : Math.sqrt(zoom);
  }

  function discRadius(view, picture, item) {
    if (picture.isLarge(item)) return largeRadius(view, picture);
    if (item === picture.json.centre) return centreRadius(view, picture);
    const least = picture.n > DENSE ? 0.7 : 1.3;
    return Math.max(least, picture.radius[item] * view.rest * growth(view));
  }

  function largeRadius(view, picture) {
    return Math.min(18, Math.max(9.5, picture.json.large_radius * view.rest * growth(view)));
  }

  function centreRadius(view, picture) {
    return Math.max(13, picture.json.centre_radius * view.rest * growth(view));
  }

  /** Screen positions of the numbered and lettered discs. On small screens they are pushed apart until none overlaps. */
  function largeSpots(view, picture) {
    const least = 2 * largeRadius(view, picture) + 2;
    const spots = [...picture.numberOf.keys()].map((item) => ({ item, x: sx(view, picture.x[item]), y: sy(view, picture.y[item]) }));
    const fixed = picture.json.centre < 0 ? [] : [{ x: sx(view, 0), y: sy(view, 0), clear: centreRadius(view, picture) + least / 2 }];
    for (let round = 0; round < 60; round++) {
      let moved = false;
      spots.forEach((spot, k) => {
        fixed.forEach((other) => { moved = push(spot, other, other.clear, 1) || moved; });
        for (let j = 0; j < k; j++) moved = push(spot, spots[j], least, 0.5) || moved;
      });
      if (!moved) break;
    }
    return new Map(spots.map((spot) => [spot.item, spot]));
  }

  function push(spot, other, least, share) {
    const dx = spot.x - other.x || 0.01;
    const dy = spot.y - other.y;
    const distance = Math.hypot(dx, dy);
    if (distance >= least) return false;
    const by = (least - distance) / distance;
    spot.x += dx * by * share;
    spot.y += dy * by * share;
    other.x -= dx * by * (1 - share);
    other.y -= dy * by * (1 - share);
    return true;
  }

  function circle(g, x, y, radius) {
    g.moveTo(x + radius, y);
    g.arc(x, y, radius, 0, FULL);
  }

  function disc(g, x, y, radius, fill, stroke, width, dash) {
    g.beginPath();
    circle(g, x, y, radius);
    g.fillStyle = fill;
    g.fill();
    if (!stroke) return;
    g.setLineDash(dash || []);
    g.strokeStyle = stroke;
    g.lineWidth = width;
    g.stroke();
    g.setLineDash([]);
  }

  /* ---- the ground: wedges, rings and their labels ---- */

  function ground(g, view, picture) {
    const json = picture.json;
    const { wedges, bands } = picture.moving || json;
    const [x, y] = [view.tx, view.ty];
    wedges.forEach((wedge, k) => {
      g.fillStyle = COLOUR.wedges[k % 2];
      g.beginPath();
      g.arc(x, y, json.outer * view.k, wedge.start, wedge.start + wedge.span);
      g.arc(x, y, (json.centre_radius + 6) * view.k, wedge.start + wedge.span, wedge.start, true);
      g.closePath();
      g.fill();
    });
    bands.forEach((band) => {
      const noRoute = band.ring === 5;
      g.strokeStyle = noRoute ? COLOUR.plum : COLOUR.line;
      g.lineWidth = noRoute ? 1.5 : 1;
      g.setLineDash(noRoute ? [4, 5] : []);
      g.beginPath();
      circle(g, x, y, band.line * view.k);
      g.stroke();
    });
    g.setLineDash([]);
  }

  /** Each ring's label on its line: straight below the centre, or in a gap between wedges, wherever it meets no other label
      and the fewest of the `spots` of large discs. Returns the boxes they take: names keep clear of them. */
  function ringLabels(g, view, picture, spots) {
    const size = view.narrow ? 10.5 : 12;
    const font = "600 " + size + "px " + map.words.FONT;
    g.font = font;
    const { wedges, bands } = picture.moving || picture.json;
    const around = view.narrow ? Array.from({ length: 16 }, (_, k) => Math.PI / 2 + (k * Math.PI) / 8) : [];
    const angles = [Math.PI / 2, ...wedges.map((wedge) => wedge.start - 0.02), ...around];
    const radius = largeRadius(view, picture);
    const discs = [...spots.values()].map(({ x, y }) => [x - radius, y - radius, x + radius, y + radius]);
    const taken = [];
    const clear = picture.json.centre < 0 ? 0 : centreRadius(view, picture);
    const [cx, cy] = [sx(view, 0), sy(view, 0)];
    const centre = [cx - clear, cy - clear, cx + clear, cy + clear];
    for (const band of bands) {
      const width = g.measureText(band.label).width + 10;
      const boxes = angles.map((angle) => {
        const half = (Math.abs(Math.cos(angle)) * width + Math.abs(Math.sin(angle)) * size * 1.4) / 2;
        const away = Math.max(band.line * view.k, clear + half + 1); // on small screens the first line runs under the centre
        const [x, y] = [cx + away * Math.cos(angle), cy + away * Math.sin(angle)];
        return [x - width / 2, y - size * 0.7, x + width / 2, y + size * 0.7];
      });
      const cost = (box) => 5 * meet(box, centre) + 10 * taken.filter((other) => meet(box, other)).length + discs.filter((other) => meet(box, other)).length;
      const box = boxes.reduce((best, each) => (cost(each) < cost(best) ? each : best));
      taken.push(box);
      g.fillStyle = "rgba(255,255,255,.94)";
      g.beginPath();
      g.roundRect(box[0], box[1], width, size * 1.4, 7);
      g.fill();
      map.words.text(g, band.label, box[0] + width / 2, box[1] + size * 0.7 + 0.5, font, band.ring === 5 ? COLOUR.plum : COLOUR.mute, "center");
    }
    return taken;
  }

  function meet(one, other) {
    return one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];
  }

  /* ---- ties ---- */

  /** A tie of a shortest route leaves the inner body straight outwards and bends to the outer one: four control points. */
  function routePoints(picture, inner, outer) {
    const [ax, ay, bx, by] = [picture.x[inner], picture.y[inner], picture.x[outer], picture.y[outer]];
    const [near, far] = [Math.hypot(ax, ay), Math.hypot(bx, by)];
    const [out, back] = [(near + far) / 2 / near, (near + far) / 2 / far];
    const from = near < 1 ? [bx * 0.3, by * 0.3] : [ax * out, ay * out];
    return [ax, ay, from[0], from[1], far < 1 ? bx : bx * back, far < 1 ? by : by * back, bx, by];
  }

  /** Any other tie is a shallow bow towards the centre. */
  function bowPoints(picture, a, b) {
    const [ax, ay, bx, by] = [picture.x[a], picture.y[a], picture.x[b], picture.y[b]];
    const [x, y] = [(ax + bx) * 0.41, (ay + by) * 0.41];
    return [ax, ay, (ax + 2 * x) / 3, (ay + 2 * y) / 3, (bx + 2 * x) / 3, (by + 2 * y) / 3, bx, by];
  }

  function tiePoints(picture, a, b) {
    if (picture.parent[a] === b) return routePoints(picture, b, a);
    return picture.parent[b] === a ? routePoints(picture, a, b) : bowPoints(picture, a, b);
  }

  function tieCurve(g, view, picture, a, b) {
    const p = tiePoints(picture, a, b);
    g.moveTo(sx(view, p[0]), sy(view, p[1]));
    g.bezierCurveTo(sx(view, p[2]), sy(view, p[3]), sx(view, p[4]), sy(view, p[5]), sx(view, p[6]), sy(view, p[7]));
  }

  /** Screen points along a tie, its ends included. */
  function alongTie(view, picture, a, b) {
    const p = tiePoints(picture, a, b);
    return [0, 0.2, 0.4, 0.6, 0.8, 1].map((t) => {
      const [u, v, w, z] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
      return { x: sx(view, u * p[0] + v * p[2] + w * p[4] + z * p[6]), y: sy(view, u * p[1] + v * p[3] + w * p[5] + z * p[7]) };
    });
  }

  function restingTies(g, view, picture, strength) {
    const pairs = picture.json.resting;
    const routes = 2 * picture.json.resting_routes;
    const crowd = Math.min(1, 800 / Math.max(1, picture.json.resting_routes));
    strokeTies(g, view, picture, pairs, routes, pairs.length, 0.4 * strength);
    strokeTies(g, view, picture, pairs, 0, routes, Math.max(0.06, 0.7 * crowd) * strength);
  }

  function strokeTies(g, view, picture, pairs, from, to, alpha) {
    g.strokeStyle = COLOUR.tie;
    g.lineWidth = 1;
    g.globalAlpha = alpha;
    g.beginPath();
    for (let k = from; k < to; k += 2) {
      tieCurve(g, view, picture, pairs[k], pairs[k + 1]);
      if (k % 600 === 598) { g.stroke(); g.beginPath(); } // short paths stroke faster than one long one
    }
    g.stroke();
    g.globalAlpha = 1;
  }

  /* ---- discs ---- */

  function onScreen(view, x, y) {
    return x > -20 && y > -20 && x < view.width + 20 && y < view.height + 20;
  }

  function smallDiscs(g, view, picture, shown) {
    const batches = { dim: [], rest: [], apart: [] };
    for (let body = 0; body < picture.n; body++) {
      if (body === picture.json.centre || picture.isLarge(body)) continue;
      if (!onScreen(view, sx(view, picture.x[body]), sy(view, picture.y[body]))) continue;
      const kind = shown(body) ? (picture.hops[body] < 0 ? "apart" : "rest") : "dim";
      batches[kind].push(body);
    }
    fillBatch(g, view, picture, batches.dim, COLOUR.dim);
    fillBatch(g, view, picture, batches.rest, COLOUR.grey);
    hollowBatch(g, view, picture, batches.apart);
  }

  function fillBatch(g, view, picture, bodies, colour) {
    g.fillStyle = colour;
    g.beginPath();
    for (const body of bodies) {
      const [x, y, radius] = [sx(view, picture.x[body]), sy(view, picture.y[body]), discRadius(view, picture, body)];
      if (radius < 1.7) g.rect(x - radius, y - radius, 2 * radius, 2 * radius);
      else circle(g, x, y, radius);
    }
    g.fill();
  }

  /** Bodies without a route: hollow, so that they differ by more than colour. */
  function hollowBatch(g, view, picture, bodies) {
    g.lineWidth = 1.8;
    g.strokeStyle = COLOUR.plum;
    g.fillStyle = COLOUR.white;
    g.beginPath();
    for (const body of bodies) {
      const radius = discRadius(view, picture, body);
      circle(g, sx(view, picture.x[body]), sy(view, picture.y[body]), picture.n > DENSE ? radius : Math.max(3, radius - 0.9));
    }
    g.fill();
    g.stroke();
  }

  function largeDisc(g, view, picture, spot, faded) {
    const radius = largeRadius(view, picture);
    const missing = picture.isLettered(spot.item);
    g.globalAlpha = faded ? 0.3 : 1;
    if (missing) disc(g, spot.x, spot.y, radius - 1, COLOUR.white, COLOUR.plum, 2, [3.5, 2.5]);
    else disc(g, spot.x, spot.y, radius - 1, COLOUR.orange, COLOUR.ink, 2);
    const font = "700 " + Math.min(14, radius * 1.08).toFixed(1) + "px " + map.words.FONT;
    map.words.text(g, picture.numberOf.get(spot.item), spot.x, spot.y + 0.5, font, missing ? COLOUR.plum : COLOUR.ink, "center");
    g.globalAlpha = 1;
  }

  function centreDisc(g, view, picture) {
    const centre = picture.json.centre;
    if (centre < 0) return;
    const radius = centreRadius(view, picture);
    disc(g, sx(view, 0), sy(view, 0), radius, COLOUR.blue, COLOUR.white, 3);
    if (radius < 22 || picture.json.middle) return; // the name stands beside it
    const size = Math.min(14, Math.max(9, radius * 0.36));
    const font = "700 " + size.toFixed(1) + "px " + map.words.FONT;
    g.font = font;
    const lines = map.words.wrapOrInitials(g, picture.name(centre), radius * 1.72, Math.floor((radius * 1.5) / (size * 1.12)));
    lines.forEach((line, k) => {
      map.words.text(g, line, sx(view, 0), sy(view, 0) + (k - (lines.length - 1) / 2) * size * 1.12, font, COLOUR.white, "center");
    });
  }

  map.draw = {
    COLOUR, alongTie, centreDisc, circle, disc, discRadius, ground, largeDisc, largeSpots, restingTies, ringLabels, smallDiscs,
    sx, sy, tieCurve,
  };
})();
