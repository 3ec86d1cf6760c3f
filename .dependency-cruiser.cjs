// Who may import whom: core ← formats ← sim, runtime, hadoop-bridge ← cli. Run by `npm run arch`.
const test = '\\.test(-d)?\\.ts$';

/** Nothing under packages/<name> may import what lies neither there nor in `allowed`. */
const only = (name, reason, ...allowed) => ({
  name: `${name}-only`,
  comment: reason,
  severity: 'error',
  from: { path: `^packages/${name}/src/`, pathNot: test },
  to: { pathNot: [`^packages/${name}/src/`, ...allowed] },
});

// One package sees another as its build, through the `exports` of its package.json.
const core = '^packages/core/dist/index\\.';
const formats = '^packages/formats/dist/index\\.';
// Built-in modules of Node have no path, only a name.
const builtin =
  '^(node:)?(assert|buffer|child_process|crypto|events|fs|http|https|module|net|os|path|perf_hooks|process|readline|stream|string_decoder|timers|tls|tty|url|util|v8|vm|worker_threads|zlib)(/|$)';
const npm = (...names) => `^node_modules/(@types/)?(${names.join('|')})/`;

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle hides which file stands on which.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      comment: 'An import that leads nowhere cannot be judged.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    only('core', 'The core imports nothing at all.'),
    only('formats', 'Formats are parsers over bytes, carried by the job.', core, npm('csv-parse')),
    only(
      'sim',
      'The hosts do not know each other.',
      core,
      formats,
      builtin,
      npm('seedrandom'),
      npm('fast-check'),
    ),
    {
      name: 'fast-check-only-in-arbitraries',
      comment: 'Who does not draw faults with fast-check need not install it.',
      severity: 'error',
      from: { path: '^packages/sim/src/', pathNot: ['^packages/sim/src/arbitraries[.]ts$', test] },
      to: { path: 'node_modules/fast-check/' },
    },
    only('runtime', 'The hosts do not know each other.', core, formats, builtin, npm('esbuild')),
    only(
      'hadoop-bridge',
      'The hosts do not know each other.',
      core,
      formats,
      builtin,
      npm('esbuild', 'valibot', 'webhdfs'),
    ),
    {
      name: 'nobody-imports-cli',
      comment: 'The command line wires; only what stands outside the packages may use it.',
      severity: 'error',
      from: { path: '^packages/', pathNot: ['^packages/cli/', test] },
      to: { path: '^packages/cli/' },
    },
    {
      name: 'no-tests-in-sources',
      comment: 'Tests are not shipped.',
      severity: 'error',
      from: { pathNot: test },
      to: { path: test },
    },
    {
      name: 'through-the-front-door',
      comment: 'Packages see of each other what `exports` offers, never a path into their sources.',
      severity: 'error',
      from: { path: '^(packages/[^/]+|examples|benchmarks)/' },
      to: { path: '^packages/[^/]+/src/', pathNot: '^$1/' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '(^|/)dist/'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default'] },
  },
};
