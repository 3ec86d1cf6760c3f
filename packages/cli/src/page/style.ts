/** The style sheet of the page, as text: the command line writes it into the file. */
export const STYLE: string = `
:root {
  color-scheme: light;
  --ground: #ffffff; --raised: #f6f7f9; --line: #dfe3e8; --text: #1c2127; --faint: #5f6b7a;
  --accent: #2f6397; --good: #1b6e3c; --good-ground: #dff3e6; --bad: #b1380a; --bad-ground: #fdeadf;
  --map: #4477aa; --shuffle: #7cc7e8; --reduce: #aa3377; --report: #7a5195; --other: #8a94a3;
  --joining: #e5d9a5; --idle: #e3e7ec; --silent: #e6a817; --fault: #c2410c;
  --fault-ground: rgba(234, 88, 12, 0.13);
}
@media (prefers-color-scheme: dark) { :root:not([data-theme='light']) {
  color-scheme: dark;
  --ground: #14181d; --raised: #1b2027; --line: #2b323b; --text: #e7eaee; --faint: #98a3b1;
  --accent: #8ab4e0; --good: #7ed6a0; --good-ground: #16352a; --bad: #fdad7c; --bad-ground: #40220f;
  --map: #6699cc; --shuffle: #3f8fb0; --reduce: #d16ba5; --report: #b48ad6; --other: #76818f;
  --joining: #6b6337; --idle: #2e363f; --fault: #fb923c; --fault-ground: rgba(251, 146, 60, 0.16);
} }
:root[data-theme='dark'] {
  color-scheme: dark;
  --ground: #14181d; --raised: #1b2027; --line: #2b323b; --text: #e7eaee; --faint: #98a3b1;
  --accent: #8ab4e0; --good: #7ed6a0; --good-ground: #16352a; --bad: #fdad7c; --bad-ground: #40220f;
  --map: #6699cc; --shuffle: #3f8fb0; --reduce: #d16ba5; --report: #b48ad6; --other: #76818f;
  --joining: #6b6337; --idle: #2e363f; --fault: #fb923c; --fault-ground: rgba(251, 146, 60, 0.16);
}
* { box-sizing: border-box; }
html, body { height: 100%; margin: 0; }
body {
  display: grid; grid-template: auto auto minmax(0, 1fr) / minmax(0, 1fr) 404px;
  grid-template-areas: 'header header' 'nav nav' 'main side';
  background: var(--ground); color: var(--text);
  font: 13px/1.45 ui-sans-serif, system-ui, 'Segoe UI', Roboto, sans-serif;
}
:root[data-tab='summary'] body, :root[data-tab='compare'] body { grid-template-columns: minmax(0, 1fr) 0; }
code, kbd, pre, .time { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: 12px; }
.faint, small { color: var(--faint); }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
button, select, input {
  font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 5px; padding: 3px 9px;
}
button:hover, select:hover { border-color: var(--faint); }
button { cursor: pointer; }
header {
  grid-area: header; display: flex; flex-wrap: wrap; align-items: center; gap: 6px 20px;
  padding: 10px 16px; border-bottom: 1px solid var(--line); background: var(--raised);
}
.title { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 10px; min-width: 0; }
h1 { font-size: 16px; margin: 0; overflow-wrap: anywhere; }
.facts { color: var(--faint); font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.verdict { font-weight: 700; font-size: 12px; letter-spacing: 0.03em; padding: 2px 9px; border-radius: 20px; background: var(--bad-ground); color: var(--bad); }
.verdict.passed { background: var(--good-ground); color: var(--good); }
.again { display: flex; align-items: center; gap: 8px; flex: 1 1 260px; min-width: 0; justify-content: flex-end; }
.command { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; user-select: all; background: var(--ground); border: 1px solid var(--line); border-radius: 5px; padding: 3px 8px; min-width: 0; }
.buttons { display: flex; gap: 6px; }
nav { grid-area: nav; display: flex; flex-wrap: wrap; align-items: center; gap: 4px 14px; padding: 0 16px; border-bottom: 1px solid var(--line); }
.tabs { display: flex; flex-wrap: wrap; }
.tabs button { border: 0; border-bottom: 2px solid transparent; border-radius: 0; padding: 9px 12px 7px; background: none; color: var(--faint); }
.tabs button[aria-selected='true'] { color: var(--text); border-color: var(--accent); font-weight: 600; }
.search { display: flex; align-items: center; gap: 8px; margin: 5px 0 5px auto; flex: 0 1 340px; }
.search input { flex: 1; min-width: 120px; }
.search output { color: var(--faint); white-space: nowrap; font-variant-numeric: tabular-nums; }
main { grid-area: main; display: flex; flex-direction: column; min-height: 0; min-width: 0; }
.overview { display: block; width: 100%; height: 46px; border-bottom: 1px solid var(--line); cursor: ew-resize; touch-action: none; }
.diagram { position: relative; flex: 1; min-height: 160px; }
.scroller { position: absolute; inset: 0; overflow-x: hidden; overflow-y: auto; }
.scroller canvas { position: sticky; top: 0; display: block; cursor: crosshair; touch-action: pan-y; }
.tip { position: absolute; pointer-events: none; max-width: 420px; background: var(--text); color: var(--ground); padding: 5px 9px; border-radius: 5px; font-size: 12px; font-variant-numeric: tabular-nums; z-index: 2; overflow-wrap: anywhere; }
.tip > :first-child { font-weight: 600; }
.toolbar { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 4px 18px; padding: 6px 14px; border-top: 1px solid var(--line); }
.controls { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px; margin-left: auto; }
.controls label { display: flex; align-items: center; gap: 5px; }
.controls input { margin: 0; accent-color: var(--accent); }
.legend { display: flex; flex-wrap: wrap; gap: 2px 14px; margin: 0; padding: 0; list-style: none; color: var(--faint); font-size: 12px; }
.legend li { display: flex; align-items: center; gap: 6px; }
.legend i, i.state { display: inline-block; width: 18px; height: 10px; border-radius: 2px; background: var(--idle); }
.legend i.map, i.mapping { background: var(--map); }
.legend i.shuffle, i.shuffling { background: var(--shuffle); }
.legend i.reduce, i.reducing { background: var(--reduce); }
.legend i.repeated { background: var(--map); opacity: 0.55; }
.legend i.beaten { background: none; border: 1px solid var(--map); }
.legend i.stopped { background: none; border: 1px dashed var(--fault); }
.legend i.lost:not(.state) { background: none; border: 1px solid var(--fault); }
.legend i.down { background: repeating-linear-gradient(135deg, var(--line) 0 2px, transparent 2px 5px); }
.legend i.band { background: var(--fault-ground); border-left: 2px solid var(--fault); }
.legend i.arrow { height: 0; background: none; border-radius: 0; border-top: 2px solid var(--map); }
.legend i.arrow.report { border-color: var(--report); }
.legend i.arrow.other { border-color: var(--other); }
.legend i.arrow.gone { border-top: 2px dashed var(--fault); }
i.joining { background: var(--joining); }
i.silent { background: repeating-linear-gradient(90deg, var(--silent) 0 5px, var(--ground) 5px 6px); }
i.state.lost { background: repeating-linear-gradient(90deg, var(--fault) 0 5px, var(--ground) 5px 6px); }
.legend i.truth { height: 4px; background: var(--faint); }
.legend i.truth.gone { background: none; border: 1px solid var(--fault); }
aside { grid-area: side; display: flex; flex-direction: column; min-height: 0; border-left: 1px solid var(--line); background: var(--raised); }
aside[hidden] { display: none; }
.details { padding: 10px 14px; overflow-y: auto; flex: 0 1 auto; min-height: 236px; max-height: 64%; }
.details p { margin: 3px 0; overflow-wrap: anywhere; }
.moment { display: flex; justify-content: space-between; font-variant-numeric: tabular-nums; }
.said { font-size: 14px; }
h3 { font-size: 12px; margin: 12px 0 3px; }
.node h3 { border-top: 1px solid var(--line); padding-top: 9px; font-size: 13px; }
ul.faults { margin: 0; padding-left: 18px; }
dl { display: grid; grid-template-columns: 72px minmax(0, 1fr); gap: 3px 10px; margin: 5px 0 0; }
dt { color: var(--faint); }
dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.listbar { display: flex; gap: 6px; padding: 7px 14px; border-block: 1px solid var(--line); }
.listbar button[aria-pressed='true'] { border-color: var(--accent); color: var(--accent); font-weight: 600; }
.records { flex: 1 1 150px; min-height: 120px; overflow-y: auto; background: var(--ground); }
.rows { position: relative; }
.rows > div { position: absolute; inset-inline: 0; height: 21px; display: grid; grid-template-columns: 74px 74px minmax(0, 1fr); gap: 8px; padding: 1px 12px; white-space: nowrap; cursor: pointer; font-size: 12px; }
.rows > div:hover { background: var(--raised); }
.rows > [aria-selected='true'] { background: var(--accent); color: var(--ground); }
.rows .time { text-align: right; font-size: 11px; line-height: 18px; color: var(--faint); }
.rows .what { overflow: hidden; text-overflow: ellipsis; }
.rows [aria-selected='true'] .time { color: inherit; }
.summary { display: grid; grid-template-columns: minmax(300px, 5fr) minmax(360px, 7fr); gap: 8px 44px; padding: 8px 24px 32px; overflow-y: auto; }
h2 { font-size: 15px; margin: 18px 0 8px; display: flex; align-items: baseline; gap: 10px; }
small { font-size: 12px; font-weight: 400; }
.checks { list-style: none; margin: 0; padding: 0; }
.checks li { display: flex; gap: 9px; padding: 3px 0; overflow-wrap: anywhere; }
.checks .mark { color: var(--good); font-weight: 700; }
.checks .broken .mark, .checks .broken { color: var(--bad); }
.checks .broken { background: var(--bad-ground); border-radius: 5px; padding: 5px 9px; margin: 2px -9px; }
.error { background: var(--bad-ground); border-radius: 6px; padding: 2px 14px 8px; margin-top: 16px; }
.error h2 { color: var(--bad); margin-top: 8px; }
.error pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 4px 0; }
table { border-collapse: collapse; }
.story td, .story th { text-align: left; vertical-align: baseline; padding: 3px 14px 3px 0; font-weight: 400; }
.story td:first-child { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.story th { color: var(--accent); white-space: nowrap; }
.story td:last-child { overflow-wrap: anywhere; }
.story .broken td { color: var(--bad); font-weight: 600; }
.compare { display: grid; grid-template-columns: 1fr 1fr; min-height: 0; flex: 1; }
.half { display: flex; flex-direction: column; min-width: 0; padding: 0 18px 24px; overflow-y: auto; border-right: 1px solid var(--line); }
.half .command { flex: none; }
.half .diagram { flex: none; max-height: 46vh; border: 1px solid var(--line); margin-top: 8px; }
.half .command { align-self: flex-start; max-width: 100%; }
dialog { border: 1px solid var(--line); border-radius: 8px; background: var(--ground); color: var(--text); max-width: 480px; padding: 6px 24px 20px; }
dialog::backdrop { background: rgba(0, 0, 0, 0.4); }
.keys th { text-align: left; padding: 2px 18px 2px 0; white-space: nowrap; }
kbd { border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 4px; padding: 0 5px; background: var(--raised); margin-right: 4px; font-weight: 400; }
@media (max-width: 900px) {
  html, body { height: auto; }
  body { grid-template: auto auto auto auto / minmax(0, 1fr); grid-template-areas: 'header' 'nav' 'main' 'side'; }
  .diagram { flex: 0 0 62vh; }
  aside { border-left: 0; border-top: 1px solid var(--line); }
  .details { max-height: none; }
  .records { flex: 0 0 320px; }
  .summary, .compare { grid-template-columns: minmax(0, 1fr); padding-inline: 16px; }
  .search { flex: 1 1 100%; margin: 0 0 6px; }
  .again { justify-content: flex-start; }
}
.print-only { display: none; }
.rows > p { padding: 0 14px; color: var(--faint); white-space: normal; }
@media print {
  :root { color-scheme: light; }
  html, body { height: auto; }
  body { display: block; }
  .buttons, .tabs, .search, .controls, .records, .listbar, .again button, nav { display: none; }
  .command { white-space: normal; }
  main { display: block; }
  .diagram { height: 150mm; }
  .print-only { display: block; break-before: page; }
  aside .details { min-height: 0; }
  .summary { display: block; overflow: visible; }
  aside { border: 0; background: none; }
  .details { max-height: none; }
}
`;
