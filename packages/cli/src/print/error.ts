// How an error looks: what happened, where, which record, and what to do.
import type { ErrorReport, RecordRef } from '@lisping/core';
import { wrapped } from './layout.ts';
import type { Output } from './terminal.ts';

/** The lines of an error for people; the stack only when it is asked for. */
export function errorText(error: ErrorReport, stack: string, { style, width }: Output): string {
  const lines = [
    `${style.red(style.bold('error'))} ${wrapped(error.message, 6, width)}  ${style.dim(error.code)}`,
  ];
  const { where, record } = error;
  if (where !== undefined) {
    lines.push(labelled('at', `${where.file}:${where.line}:${where.column}`));
  }
  if (record !== undefined) lines.push(labelled('record', recordText(record)));
  lines.push(labelled('hint', wrapped(error.hint, 10, width)));
  if (process.env['LISPING_DEBUG'] === '1') lines.push(style.dim(stack));
  return `${lines.join('\n')}\n`;

  function labelled(label: string, text: string): string {
    return `  ${style.dim(label.padEnd(8))}${text}`;
  }
}

/** JSON quotes, because a record may hold anything, escape sequences for the terminal included. */
function recordText({ input, offset, text }: RecordRef): string {
  return `${input} at byte ${offset}: ${JSON.stringify(text)}`;
}
