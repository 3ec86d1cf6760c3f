// The public surface of the core: what a job, a host or a test may import.
export {};
