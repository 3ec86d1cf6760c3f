// The file of --report: one page that carries its data, its style and its program, and may load
// nothing: the policy in its head names the hashes of what it holds and forbids all else.
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { Report } from '../page/format.ts';
import { STYLE } from '../page/style.ts';
import { REPORT_BEGINNING } from './beginning.ts';

/** The whole page. */
export function reportPage(report: Report): string {
  const script = pageScript();
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(STYLE)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const title = escapeText(`${report.job}: ${report.verdict}`);
  return [
    REPORT_BEGINNING,
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<link rel="icon" href="data:,">',
    `<title>${title}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    `<noscript><p>${title}. ${escapeText(report.command)}</p><p>This page shows the run with a script that it carries; scripts are switched off.</p></noscript>`,
    `<script id="report" type="application/json">${jsonInHtml(report)}</script>`,
    `<script>${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** The page's program in one piece. It is made of what the compiler made of src/page. */
function pageScript(): string {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL('../page/main.js', import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'ascii',
    logLevel: 'silent',
  });
  const text = outputFiles[0]?.text ?? '';
  if (text.includes('</')) throw new Error('the script of the page would end its own element');
  return text;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** JSON that no parser of HTML can take for anything else, and no old JavaScript for line ends. */
function jsonInHtml(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function escapeText(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
