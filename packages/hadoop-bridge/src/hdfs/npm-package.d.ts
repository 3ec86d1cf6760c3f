// What we use of the npm package `webhdfs`, which brings no types.
declare module 'webhdfs' {
  import type { Readable, Writable } from 'node:stream';

  type Done<T = unknown> = (error: Error | null | undefined, result?: T) => void;

  export interface PackageClient {
    stat(path: string, done: Done): unknown;
    readdir(path: string, done: Done): unknown;
    mkdir(path: string, mode: string, done: Done): unknown;
    rename(path: string, destination: string, done: Done): unknown;
    unlink(path: string, recursive: boolean, done: Done): unknown;
    chmod(path: string, mode: string, done: Done): unknown;
    exists(path: string, done: (exists: boolean) => void): unknown;
    readFile(path: string, done: Done<Buffer>): unknown;
    writeFile(path: string, data: Uint8Array, done: Done): unknown;
    createReadStream(path: string, options?: object): Readable;
    createWriteStream(path: string, append: boolean, options: object): Writable;
  }

  const webhdfs: {
    createClient(options: object, requestParams?: object): PackageClient;
  };
  export default webhdfs;
}
