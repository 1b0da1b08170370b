// The map: the world's outline, clustered incidents, postures by host country, an area to draw.
import { Names } from "./names.js";
import { polygons } from "./outline.js";

// A colour as the canvas takes it: what the style sheet makes of a name, light or dark.
const probe = document.createElement("i");
const colour = (name) => {
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
};
const text = (tag, className, words) => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = words;
  return made;
};
const look = () => ({ color: colour("--shore"), fillColor: colour("--land"), fillOpacity: 1, weight: 0.7 });
const size = (killed) => (killed === null || killed < 5 ? 1 : killed < 25 ? 2 : killed < 100 ? 3 : 4);

// Where a posture stands beside its capital, and the corner of the icon that its line leads from.
const CORNERS = { ne: [-9, 31], nw: [29, 31], se: [-9, -11], sw: [29, -11] };
const POSTURE = 20; // pixels

// Marks that look alike share their icon: of 20,000 there are some thirty.
const dots = new Map();
function dot(kind, killed, contested) {
  const wide = [0, 11, 14, 18, 23][size(killed)];
  const className = `dot ${kind.family}${contested ? " ring" : ""}`;
  const key = `${className} ${wide}`;
  if (!dots.has(key)) dots.set(key, L.divIcon({ className, iconSize: [wide, wide] }));
  return dots.get(key);
}

function posture(count, gravity, corner) {
  const html = text("span", "", String(count));
  return L.divIcon({ className: `posture g${gravity} ${corner}`, iconSize: [POSTURE, POSTURE], iconAnchor: CORNERS[corner], html });
}

function cluster(group) {
  const all = group.getAllChildMarkers();
  const contested = all.some((marker) => marker.options.contested);
  const counts = {};
  for (const marker of all) counts[marker.options.family] = (counts[marker.options.family] || 0) + 1;
  const family = Object.keys(counts).sort((a, b) => counts[b] - counts[a])[0];
  const wide = 24 + Math.min(20, Math.round(Math.log10(all.length) * 9));
  const number = text("span", "", all.length.toLocaleString("en"));
  return L.divIcon({ className: `cluster ${family}${contested ? " ring" : ""}`, iconSize: [wide, wide], html: number });
}

