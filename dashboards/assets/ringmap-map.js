/* Ring map: one picture in one element. A base canvas holds the picture at rest, an overlay canvas whatever is lit, so
   that pointing redraws little; panning and zooming move a copy of the base canvas until the hand rests. */
(function () {
  "use strict";

  const map = window.ringmap = window.ringmap || {};
  const PRINT = window.matchMedia("print");

  class RingMap {
    constructor(host) {
      this.host = host;
      this.lit = -1; // the item under the pointer or the keyboard
      this.selected = -1;
      this.sectors = new Set();
      Object.assign(this, map.build(host, { zoomIn: () => this.zoom(1.4), zoomOut: () => this.zoom(1 / 1.4), reset: () => this.fit() }));
      map.listen(this);
      this.resizing = new ResizeObserver(() => this.resize());
      this.resizing.observe(host);
    }

    /* ---- data ---- */

    /** Fetches the picture, and the one behind `to` if there is one; a later call overtakes an earlier one. Failure and
        emptiness end in a sentence. */
    async load(address, to) {
      if (this.loading) this.loading.abort();
      this.loading = new AbortController();
      this.ends = null;
      this.host.dataset.ringReady = "false";
      delete this.host.dataset.ringShows;
      this.say("");
      if (!address) return this.say("There is no picture to draw here.");
      try {
        const later = to ? this.fetched(to) : null;
        if (later) later.catch(() => {}); // whoever waits for it hears of it below; nobody does once the page is left
        this.show(await this.fetched(address));
        if (later) map.glide.cameTo(this, await later);
      } catch (problem) {
        if (problem.name !== "AbortError") this.fail();
      }
    }

    async fetched(address) {
      const answer = await fetch(address, { signal: this.loading.signal, credentials: "same-origin" });
      if (!answer.ok) throw new Error("status " + answer.status);
      return new map.Picture(await answer.json());
    }

    fail() {
      this.picture = null;
      this.clearCanvases();
      this.say("The picture could not be loaded. The lists and the table on this page have the same content. Reload the page to try again.");
    }

    say(words) {
      this.note.textContent = words;
      this.note.hidden = !words;
    }

    /** Shows a picture; what was shown before glides into it. `rested` is called once everything stands still. */
    show(picture, rested = () => {}) {
      const before = this.picture;
      this.picture = picture;
      this.lit = -1;
      this.hideTip();
      this.selected = picture.itemOf.get(this.wanted) ?? -1;
      if (!picture.n) {
        this.clearCanvases();
        this.say("There are no organisations to draw for this choice.");
        rested();
        return this.ready();
      }
      if (picture.n === 1 && picture.items === 1) this.say("Only the centre is recorded: no other organisation yet.");
      this.measure();
      if (map.glide.moves(before, picture)) {
        this.view = map.labels.fit(this.base.getContext("2d"), picture, this.width, this.height);
        map.glide.glide(this, before, () => { this.fit(); this.settle(); rested(); });
      } else {
        this.fit();
        this.settle();
        rested();
      }
      document.fonts.load("600 14px Inter").then(() => this.picture === picture && !this.gliding && this.fit(), () => {});
      this.ready();
    }

    /** Says that new data have been painted; in an element that is not shown yet, once it is. */
    ready() {
      this.unseen = Boolean(this.picture.n) && !this.over.clientWidth;
      if (this.unseen) return;
      requestAnimationFrame(() => setTimeout(() => {
        performance.mark("ringmap:painted");
        this.host.dataset.ringReady = "true";
      }));
    }

    /** The picture stands still: what is selected is told again. */
    settle() {
      if (this.selected >= 0) this.showTip(this.selected);
    }

    /* ---- size and view ---- */

    measure() {
      this.dpr = Math.min(window.devicePixelRatio || 1, 2);
      [this.width, this.height] = [this.over.clientWidth, this.over.clientHeight];
      for (const canvas of [this.base, this.over]) {
        canvas.width = Math.round(this.width * this.dpr);
        canvas.height = Math.round(this.height * this.dpr);
      }
    }

    resize() {
      if (!this.picture || !this.host.clientWidth || PRINT.matches) return; // on paper the screen's picture is scaled
      this.measure();
      this.fit();
      if (this.unseen) this.ready();
    }

    fit() {
      if (!this.picture || !this.picture.n || !this.width) return;
      this.bar.hidden = false;
      this.view = map.labels.fit(this.base.getContext("2d"), this.picture, this.width, this.height);
      this.draw();
      this.placeTip();
    }

    zoom(by, x = this.width / 2, y = this.height / 2) {
      if (!this.view) return;
      const view = this.view;
      const k = Math.min(view.rest * 40, Math.max(view.rest * 0.6, view.k * by));
      this.move(x - (x - view.tx) * (k / view.k), y - (y - view.ty) * (k / view.k), k);
    }

    /** Shows the copy of the base canvas in its new place at once; draws afresh when the hand has rested. */
    move(tx, ty, k = this.view.k) {
      if (!this.still) this.still = this.copy();
      Object.assign(this.view, { tx, ty, k });
      const g = this.base.getContext("2d");
      const by = k / this.still.k;
      g.setTransform(1, 0, 0, 1, 0, 0);
      g.fillStyle = "#fff";
      g.fillRect(0, 0, this.base.width, this.base.height);
      g.setTransform(by, 0, 0, by, (tx - this.still.tx * by) * this.dpr, (ty - this.still.ty * by) * this.dpr);
      g.drawImage(this.still.canvas, 0, 0);
      this.hideTip();
      this.spots = map.draw.largeSpots(this.view, this.picture);
      this.light();
      clearTimeout(this.resting);
      this.resting = setTimeout(() => this.draw(), 110);
    }

    copy() {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [this.base.width, this.base.height];
      canvas.getContext("2d").drawImage(this.base, 0, 0);
      return { canvas, k: this.view.k, tx: this.view.tx, ty: this.view.ty };
    }

    /* ---- drawing ---- */

    clearCanvases() {
      for (const canvas of [this.base, this.over]) canvas.width = canvas.height = 0;
      this.view = null;
      this.bar.hidden = true;
    }

    /** For paper both canvases become one; `draw` parts them again. */
    flatten() {
      if (!this.view) return;
      this.fit();
      const g = this.base.getContext("2d");
      g.setTransform(1, 0, 0, 1, 0, 0);
      g.drawImage(this.over, 0, 0);
    }

    context(canvas) {
      const g = canvas.getContext("2d");
      g.setTransform(this.dpr, 0, 0, this.dpr, 0, 0);
      return g;
    }

    shown(item) {
      if (this.only && !this.picture.reliedOn.has(item)) return false;
      return !this.sectors.size || this.sectors.has(this.picture.json.wedges[this.picture.sectorOf[item]].sector);
    }

    draw() {
      if (!this.view) return;
      this.still = null;
      const [g, view, picture, draw] = [this.context(this.base), this.view, this.picture, map.draw];
      const shown = (item) => this.shown(item);
      g.fillStyle = draw.COLOUR.white;
      g.fillRect(0, 0, view.width, view.height);
      draw.ground(g, view, picture);
      draw.restingTies(g, view, picture, this.sectors.size || this.only ? 0.4 : 1);
      draw.smallDiscs(g, view, picture, shown);
      this.spots = draw.largeSpots(view, picture);
      const taken = draw.ringLabels(g, view, picture, this.spots);
      this.spots.forEach((spot) => draw.largeDisc(g, view, picture, spot, !shown(spot.item)));
      draw.centreDisc(g, view, picture);
      const labels = map.labels.wedgeLabels(g, view, picture);
      map.words.names(g, view, picture, shown, taken.concat(labels));
      this.light();
    }

    light() {
      map.light(this);
    }

    /** Where an item is on the screen: large discs may have been pushed aside. */
    at(item) {
      const spot = this.spots && this.spots.get(item);
      if (spot) return spot;
      return { x: map.draw.sx(this.view, this.picture.x[item]), y: map.draw.sy(this.view, this.picture.y[item]) };
    }

    /* ---- tooltip and words ---- */

    showTip(item) {
      const name = map.element("strong", "", this.picture.name(item));
      name.dir = "auto";
      const said = this.picture.sentences(item);
      const shown = this.view && this.view.narrow ? said.filter((line) => line.includes(" tie")) : said; // the panel says the rest
      const lines = (shown.length ? shown : said).map((line) => map.element("span", "", line));
      this.tip.replaceChildren(name, ...lines);
      this.tip.hidden = false;
      this.placeTip();
    }

    placeTip() {
      const item = this.lit >= 0 ? this.lit : this.selected;
      if (this.tip.hidden || item < 0 || !this.view) return;
      const size = [this.tip.offsetWidth, this.tip.offsetHeight];
      const [x, y] = map.labels.tipPlace(this.view, this.at(item), size, this.litPoints(item));
      this.tip.style.transform = "translate(" + Math.round(x) + "px," + Math.round(y) + "px)";
    }

    /** Points along the lit ties and the route, which the tooltip keeps clear of. */
    litPoints(item) {
      const route = this.picture.route(item);
      const ties = [...this.picture.neighboursOf(item)].slice(0, 150).map((other) => [item, other]);
      for (let k = 1; k < route.length; k++) ties.push([route[k - 1], route[k]]);
      return ties.flatMap(([one, other]) => map.draw.alongTie(this.view, this.picture, one, other));
    }

    hideTip() {
      this.tip.hidden = true;
    }

    /* ---- pointing and selecting ---- */

    /** The item at a point of the canvas, or -1. */
    hit(px, py) {
      if (!this.view) return -1;
      const [view, picture] = [this.view, this.picture];
      let [best, least] = [-1, Infinity];
      const weigh = (item) => {
        const at = this.at(item);
        const reach = Math.max(12, map.draw.discRadius(view, picture, item) + 3);
        const distance = Math.hypot(at.x - px, at.y - py);
        if (distance <= reach && distance / reach < least) [best, least] = [item, distance / reach];
      };
      picture.grid.near((px - view.tx) / view.k, (py - view.ty) / view.k, 14 / view.k, weigh);
      this.spots.forEach((_, item) => weigh(item));
      if (picture.json.centre >= 0) weigh(picture.json.centre);
      return best;
    }

    point(item) {
      if (item === this.lit) return;
      this.lit = item;
      this.light();
      const told = item >= 0 ? item : this.selected;
      if (told < 0) this.hideTip();
      else this.showTip(told);
    }

    /** Selects by `data-ring-pick` value; blank clears. `tell` also tells the page, which a choice of the page's own need not. */
    select(pick, tell) {
      this.wanted = pick || "";
      if (!this.picture) return;
      this.selected = this.picture.itemOf.get(this.wanted) ?? -1;
      this.lit = -1;
      this.reveal(this.selected);
      this.light();
      if (this.selected < 0) this.hideTip();
      else this.showTip(this.selected);
      this.announce(this.selected);
      const still = this.host.hasAttribute("data-ring-still");
      if (tell && !(still && this.selected < 0)) map.tell(this.host, this.selected < 0 ? null : this.picture.pickOf[this.selected]);
      map.refreshPicks();
    }

    announce(item) {
      const words = item < 0 ? "Nothing selected." : this.picture.name(item) + ". " + this.picture.sentences(item).join(". ");
      this.live.textContent = words.replace(/\.\./g, ".");
    }

    /** Pans so that an item outside the canvas comes to its middle. */
    reveal(item) {
      if (item < 0 || !this.view) return;
      const at = this.at(item);
      if (at.x > 10 && at.y > 10 && at.x < this.width - 10 && at.y < this.height - 10) return;
      this.move(this.view.tx + this.width / 2 - at.x, this.view.ty + this.height / 2 - at.y);
    }

    /** Dims all but the bodies of these sectors (none: all sectors) and, with `only`, all that are not relied on. */
    filter(sectors, only) {
      Object.assign(this, { sectors, only });
      this.draw();
      let shown = 0;
      for (let body = 0; body < this.picture.n; body++) if (this.shown(body)) shown++;
      const all = map.plural(this.picture.n, "organisation");
      this.live.textContent = shown === this.picture.n ? "All " + all + " are shown." : shown.toLocaleString("en-GB") + " of " + all + " are shown.";
    }

    remove() {
      this.resizing.disconnect();
      this.ends = this.picture = null; // so that no dot sets off, or goes on, on a page that was left
      if (this.loading) this.loading.abort();
    }
  }

  map.RingMap = RingMap;
})();
