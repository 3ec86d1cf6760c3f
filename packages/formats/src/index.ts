// The public surface of the input formats.
export {};
