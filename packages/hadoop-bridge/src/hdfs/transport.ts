// Requests to the web servers of a cluster, over node:http(s). Not over fetch: a DataNode sends an
// unsolicited `100 Continue` before it answers a write, which undici takes for a broken connection.
// Nothing is redirected, decoded or tried again here.
import http, { type ClientRequest } from 'node:http';
import https from 'node:https';
import { beginExchange, type Answer } from './exchange.ts';
import type { ByteSource } from './hdfs.ts';
import type { Patience, TlsOptions } from './options.ts';
import { authorityOf, type Server } from './server.ts';
import { upload, type Uploaded } from './upload.ts';

/** A request; `target` is path and query, encoded, and goes out as it stands. */
export interface Call {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly server: Server;
  readonly target: string;
}

export interface Transport {
  /** A request without a body. */
  call(call: Call): Promise<Answer>;
  /** A request with one. */
  upload(call: Call, source: ByteSource): Promise<Uploaded>;
  close(): void;
}

export function openTransport(patience: Patience, tls: TlsOptions): Transport {
  const agents = {
    'http:': new http.Agent({ keepAlive: true }),
    'https:': new https.Agent({ keepAlive: true, ...tls }),
  };
  const begin = ({ method, server, target }: Call, more: Record<string, string>): ClientRequest =>
    (server.protocol === 'https:' ? https : http).request({
      agent: agents[server.protocol],
      method,
      host: server.host.replace(/^\[|\]$/g, ''),
      port: server.port,
      path: target,
      // Clusters that guard against forged requests ask for this header, whatever it holds.
      headers: { 'X-XSRF-HEADER': 'lisping', ...more },
    });
  return {
    call: async (call) => {
      // HttpFS takes a write only with this type, also where it only redirects.
      const request = begin(call, call.method === 'GET' ? {} : { 'Content-Type': OCTETS });
      const exchange = beginExchange(request, authorityOf(call.server), patience);
      request.end();
      return await exchange.answer;
    },
    upload: async (call, source) => {
      const length =
        source instanceof Uint8Array ? { 'Content-Length': String(source.length) } : {};
      const headers = { 'Content-Type': OCTETS, Expect: '100-continue', ...length };
      const request = begin(call, headers);
      const exchange = beginExchange(request, authorityOf(call.server), patience);
      return await upload(request, exchange, source);
    },
    close: () => {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

const OCTETS = 'application/octet-stream';
