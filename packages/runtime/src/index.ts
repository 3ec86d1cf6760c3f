// The public surface of the real-world host.
export {};
