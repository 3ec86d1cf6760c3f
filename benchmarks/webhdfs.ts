// Reading 256 MB from HDFS, beside curl, taking turns in one run: LISPING_NAMENODE=http://host:port, or the
// first line of `npm run -s hadoop -- status`. Arguments: megabytes, rounds.
import { execFile } from 'node:child_process';
import { cpus } from 'node:os';
import { promisify } from 'node:util';
import { hdfsPlace, webHdfs } from '@lisping/hadoop-bridge';

const MEGABYTE = 1024 * 1024;

async function main(megabytes: number, rounds: number): Promise<void> {
  const { options, path } = hdfsPlace('lisping-benchmark-read', {
    nameNode: undefined,
    environment: process.env,
  });
  const hdfs = webHdfs(options);
  const chunk = Buffer.alloc(MEGABYTE, 'the quick brown fox jumps over the lazy dog\n');
  const chunks = function* (): Generator<Buffer, void, undefined> {
    for (let i = 0; i < megabytes; i++) yield chunk;
  };
  await hdfs.create(path, chunks, { overwrite: true });
  const url = `${options.nameNodes[0]}/webhdfs/v1${path}?op=OPEN&user.name=${options.user}`;
  let peak = 0;
  const read = async (): Promise<void> => {
    let bytes = 0;
    for await (const part of hdfs.open(path)) {
      const isSample = bytes >> 24 !== (bytes + part.length) >> 24; // every 16 MB
      bytes += part.length;
      if (isSample) peak = Math.max(peak, process.memoryUsage.rss());
    }
    if (bytes !== megabytes * MEGABYTE) throw new Error(`${bytes} bytes came`);
  };
  const curl = async (): Promise<void> =>
    void (await promisify(execFile)('curl', ['-sSfL', '-o', '/dev/null', url]));
  await read(); // warms up the DataNode's cache and compilers, and our own
  await curl();
  await read();
  const before = process.memoryUsage.rss();
  peak = before;
  const times = { read: [] as number[], curl: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    times.curl.push(await timed(curl));
    times.read.push(await timed(read));
  }
  console.log(`${process.version}, ${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores`);
  console.log(`${megabytes} MB, ${rounds} rounds, medians`);
  const [ours, theirs] = [median(times.read), median(times.curl)];
  console.log(`lisping   ${(megabytes / ours).toFixed(0)} MB/s`);
  console.log(`curl      ${(megabytes / theirs).toFixed(0)} MB/s`);
  console.log(`ratio     ${((100 * theirs) / ours).toFixed(0)} % of curl's throughput`);
  const grown = (peak - before) / MEGABYTE;
  console.log(
    `memory    ${(peak / MEGABYTE).toFixed(0)} MB at most, ${grown.toFixed(0)} MB more than before`,
  );
  await hdfs.delete(path);
  hdfs.close();
}

async function timed(action: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await action();
  return (performance.now() - began) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

await main(Number(process.argv[2] ?? 256), Number(process.argv[3] ?? 9));
