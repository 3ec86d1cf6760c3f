/** What is counted in a run beside its events. */
export class Tally {
  /** Attempts that began on a replica, and those that ended with it. */
  mapAttempts = 0;
  reduceAttempts = 0;
  mapsLost = 0;
  reducesLost = 0;
}
