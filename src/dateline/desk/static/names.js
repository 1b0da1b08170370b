// Names on the map, as many as there is room for: countries across their land, then towns, the largest first.
const LANDS_FROM = 2; // zoom
const TOWNS_FROM = 4;
const MOST_TOWNS = 60; // in view
const LETTER = { land: 8, town: 6.6 }; // pixels that a letter takes, about
const HIGH = 14;

export class Names {
  constructor(map) {
    this.map = map;
    const pane = map.createPane("names");
    pane.style.zIndex = 450; // over the land, under the marks
    pane.style.pointerEvents = "none";
    this.layer = L.layerGroup().addTo(map);
    this.shown = new Map();
    this.known = { lands: [], towns: [] };
    map.on("moveend", () => this.place());
  }

  async load(address) {
    const answer = await fetch(address);
    if (answer.ok) this.known = await answer.json();
    this.place();
  }

  place() {
    const zoom = this.map.getZoom();
    const view = this.map.getBounds().pad(0.1);
    const degree = (256 * 2 ** zoom) / 360;
    const taken = [];
    const wanted = new Map();
    const fits = (kind, name, lat, lon) => {
      const at = this.map.latLngToContainerPoint([lat, lon]);
      const wide = name.length * LETTER[kind] + 8;
      const left = kind === "land" ? at.x - wide / 2 : at.x - 3;
      const box = [left, at.y - HIGH / 2, left + wide, at.y + HIGH / 2];
      if (taken.some((b) => box[0] < b[2] && box[2] > b[0] && box[1] < b[3] && box[3] > b[1])) return false;
      taken.push(box);
      return true;
    };
    if (zoom >= LANDS_FROM) {
      for (const [name, lat, lon, wide] of this.known.lands) {
        if (!view.contains([lat, lon]) || name.length * LETTER.land > wide * degree) continue;
        if (fits("land", name, lat, lon)) wanted.set(`land ${name}`, [name, lat, lon]);
      }
    }
    const least = 10 ** (7.3 - 0.6 * (zoom - TOWNS_FROM)); // people
    let towns = 0;
    for (const [name, lat, lon, people] of zoom >= TOWNS_FROM ? this.known.towns : []) {
      if (towns >= MOST_TOWNS || people < least) break;
      if (view.contains([lat, lon]) && fits("town", name, lat, lon)) {
        wanted.set(`town ${name} ${lat}`, [name, lat, lon]);
        towns += 1;
      }
    }
    this.show(wanted);
  }

  show(wanted) {
    for (const [key, marker] of this.shown) {
      if (wanted.has(key)) continue;
      marker.remove();
      this.shown.delete(key);
    }
    for (const [key, [name, lat, lon]] of wanted) {
      if (this.shown.has(key)) continue;
      const html = document.createElement("span");
      html.textContent = name;
      const town = key.startsWith("town");
      const icon = L.divIcon({ className: `place-name ${town ? "town" : "land"}`, html, iconSize: [0, 0] });
      this.shown.set(key, L.marker([lat, lon], { icon, pane: "names", interactive: false, keyboard: false }).addTo(this.layer));
    }
  }
}
