/** Where the page begins: it reads what it carries and shows it. */
import { App } from './app.ts';
import type { Report } from './format.ts';
import { decodeRun } from './model.ts';

const data = document.getElementById('report')?.textContent ?? '';
// The cast trusts the command line, which wrote this page and its data at the same time.
const report = JSON.parse(data) as Report;
new App(report, report.runs.map(decodeRun)).start();
