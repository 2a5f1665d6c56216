import { z } from 'zod'
import { readRunbook, type Runbook } from '../alerts/runbooks.ts'
import { runbookName } from '../inputs/alerts.ts'
import { query, router } from '../trpc.ts'

export const runbooksRouter = router({
  get: query({ permission: 'alerts.read', concern: 'anywhere' })
    .input(z.strictObject({ name: runbookName }))
    .query(({ input }): Promise<Runbook> => readRunbook(input.name)),
})
