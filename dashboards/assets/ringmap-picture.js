/* Ring map: the picture as read from its JSON (see orchestrator/drawing/ring.py), with the look-ups that
   drawing and pointing need. Bodies come first, then the missing partners: both are "items" with a position. */
(function () {
  "use strict";

  /** Neighbours of every body in two flat arrays: those of body i are others[start[i]] … others[start[i + 1] - 1]. */
  function neighbours(counts, others) {
    const n = counts.length;
    const start = new Uint32Array(n + 1);
    let tie = 0;
    for (let body = 0; body < n; body++) {
      for (let left = counts[body]; left > 0; left--, tie++) {
        start[body + 1]++;
        start[others[tie] + 1]++;
      }
    }
    for (let body = 0; body < n; body++) start[body + 1] += start[body];
    const next = start.slice();
    const list = new Uint32Array(2 * others.length);
    tie = 0;
    for (let body = 0; body < n; body++) {
      for (let left = counts[body]; left > 0; left--, tie++) {
        list[next[body]++] = others[tie];
        list[next[others[tie]]++] = body;
      }
    }
    return { start, list };
  }

  /** A square grid over the picture; each square lists the items in it. */
  class Grid {
    constructor(x, y, outer) {
      this.size = (2 * outer) / Math.max(8, Math.sqrt(x.length / 3));
      this.squares = new Map();
      for (let item = 0; item < x.length; item++) {
        const key = this.key(Math.floor(x[item] / this.size), Math.floor(y[item] / this.size));
        const square = this.squares.get(key);
        if (square) square.push(item);
        else this.squares.set(key, [item]);
      }
    }

    key(column, row) {
      return column * 100003 + row;
    }

    /** Calls `visit` for every item in the squares that a circle around (x, y) touches. */
    near(x, y, reach, visit) {
      const column = [Math.floor((x - reach) / this.size), Math.floor((x + reach) / this.size)];
      const row = [Math.floor((y - reach) / this.size), Math.floor((y + reach) / this.size)];
      for (let c = column[0]; c <= column[1]; c++) {
        for (let r = row[0]; r <= row[1]; r++) (this.squares.get(this.key(c, r)) || []).forEach(visit);
      }
    }
  }

  class Picture {
    constructor(json) {
      const bodies = json.bodies;
      this.json = json;
      this.n = bodies.id.length;
      this.items = this.n + json.missing.length;
      this.x = Float32Array.from(bodies.x.concat(json.missing.map((partner) => partner.x)));
      this.y = Float32Array.from(bodies.y.concat(json.missing.map((partner) => partner.y)));
      this.radius = Float32Array.from(bodies.radius.concat(json.missing.map(() => json.large_radius)));
      this.parent = Int32Array.from(bodies.parent);
      this.hops = Int32Array.from(bodies.hops);
      this.ties = neighbours(json.ties.counts, json.ties.others);
      this.pickOf = bodies.id.concat(json.missing.map((partner) => partner.pick));
      this.itemOf = new Map();
      for (let item = this.items - 1; item >= 0; item--) this.itemOf.set(this.pickOf[item], item);
      this.numberOf = new Map(json.relied_on.map((body, rank) => [body, json.numbers[rank]]));
      this.lettered = new Map(json.lettered);
      json.lettered.forEach(([body, letter]) => this.numberOf.set(body, letter));
      this.reliedOn = new Set(json.all_relied_on);
      json.missing.forEach((partner, k) => this.numberOf.set(this.n + k, partner.letter));
      this.sectorOf = this.sectors();
      this.index();
    }

    index() {
      this.grid = new Grid(this.x, this.y, this.json.outer);
    }

    /** The number of each item's wedge. */
    sectors() {
      const wedge = new Map(this.json.wedges.map((one, k) => [one.sector, k]));
      const column = this.json.bodies.sector;
      const of = column.of.map((word) => wedge.get(column.words[word]));
      return Uint16Array.from(of.concat(this.json.missing.map((partner) => wedge.get(partner.sector))));
    }

    /** Is it a partner that is missing and not in the network at all? */
    isMissing(item) {
      return item >= this.n;
    }

    /** Is it drawn as a dashed circle with a letter? */
    isLettered(item) {
      return this.isMissing(item) || this.lettered.has(item);
    }

    isLarge(item) {
      return this.numberOf.has(item);
    }

    degree(item) {
      return this.isMissing(item) ? 0 : this.ties.start[item + 1] - this.ties.start[item];
    }

    neighboursOf(item) {
      if (this.isMissing(item)) return [];
      return this.ties.list.subarray(this.ties.start[item], this.ties.start[item + 1]);
    }

    /** The bodies from `item` to the centre on one of its shortest routes; the item alone where there is none. */
    route(item) {
      const route = [item];
      if (this.isMissing(item)) return route;
      for (let body = this.parent[item]; body >= 0 && route.length <= this.n; body = this.parent[body]) route.push(body);
      return route;
    }

    word(column, item) {
      const words = this.json.bodies[column];
      return words.words[words.of[item]];
    }

    name(item) {
      return this.isMissing(item) ? this.json.missing[item - this.n].name : this.json.bodies.name[item];
    }

    sectorLabel(item) {
      return this.json.wedges[this.sectorOf[item]].label;
    }

    /** What the tooltip and the announcement say after the name: short sentences, in the order read. */
    sentences(item) {
      if (this.isMissing(item)) {
        const partner = this.json.missing[item - this.n];
        return [join([this.sectorLabel(item), partner.place]), "Missing partner " + partner.letter + ": not in the network yet."];
      }
      const what = join([this.word("kind", item), this.word("place", item)]);
      const lines = [what, this.sectorLabel(item), plural(this.degree(item), "tie") + ", " + this.steps(item) + "."];
      if (this.hops[item] > 1) lines.push("The dark line is one of its shortest routes.");
      if (this.lettered.has(item)) lines.push("Missing partner " + this.numberOf.get(item) + ": named, and not at work yet.");
      else if (this.numberOf.has(item)) lines.push("Number " + this.numberOf.get(item) + " in the list of bodies relied on.");
      return lines.filter(Boolean);
    }

    steps(item) {
      const middle = this.json.middle || "the centre";
      if (item === this.json.centre) return this.json.middle ? "in the middle here" : "the centre of this picture";
      const hops = this.hops[item];
      return hops < 0 ? "no route to " + middle : plural(hops, "step") + " from " + middle;
    }
  }

  function join(parts) {
    return parts.filter(Boolean).join(" · ");
  }

  function plural(count, word) {
    return count.toLocaleString("en-GB") + " " + word + (count === 1 ? "" : "s");
  }

  window.ringmap = Object.assign(window.ringmap || {}, { Picture, plural });
})();
