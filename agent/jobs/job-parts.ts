/** Where the parts of a job lie in its folder; each has one writer. */
export const parts = { job: 'job.json', claim: 'claim.json', program: 'program.json', end: 'end.json' } as const
