// A real browser, driven over the DevTools protocol through two pipes: no port, no WebSocket and no
// library, only objects of JSON that end in a zero byte.
import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Where a Chromium lies: CHROMIUM, or one of its usual names in PATH; null when there is none. */
export function findChromium(): string | null {
  const named = process.env['CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  for (const directory of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of NAMES) {
      const path = join(directory, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // not here
      }
    }
  }
  return null;
}

type Json = Readonly<Record<string, unknown>>;

/** What a page did that a report must not do. */
interface Noticed {
  /** Messages of the console, errors thrown, and violations of the page's policy. */
  readonly said: string[];
  /** Addresses asked for, the page's own left out. */
  readonly requests: string[];
}

export interface Page extends Noticed {
  goto(url: string): Promise<void>;
  /** The value of an expression, or of the promise it gives. */
  evaluate(expression: string): Promise<unknown>;
  press(key: string, ...modifiers: readonly 'Shift'[]): Promise<void>;
  type(text: string): Promise<void>;
  click(x: number, y: number): Promise<void>;
  move(x: number, y: number): Promise<void>;
  size(width: number, height: number, scale?: number): Promise<void>;
  media(features: Readonly<Record<string, string>>, media?: 'print' | 'screen'): Promise<void>;
  screenshot(): Promise<Buffer>;
}

