/** How readers of workload files refuse one. */

/** Says what is wrong with the file, and never returns. */
export type Fail = (what: string) => never;
