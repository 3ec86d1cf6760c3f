/** The colours of the canvases, for both themes; told apart without red and green, and by form too. */

export interface Palette {
  readonly ground: string;
  readonly band: string;
  readonly line: string;
  readonly text: string;
  readonly faint: string;
  readonly map: string;
  readonly shuffle: string;
  readonly reduce: string;
  readonly assign: string;
  readonly report: string;
  readonly other: string;
  readonly heartbeat: string;
  readonly lost: string;
  readonly fault: string;
  readonly faultGround: string;
  readonly accent: string;
  readonly match: string;
  readonly states: Readonly<Record<string, string>>;
}

export const LIGHT: Palette = {
  ground: '#ffffff',
  band: '#f6f7f9',
  line: '#dfe3e8',
  text: '#1c2127',
  faint: '#5f6b7a',
  map: '#4477aa',
  shuffle: '#7cc7e8',
  reduce: '#aa3377',
  assign: '#4477aa',
  report: '#7a5195',
  other: '#8a94a3',
  heartbeat: '#c4cad2',
  lost: '#c2410c',
  fault: '#c2410c',
  faultGround: 'rgba(234, 88, 12, 0.13)',
  accent: '#111827',
  match: '#b58900',
  states: {
    joining: '#e5d9a5',
    idle: '#e3e7ec',
    mapping: '#4477aa',
    shuffling: '#7cc7e8',
    reducing: '#aa3377',
    silent: '#e6a817',
    lost: '#c2410c',
  },
};

export const DARK: Palette = {
  ground: '#14181d',
  band: '#191e24',
  line: '#2b323b',
  text: '#e7eaee',
  faint: '#98a3b1',
  map: '#6699cc',
  shuffle: '#3f8fb0',
  reduce: '#d16ba5',
  assign: '#6699cc',
  report: '#b48ad6',
  other: '#76818f',
  heartbeat: '#3b444f',
  lost: '#fb923c',
  fault: '#fb923c',
  faultGround: 'rgba(251, 146, 60, 0.16)',
  accent: '#ffffff',
  match: '#facc15',
  states: {
    joining: '#6b6337',
    idle: '#2e363f',
    mapping: '#6699cc',
    shuffling: '#3f8fb0',
    reducing: '#d16ba5',
    silent: '#e6a817',
    lost: '#fb923c',
  },
};
