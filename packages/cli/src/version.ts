// The version of this copy, from its own manifest.
import { readFileSync } from 'node:fs';

/** `0.1.0` */
export function versionText(): string {
  const manifest = new URL('../package.json', import.meta.url);
  // The cast: our own package.json, which has a version or could not have been installed.
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
