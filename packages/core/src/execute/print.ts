// The final output, as people read it: `key TAB value`, strings and bytes raw, everything else JSON.
// Only what would break the record is escaped: LF, CR, and TAB in a key that has a value.
import type { ByteWriter } from '../bytes/byte-writer.ts';
import { writeEscapedUtf8, writeUtf8 } from '../bytes/utf8-encode.ts';
import type { Codec, Role } from '../codec/codec.ts';
import { encodeJson } from '../codec/json.ts';
import { wireOf } from '../codec/wire.ts';
import { Refusal } from '../errors/refusal.ts';
import type { Blame } from './blame.ts';
import type { TaskSetting } from './setting.ts';

const TAB = 0x09;
const LF = 0x0a;
const BACKSLASH = 0x5c;

const BREAKS_LINE: Uint8Array = new Uint8Array(256);
BREAKS_LINE[0x0a] = 0x6e;
BREAKS_LINE[0x0d] = 0x72;
const BREAKS_KEY: Uint8Array = BREAKS_LINE.slice();
BREAKS_KEY[0x09] = 0x74;

/** Appends one line for a pair; throws what `blame` makes of a refusal. */
export type Printer = (out: ByteWriter, key: unknown, value: unknown) => void;

/** The printer of a task's output. */
export function createPrinter({ job, onResult }: TaskSetting, blame: Blame): Printer {
  const put = job.output === null ? putReadable : putWith(job.output);
  return (out, key, value) => {
    let role: Role = 'key';
    try {
      if (key === undefined) throw new Refusal('undefined', 'Every pair needs a key.');
      put(out, key, value === undefined ? BREAKS_LINE : BREAKS_KEY, role);
      if (value !== undefined) {
        role = 'value';
        out.writeByte(TAB);
        put(out, value, BREAKS_LINE, role);
      }
    } catch (cause) {
      throw blame.refused(role, cause);
    }
    out.writeByte(LF);
    onResult?.(key, value);
  };
}

type Put = (out: ByteWriter, item: unknown, escapes: Uint8Array, role: Role) => void;

const putReadable: Put = (out, item, escapes) => {
  if (typeof item === 'string') writeEscapedUtf8(out, item, escapes);
  else if (item instanceof Uint8Array) writeRaw(out, item, escapes);
  else writeUtf8(out, encodeJson(item));
};

function putWith(codec: Codec<unknown>): Put {
  const wire = wireOf(codec);
  return (out, item, _escapes, role) => wire.write(out, item, role);
}

function writeRaw(out: ByteWriter, bytes: Uint8Array, escapes: Uint8Array): void {
  for (const byte of bytes) {
    const letter = escapes[byte]!;
    if (letter !== 0) out.writeByte(BACKSLASH);
    out.writeByte(letter === 0 ? byte : letter);
  }
}
