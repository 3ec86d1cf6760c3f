// The slim entry `lisping/job`: only what a job file needs, so that bundles stay small.
export {};
