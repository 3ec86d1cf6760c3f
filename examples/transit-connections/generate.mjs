// Makes up the network of a city: a CSV of (route, stop) rows for each of its companies, the same for
// the same seed.   node generate.mjs DIRECTORY [SEED] [ROUTES]
// A route is a walk over a grid of streets and avenues; day routes are short, night routes long.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [directory, seed = '2009', routes = '520'] = process.argv.slice(2);

const COMPANIES = ['crosstown', 'harbour', 'metro', 'night-owl'];

const STREETS =
  'Abbey Alder Anchor Baker Bank Birch Bridge Canal Castle Cedar Chapel Church Cross Dock Elm Fern Garden Gate Harbour Hazel High King Lime Market Mill Oak Park Quay River School Spring Station Tower Union Well Willow'.split(
    ' ',
  );
const AVENUES = 34;
const NIGHT_SHARE = 0.1;

let state = [...seed].reduce((hash, letter) => Math.imul(31, hash) + letter.charCodeAt(0), 7);

/** A number from 0 to below 1 (mulberry32). */
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

function below(limit) {
  return Math.floor(random() * limit);
}

/** A street, an avenue, and at a few of them a gate with quotes around its letter. */
function stopName(x, y) {
  const name = `${STREETS[y]} Street, Avenue ${x + 1}`;
  return (x * 7 + y) % 23 === 0 ? `${name}, gate "${'ABC'[(x + y) % 3]}"` : name;
}

/** The stops of a route in the order of its way. A walk may cross itself. */
function walk(stops) {
  let [x, y] = [below(AVENUES), below(STREETS.length)];
  let [dx, dy] = random() < 0.5 ? [1, 0] : [0, 1];
  const way = [];
  while (way.length < stops) {
    way.push(stopName(x, y));
    if (random() < 0.2) [dx, dy] = random() < 0.5 ? [dy, dx] : [-dy, -dx];
    const [nextX, nextY] = [x + dx, y + dy];
    if (nextX < 0 || nextX >= AVENUES) dx = -dx;
    if (nextY < 0 || nextY >= STREETS.length) dy = -dy;
    [x, y] = [x + dx, y + dy];
  }
  return way;
}

const files = new Map(COMPANIES.map((company) => [company, ['route,stop']]));
const nights = Math.floor(routes * NIGHT_SHARE);
for (let number = 1; number <= routes; number++) {
  const night = number > routes - nights;
  const route = night ? `N${number - (routes - nights)}` : String(number);
  const lines = files.get(night ? 'night-owl' : COMPANIES[below(COMPANIES.length - 1)]);
  for (const stop of walk(night ? 20 + below(10) : 8 + below(9))) {
    lines.push(`${route},"${stop.replaceAll('"', '""')}"`);
  }
}
for (const [company, lines] of files) {
  writeFileSync(join(directory, `${company}.csv`), `${lines.join('\n')}\n`);
}
