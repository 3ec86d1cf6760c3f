// What led to a failure, one line an event.
import type { SimReply } from '../threads/sim-task.ts';
import { wrapped } from './layout.ts';
import { seconds } from './numbers.ts';
import type { Output } from './terminal.ts';

type Story = NonNullable<SimReply['failing']>['story'];

const TIME_COLUMNS = 11;
const LINES_MAX = 60;
const BROKEN = '  ← broken here';

/** The last lines of the story; what came before is in the trace. */
export function storyLines(story: Story, { style, width }: Output): string[] {
  const shown = story.slice(-LINES_MAX);
  const nameColumns = Math.max(0, ...shown.map((line) => line.node.length));
  const indent = TIME_COLUMNS + 2 + nameColumns + 2;
  const lines = shown.map(({ at, node, text, broken }) => {
    const time = style.dim(seconds(at / 1000).padStart(TIME_COLUMNS));
    const said = wrapped(broken ? `${text}${BROKEN}` : text, indent, width);
    return `${time}  ${style.cyan(node.padEnd(nameColumns))}  ${broken ? style.red(said) : said}`;
  });
  if (shown.length < story.length) lines.unshift(style.dim('        …'));
  return lines;
}
