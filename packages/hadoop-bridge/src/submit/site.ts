// Which way a job takes into a cluster, and what is known of the cluster there. A way is tried before it is
// promised: where the ResourceManager does not let us in, the `hadoop` command may.
import { isLispingError, LispingError } from '@lisping/core';
import {
  resourceManagerAt,
  type NewApplication,
  type ResourceManager,
} from '../yarn/resource-manager.ts';
import { clusterOf, nameNodesOf, type Cluster, type Configuration } from './cluster.ts';
import { localConfiguration, resourceManagerIn } from './hadoop-conf.ts';
import { findHadoopCommand } from './hadoop-command.ts';

/** `http`: WebHDFS and YARN's REST interface. `cli`: the `hadoop` command. */
export type Via = 'http' | 'cli';

export interface SiteOptions {
  /** Null: what works. */
  readonly via: Via | null;
  /** `http://host:port`; null: as HADOOP_CONF_DIR says. */
  readonly resourceManager: string | null;
  /** `http://host:port`; none: as the cluster says. */
  readonly nameNodes: readonly string[];
  readonly user: string;
  readonly environment: NodeJS.ProcessEnv;
}

interface KnownSite {
  /** Why this way, in words. */
  readonly why: string;
  readonly configuration: Configuration | null;
  readonly cluster: Cluster;
  readonly nameNodes: readonly string[];
}

export interface HttpSite extends KnownSite {
  readonly via: 'http';
  readonly resourceManager: ResourceManager;
  /** For the first pass; asking for it showed that the way is open. */
  readonly application: NewApplication;
}

export interface CommandSite extends KnownSite {
  readonly via: 'cli';
  readonly command: string;
}

/** Throws LISPING_E_CONFIG, LISPING_E_NETWORK, LISPING_E_YARN when there is no way. */
export async function findSite(options: SiteOptions): Promise<HttpSite | CommandSite> {
  const local = localConfiguration(options.environment);
  const url = options.resourceManager ?? resourceManagerIn(local);
  const command = findHadoopCommand(options.environment);
  switch (options.via) {
    case 'http':
      return await httpSite(options, url, local, '--via http');
    case 'cli':
      return await commandSite(options, command, url, local, '--via cli');
    case null:
      if (url === null && command === null) throw noAddress();
      if (url === null)
        return await commandSite(options, command, url, local, 'no ResourceManager is named');
      try {
        return await httpSite(options, url, local, 'the ResourceManager takes jobs');
      } catch (error) {
        if (command === null || !isLispingError(error)) throw error;
        return await commandSite(options, command, null, local, error.message);
      }
  }
}

async function httpSite(
  options: SiteOptions,
  url: string | null,
  local: Configuration | null,
  why: string,
): Promise<HttpSite> {
  if (url === null) throw noAddress();
  const resourceManager = resourceManagerAt({ resourceManager: url, user: options.user });
  const [shown, application] = await Promise.all([
    resourceManager.configuration(),
    resourceManager.newApplication(),
  ]);
  const known = knownSite(options, shown ?? local, url, why);
  return { ...known, via: 'http', resourceManager, application };
}

/** The ResourceManager, where it answers, tells more than the files of this machine. */
async function commandSite(
  options: SiteOptions,
  command: string | null,
  url: string | null,
  local: Configuration | null,
  why: string,
): Promise<CommandSite> {
  if (command === null) {
    throw new LispingError('LISPING_E_CONFIG', 'there is no hadoop command in PATH', {
      hint: 'Set HADOOP_HOME or PATH, or use --via http, which needs no Hadoop here.',
    });
  }
  const shown = url === null ? null : await configurationAt(url, options.user);
  return { ...knownSite(options, shown ?? local, url, why), via: 'cli', command };
}

async function configurationAt(url: string, user: string): Promise<Configuration | null> {
  try {
    return await resourceManagerAt({ resourceManager: url, user }).configuration();
  } catch (error) {
    if (isLispingError(error)) return null;
    throw error;
  }
}

function knownSite(
  { nameNodes: given }: SiteOptions,
  configuration: Configuration | null,
  url: string | null,
  why: string,
): KnownSite {
  const nameNodes = given.length > 0 ? given : nameNodesOf(configuration);
  if (nameNodes.length === 0) {
    throw new LispingError('LISPING_E_CONFIG', 'the address of the NameNode is not known', {
      hint: 'Give it with --namenode http://HOST:9870.',
    });
  }
  return { why, configuration, cluster: clusterOf(configuration, url ?? nameNodes[0]!), nameNodes };
}

function noAddress(): LispingError {
  return new LispingError('LISPING_E_CONFIG', 'no cluster is named', {
    hint: 'Give --resource-manager http://HOST:8088, or set HADOOP_CONF_DIR.',
  });
}