export class SituationMap {
  constructor(node, onArea) {
    const renderer = L.canvas({ padding: 0.6 });
    this.map = L.map(node, { worldCopyJump: true, zoomSnap: 0.5, minZoom: 1.5, maxZoom: 11, attributionControl: false, preferCanvas: true }).setView([20, 12], 2);
    L.control.attribution({ prefix: false }).addAttribution("Outline: Natural Earth").addTo(this.map);
    this.renderer = renderer;
    this.land = L.layerGroup().addTo(this.map);
    this.clusters = L.markerClusterGroup({ iconCreateFunction: cluster, maxClusterRadius: 58, chunkedLoading: true, showCoverageOnHover: false, animate: !matchMedia("(prefers-reduced-motion: reduce)").matches });
    this.clusters.on("click", (event) => this.open(event.layer, event.layer.incident));
    this.map.addLayer(this.clusters);
    this.postures = L.layerGroup().addTo(this.map);
    this.map.on("moveend", () => this.makeRoom());
    this.clusters.on("animationend", () => this.makeRoom());
    this.area = null;
    this.addAreaButton(onArea);
    this.drawWorld();
    new Names(this.map).load(node.dataset.names);
    document.addEventListener("theme", () => this.land.eachLayer((layer) => layer.setStyle(look())));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.land.eachLayer((layer) => layer.setStyle(look())));
  }

  async drawWorld() {
    const topology = await (await fetch("/assets/outline.json?v=1")).json();
    const options = { ...look(), renderer: this.renderer, interactive: false, smoothFactor: 1.2, noClip: false };
    for (const polygon of polygons(topology)) L.polygon(polygon, options).addTo(this.land);
    this.map.getContainer().dataset.drawn = "world";
  }

  // `stay` keeps what is in view: a slider that moves the days shouldn't move the map.
  async show(address, circle, stay = false) {
    const answer = await fetch(address);
    if (!answer.ok) return;
    const { kinds, incidents, postures } = await answer.json();
    this.clusters.clearLayers();
    const markers = incidents.map(([lat, lon, kind, killed, contested, id]) => {
      const { name, family } = kinds[kind];
      const marker = L.marker([lat, lon], { icon: dot(kinds[kind], killed, contested), contested, family, keyboard: true, alt: name, title: name });
      marker.incident = id;
      return marker;
    });
    this.clusters.addLayers(markers);
    this.markers = new Map(markers.map((marker) => [marker.incident, marker]));
    this.showPostures(postures);
    this.showArea(circle);
    if (!stay) this.fit(markers);
    this.map.getContainer().dataset.shown = String(markers.length);
  }

  fit(markers) {
    if (this.area) this.map.fitBounds(this.area.getBounds(), { padding: [20, 20], animate: false });
    else if (markers.length) this.map.fitBounds(L.latLngBounds(markers.map((m) => m.getLatLng())), { padding: [36, 36], maxZoom: 5.5, animate: false });
  }

  async open(marker, id) {
    const page = new DOMParser().parseFromString(await (await fetch(`/incidents/${encodeURIComponent(id)}/card`)).text(), "text/html");
    const card = text("div", "", "");
    card.append(...page.body.childNodes);
    marker.bindPopup(card, { maxWidth: 300, minWidth: 220 }).openPopup();
  }

  showPostures(postures) {
    this.postures.clearLayers();
    for (const { host, name, lat, lon, count, gravity } of postures) {
      const told = `${name}: ${count} posture${count === 1 ? "" : "s"}`;
      const marker = L.marker([lat, lon], { icon: posture(count, gravity, "ne"), alt: told, title: told, zIndexOffset: 1000, count, gravity, corner: "ne" });
      marker.on("click", () => location.assign(`/countries/${host}`)).addTo(this.postures);
    }
    setTimeout(() => this.makeRoom(), 300); // when the clusters stand
  }

  // A posture goes to the corner of its capital where it hides no mark.
  makeRoom() {
    const circles = [];
    this.map.eachLayer((layer) => {
      const wide = layer instanceof L.Marker && !this.postures.hasLayer(layer) && layer.getElement()?.offsetWidth;
      if (!wide) return; // names have no width
      const { x, y } = this.map.latLngToContainerPoint(layer.getLatLng());
      circles.push([x, y, wide / 2]);
    });
    const hidden = (x, y) => circles.filter(([cx, cy, r]) => Math.abs(cx - x) < r + POSTURE / 2 && Math.abs(cy - y) < r + POSTURE / 2).length;
    this.postures.eachLayer((marker) => {
      const at = this.map.latLngToContainerPoint(marker.getLatLng());
      const worse = Object.entries(CORNERS).map(([name, [x, y]]) => [hidden(at.x - x + POSTURE / 2, at.y - y + POSTURE / 2), name]);
      const [, corner] = worse.reduce((best, one) => (one[0] < best[0] ? one : best));
      if (corner === marker.options.corner) return;
      marker.options.corner = corner;
      marker.setIcon(posture(marker.options.count, marker.options.gravity, corner));
    });
  }

  showArea(circle) {
    if (this.area) this.area.remove();
    this.area = circle ? L.circle(circle.at, { radius: circle.km * 1000, color: colour("--accent"), weight: 1.5, fillOpacity: 0.08, interactive: false }).addTo(this.map) : null;
  }

  light(id, on) {
    const marker = this.markers?.get(id);
    const shown = marker && (this.clusters.getVisibleParent(marker) || marker);
    shown?.getElement?.()?.classList.toggle("lit", on);
  }

  addAreaButton(onArea) {
    const control = L.control({ position: "topleft" });
    control.onAdd = () => {
      const box = text("div", "leaflet-bar", "");
      const button = text("button", "area-button", "◯");
      button.type = "button";
      button.title = "Draw an area: press, drag from its midst, let go";
      button.setAttribute("aria-label", button.title);
      button.setAttribute("aria-pressed", "false");
      L.DomEvent.disableClickPropagation(box);
      button.addEventListener("click", () => this.drawArea(button, onArea));
      box.append(button);
      return box;
    };
    control.addTo(this.map);
  }

  drawArea(button, onArea) {
    const { map } = this;
    const box = map.getContainer();
    button.setAttribute("aria-pressed", "true");
    box.classList.add("drawing");
    map.dragging.disable();
    const end = () => {
      button.setAttribute("aria-pressed", "false");
      box.classList.remove("drawing");
      map.dragging.enable();
      map.off("mousedown", press).off("mousemove", move).off("mouseup", release);
    };
    let middle = null;
    const press = (event) => { middle = event.latlng; this.showArea({ at: middle, km: 1 }); };
    const move = (event) => { if (middle) this.area.setRadius(Math.max(1000, map.distance(middle, event.latlng))); };
    const release = () => {
      end();
      if (middle) onArea(middle.wrap(), this.area.getRadius() / 1000);
    };
    map.on("mousedown", press).on("mousemove", move).on("mouseup", release);
  }
}
