// The configuration that a machine with Hadoop on it has in HADOOP_CONF_DIR.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from './cluster.ts';

const FILES = ['core-site.xml', 'hdfs-site.xml', 'yarn-site.xml', 'mapred-site.xml'];

/** Null without one. Files that are missing are empty, as for Hadoop. */
export function localConfiguration(environment: NodeJS.ProcessEnv): Configuration | null {
  const directory = environment['HADOOP_CONF_DIR'];
  if (directory === undefined || directory === '') return null;
  return new Map(FILES.flatMap((name) => propertiesIn(textOf(join(directory, name)))));
}

/** `http://host:port` of the ResourceManager's web server; null when the configuration does not say. */
export function resourceManagerIn(configuration: Configuration | null): string | null {
  const isSecure = configuration?.get('yarn.http.policy') === 'HTTPS_ONLY';
  const [scheme, kind, port] = isSecure
    ? ['https', 'webapp.https.address', 8090]
    : ['http', 'webapp.address', 8088];
  const first = configuration?.get('yarn.resourcemanager.ha.rm-ids')?.split(',')[0]?.trim();
  const suffix = first === undefined || first === '' ? '' : `.${first}`;
  const address = configuration?.get(`yarn.resourcemanager.${kind}${suffix}`);
  if (address !== undefined) return `${scheme}://${address}`;
  const host = configuration?.get(`yarn.resourcemanager.hostname${suffix}`);
  return host === undefined ? null : `${scheme}://${host}:${port}`;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function propertiesIn(xml: string): [string, string][] {
  const text = xml.replaceAll(/<!--.*?-->/gs, '');
  return [...text.matchAll(/<property>(.*?)<\/property>/gs)].flatMap(([, property = '']) => {
    const name = /<name>(.*?)<\/name>/s.exec(property)?.[1]?.trim();
    const value = /<value>(.*?)<\/value>/s.exec(property)?.[1]?.trim();
    return name === undefined || value === undefined ? [] : [[plain(name), plain(value)]];
  });
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  amp: '&',
};

function plain(text: string): string {
  return text.replaceAll(
    /&(lt|gt|quot|apos|amp);/g,
    (whole, name: string) => ENTITIES[name] ?? whole,
  );
}
