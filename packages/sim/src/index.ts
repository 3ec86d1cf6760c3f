// The public surface of the simulator.
export {};
