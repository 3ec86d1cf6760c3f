// The address of a NameNode, a DataNode or a gateway, and what an URL says of it.
import { LispingError } from '@lisping/core';

/** One web server of the cluster. */
export interface Server {
  readonly protocol: 'http:' | 'https:';
  /** As it stands in a URL: IPv6 addresses in brackets. */
  readonly host: string;
  readonly port: number;
  /** A path in front of `/webhdfs/v1`, as gateways have it; most often empty. */
  readonly base: string;
}

/** What an URL begins with, and the web port that is meant when it names none. */
const SCHEMES: Readonly<Record<string, { protocol: Server['protocol']; port: number }>> = {
  http: { protocol: 'http:', port: 9870 },
  webhdfs: { protocol: 'http:', port: 9870 },
  https: { protocol: 'https:', port: 9871 },
  swebhdfs: { protocol: 'https:', port: 9871 },
};

const URL_PARTS = /^([a-z]+):\/\/(\[[0-9a-f:.]+\]|[^/?#@:[\]\s]+)(?::(\d{1,5}))?(\/[^?#\s]*)?$/i;

/** Reads `http://host:port`, `https://`, `webhdfs://`, `swebhdfs://`; throws LISPING_E_CONFIG. */
export function parseServer(url: string): Server {
  const [, scheme = '', host = '', port, base = ''] = URL_PARTS.exec(url) ?? [];
  const known = SCHEMES[scheme.toLowerCase()];
  if (known === undefined || Number(port ?? 1) < 1 || Number(port ?? 1) > 65_535) {
    throw new LispingError('LISPING_E_CONFIG', `'${url}' is no address of a NameNode`, {
      hint: 'Give its web address, such as http://namenode:9870.',
    });
  }
  return {
    protocol: known.protocol,
    host,
    port: port === undefined ? known.port : Number(port),
    base: base.replace(/\/+$/, ''),
  };
}

/** `host:port`, for people and for maps of hosts. */
export function authorityOf({ host, port }: Server): string {
  return `${host}:${port}`;
}

/** Where a redirect leads: the server, and path and query untouched. Null when it makes no sense. */
export function parseLocation(location: string): { server: Server; target: string } | null {
  const parts = /^(https?:)\/\/(\[[^\]]+\]|[^/?#:]+)(?::(\d+))?([/?][^#]*)?$/i.exec(location);
  if (parts === null) return null;
  const [, scheme = '', host = '', port, target = '/'] = parts;
  const protocol = scheme.toLowerCase() === 'https:' ? 'https:' : 'http:';
  const usual = protocol === 'https:' ? 443 : 80;
  const server = {
    protocol,
    host,
    port: port === undefined ? usual : Number(port),
    base: '',
  } as const;
  return { server, target };
}

/** The server that is really meant, by a map whose keys are `host:port` or `host`. */
export function mappedServer(server: Server, hosts: Readonly<Record<string, string>>): Server {
  const to = hosts[authorityOf(server)] ?? hosts[server.host];
  if (to === undefined) return server;
  const [, host = to, port] = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(to) ?? [];
  return { ...server, host, port: port === undefined ? server.port : Number(port) };
}
