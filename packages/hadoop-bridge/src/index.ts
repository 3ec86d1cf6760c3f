// The public surface of the Hadoop bridge.
export {};
