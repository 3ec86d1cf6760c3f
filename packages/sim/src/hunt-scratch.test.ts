import { test } from 'vitest';
import { hunt, moodyCount } from '../mutants/hunt.ts';
import { readFileSync } from 'node:fs';
const list = JSON.parse(readFileSync(process.env['MUTANTS'] ?? '', 'utf8')) as any[];
for (const m of list)
  test(
    m.name,
    async () => {
      const t = Date.now();
      try {
        const kill = await hunt(m, {
          schedules: m.schedules ?? 300,
          ...(m.moody ? { job: moodyCount } : {}),
          ...(m.reduces === undefined ? {} : { reduces: m.reduces }),
          ...(m.seed ? { seed: m.seed } : {}),
        });
        console.log(
          m.name,
          '=>',
          kill === null
            ? 'SURVIVED'
            : `${kill.checkers.join(',')} @${kill.schedules} ${kill.seed}: ${kill.detail}`,
          `${Date.now() - t} ms`,
        );
      } catch (e) {
        console.log(m.name, 'ERROR', String(e).slice(0, 300));
      }
    },
    300000,
  );
