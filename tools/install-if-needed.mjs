// Lets `npm start` work on a fresh clone: runs `npm ci` unless node_modules already holds what
// package-lock.json asks for. No dependencies, since none are installed when this runs.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);

/** The packages of a lockfile by path, or none when it cannot be read. */
function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(new URL(path, root), 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const installed = packagesOf('node_modules/.package-lock.json');
  if (Object.keys(installed).some((path) => wanted[path] === undefined)) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true; // the root itself is not listed among what is installed
    const found = installed[path];
    if (found === undefined) return entry.optional === true; // binaries for other platforms
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

if (!isInstalled()) {
  // Under `npm start` this is the npm that runs us; by hand it is the one on the PATH.
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm ? [process.execPath, npm] : ['npm'];
  const { status } = spawnSync(command, [...first, 'ci', '--include=dev'], {
    cwd: fileURLToPath(root),
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}
