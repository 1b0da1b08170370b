// The world's outline out of TopoJSON: arcs of differences on a grid, joined to rings of [lon, lat].
export function polygons(topology) {
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx, dy]) => {
      x += dx;
      y += dy;
      return [y * scale[1] + translate[1], x * scale[0] + translate[0]];
    });
  });
  const join = (ring) =>
    ring.flatMap((number, place) => {
      const arc = number >= 0 ? arcs[number] : [...arcs[~number]].reverse();
      return place ? arc.slice(1) : arc;
    });
  // Across the date line a ring goes on past 180 degrees; one round a pole is closed over it.
  const unwrap = (ring) => {
    let turn = 0;
    const points = ring.map(([lat, lon], place) => {
      if (place && Math.abs(lon - ring[place - 1][1]) > 180) turn += lon < ring[place - 1][1] ? 360 : -360;
      return [lat, lon + turn];
    });
    if (!turn) return points;
    const pole = points[0][0] < 0 ? -90 : 90;
    return [...points, [pole, points.at(-1)[1]], [pole, points[0][1]]];
  };
  return topology.objects.countries.geometries.flatMap((shape) =>
    (shape.type === "Polygon" ? [shape.arcs] : shape.arcs).map((polygon) => polygon.map(join).map(unwrap)),
  );
}
