// job.xml: the properties of a job as Hadoop reads them.
import { LispingError } from '@lisping/core';

/** Names and values. An empty value would read as unset, so there is none. */
export type Properties = Readonly<Record<string, string>>;

/** Throws LISPING_E_CONFIG for a value that XML cannot hold. */
export function jobXml(properties: Properties): string {
  const lines = Object.entries(properties)
    .filter(([, value]) => value !== '')
    .map(
      ([name, value]) =>
        `<property><name>${escaped(name, name)}</name><value>${escaped(value, name)}</value></property>\n`,
    );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<configuration>\n${lines.join('')}</configuration>\n`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  // A bare CR would be read as LF.
  '\r': '&#13;',
};

function escaped(text: string, name: string): string {
  // What no parser of XML 1.0 accepts, however it is written.
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text)) {
    throw new LispingError(
      'LISPING_E_CONFIG',
      `the property ${JSON.stringify(name)} holds a character that job.xml cannot hold`,
      { hint: 'Leave control characters out of names, paths and parameters.' },
    );
  }
  return text.replaceAll(/[&<>\r]/g, (char) => ESCAPES[char] ?? char);
}
