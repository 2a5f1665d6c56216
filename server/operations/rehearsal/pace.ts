import type { JobPace } from '../agent-job.ts'

/** Nothing is at stake while an agent is silent: what it was asked for goes on there without it. */
export const usualPace: JobPace = { pollMs: 1_000, silentMs: 900_000 }
