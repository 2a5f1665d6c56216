/** How often a step looks, and how long it keeps at it. */
export interface BackupPace {
  pollMs: number
  /** Progress costs a look into the repository. */
  progressMs: number
  /** For so long an agent may be silent before it is known that it has the job, and after that while it has it. */
  silentBeforeMs: number
  silentDuringMs: number
  /** How long a signed request can still be taken: 60 s, and the 30 s that an agent allows its clock to differ by. */
  requestLifeMs: number
  verifyMs: number
}

/** A backup goes on without its agent being heard: nothing is gained by giving up on it early. */
export const usualPace: BackupPace = {
  pollMs: 1_000,
  progressMs: 15_000,
  silentBeforeMs: 900_000,
  silentDuringMs: 6 * 3_600_000,
  requestLifeMs: 95_000,
  verifyMs: 3_600_000,
}
