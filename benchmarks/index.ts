// Benchmarks are programs that print figures: one file each, run as `node benchmarks/dist/<name>.js`.
export {};
