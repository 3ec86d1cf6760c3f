/** The heap that a thread needs in which schedules are simulated. */

/**
 * A schedule's state lives as long as the schedule, some milliseconds and megabytes. With Node's
 * usual young generation it is copied several times before it dies, which took a sixth of all time;
 * this one is large enough for most schedules to die in it.
 */
export const SIMULATION_LIMITS: { readonly maxYoungGenerationSizeMb: number } = {
  maxYoungGenerationSizeMb: 96,
};
