// The protocol fingerprint: a hash over the compiled code that decides the course of a simulated run,
// namely core (the machines and the engine), formats and sim. It is computed from the files that were
// loaded, so it changes whenever that code does, without a list that somebody must keep.
//
// Which files: those reachable by relative imports from each package's entry. Files that lie in dist
// but belong to no module (a leftover of an older build, a source map, a test) do not count.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const PACKAGES = ['@lisping/core', '@lisping/formats', '@lisping/sim'];
const IMPORT = /\b(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g;
const SOURCE_MAP_COMMENT = /^\/\/# sourceMappingURL=.*$/gm;

/** 16 hex digits. */
export function protocolFingerprint(): string {
  const hash = createHash('sha256');
  for (const name of PACKAGES) {
    const entry = new URL(import.meta.resolve(name));
    for (const { url, code } of modulesFrom(entry)) {
      hash.update(`${name}/${url.slice(new URL('.', entry).href.length)}\0`);
      hash.update(code);
    }
  }
  return hash.digest('hex').slice(0, 16);
}

interface Module {
  readonly url: string;
  readonly code: string;
}

/** In order of their URLs, because the order of imports says nothing. */
function modulesFrom(entry: URL): Module[] {
  const modules = new Map<string, string>();
  const waiting = [entry.href];
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    if (modules.has(url)) continue;
    const code = readFileSync(new URL(url), 'utf8').replaceAll(SOURCE_MAP_COMMENT, '');
    modules.set(url, code);
    for (const [, path] of code.matchAll(IMPORT)) {
      if (path !== undefined) waiting.push(new URL(path, url).href);
    }
  }
  return [...modules]
    .map(([url, code]) => ({ url, code }))
    .sort((a, b) => (a.url < b.url ? -1 : 1));
}