export interface Browser {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

/** Starts a browser without a window. */
export async function startChromium(path: string): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'lisping-chromium-'));
  const flags = [
    '--headless',
    '--no-sandbox', // tests often run as root, and open only what they wrote themselves
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-background-networking',
    '--hide-scrollbars',
    '--no-first-run',
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
  ];
  const child = spawn(path, [...flags, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const connection = new Connection(child);
  return {
    newPage: async () => await openPage(connection),
    close: async () => {
      connection.tell('Browser.close', {});
      const timer = setTimeout(() => child.kill('SIGKILL'), CLOSE_PATIENCE_MS);
      await ended;
      clearTimeout(timer);
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const CLOSE_PATIENCE_MS = 5000;
const ANSWER_PATIENCE_MS = 30_000;

interface Waiting {
  resolve(result: Json): void;
  reject(error: Error): void;
}

/** One pair of pipes, for the browser and all its pages. */
class Connection {
  private readonly input: Writable;
  private readonly waiting = new Map<number, Waiting>();
  private readonly listeners: ((method: string, params: Json, session: string) => void)[] = [];
  private last = 0;
  private rest = '';

  constructor(child: ChildProcess) {
    // The casts name the two pipes that `spawn` was asked for.
    this.input = child.stdio[3] as Writable;
    const output = child.stdio[4] as Readable;
    output.setEncoding('utf8');
    output.on('data', (text: string) => this.read(text));
    this.input.on('error', () => {}); // the browser is gone; whoever waits is told below
    const gone = new Error('the browser has ended');
    child.once('error', (error) => this.fail(error));
    child.once('exit', () => this.fail(gone));
  }

  tell(method: string, params: Json, session?: string): number {
    const id = ++this.last;
    const more = session === undefined ? {} : { sessionId: session };
    this.input.write(`${JSON.stringify({ id, method, params, ...more })}\0`);
    return id;
  }

  async ask(method: string, params: Json, session?: string): Promise<Json> {
    return await new Promise((resolve, reject) => {
      const id = this.tell(method, params, session);
      const timer = setTimeout(() => {
        this.waiting.delete(id);
        reject(new Error(`the browser does not answer ${method}`));
      }, ANSWER_PATIENCE_MS);
      this.waiting.set(id, {
        resolve: (result) => {
          clearTimeout(timer);
          resolve(result);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
    });
  }

  listen(listener: (method: string, params: Json, session: string) => void): void {
    this.listeners.push(listener);
  }

  private read(text: string): void {
    const parts = `${this.rest}${text}`.split('\0');
    this.rest = parts.pop() ?? '';
    for (const part of parts) this.take(asJson(JSON.parse(part)));
  }

  private take({ id, result, error, method, params, sessionId }: Json): void {
    if (typeof id !== 'number') {
      for (const listener of this.listeners) {
        listener(String(method), asJson(params), String(sessionId));
      }
      return;
    }
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (error === undefined) waiting?.resolve(asJson(result));
    else waiting?.reject(new Error(JSON.stringify(error)));
  }

  private fail(error: Error): void {
    for (const waiting of this.waiting.values()) waiting.reject(error);
    this.waiting.clear();
  }
}

function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

async function openPage(connection: Connection): Promise<Page> {
  const { targetId } = await connection.ask('Target.createTarget', { url: 'about:blank' });
  const flat = { targetId, flatten: true };
  const session = String((await connection.ask('Target.attachToTarget', flat))['sessionId']);
  const ask = async (method: string, params: Json = {}): Promise<Json> =>
    await connection.ask(method, params, session);
  const noticed: Noticed = { said: [], requests: [] };
  let loaded = (): void => {};
  let own = '';
  connection.listen((method, params, of) => {
    if (of !== session) return;
    if (method === 'Page.loadEventFired') loaded();
    notice(noticed, own, method, params);
  });
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await ask(`${domain}.enable`);
  const mouse = async (type: string, x: number, y: number, buttons: Json): Promise<void> =>
    void (await ask('Input.dispatchMouseEvent', { type, x, y, ...buttons }));
  return {
    ...noticed,
    goto: async (url) => {
      own = url.split('#')[0] ?? url;
      const isLoaded = new Promise<void>((resolve) => void (loaded = resolve));
      const { loaderId } = await ask('Page.navigate', { url });
      if (loaderId !== undefined) await isLoaded; // else only what is behind the # has changed
    },
    evaluate: async (expression) => {
      const how = { expression, awaitPromise: true, returnByValue: true };
      const { result, exceptionDetails } = await ask('Runtime.evaluate', how);
      if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
      return asJson(result)['value'];
    },
    press: async (key, ...modifiers) => {
      const text = key.length === 1 ? { text: key } : {};
      const how = { key, modifiers: modifiers.includes('Shift') ? 8 : 0 };
      await ask('Input.dispatchKeyEvent', { type: 'keyDown', ...how, ...text });
      await ask('Input.dispatchKeyEvent', { type: 'keyUp', ...how });
    },
    type: async (text) => void (await ask('Input.insertText', { text })),
    click: async (x, y) => {
      const left = { button: 'left', clickCount: 1 };
      await mouse('mousePressed', x, y, left);
      await mouse('mouseReleased', x, y, left);
    },
    move: async (x, y) => await mouse('mouseMoved', x, y, {}),
    size: async (width, height, scale = 1) =>
      void (await ask('Emulation.setDeviceMetricsOverride', {
        width,
        height,
        deviceScaleFactor: scale,
        mobile: false,
      })),
    media: async (features, media) => {
      const list = Object.entries(features).map(([name, value]) => ({ name, value }));
      await ask('Emulation.setEmulatedMedia', { media: media ?? '', features: list });
    },
    screenshot: async () => {
      const { data } = await ask('Page.captureScreenshot', { format: 'png' });
      return Buffer.from(String(data), 'base64');
    },
  };
}

/** What any page does that a report must not do. */
function notice({ said, requests }: Noticed, own: string, method: string, params: Json): void {
  if (method === 'Runtime.consoleAPICalled' || method === 'Runtime.exceptionThrown') {
    said.push(JSON.stringify(params).slice(0, 2000));
  }
  if (method === 'Log.entryAdded') said.push(JSON.stringify(params['entry']).slice(0, 2000));
  if (method !== 'Network.requestWillBeSent') return;
  const url = String(asJson(params['request'])['url']);
  if (url.split('#')[0] !== own && !url.startsWith('data:')) requests.push(url);
}
