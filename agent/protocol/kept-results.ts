import * as z from 'zod/mini'

/** Result of the jobs `pgbackrest-restore` and `rehearsal-restore`, which the latter also keeps in a file. */
export const restoreResult = z.object({
  set: z.nullable(z.string()),
  size: z.nullable(z.string()),
  files: z.nullable(z.int()),
})

/** Result of the job `rehearsal-dump`, which keeps it in a file. */
export const dumpResult = z.object({ bytes: z.number(), sha256: z.string() })
