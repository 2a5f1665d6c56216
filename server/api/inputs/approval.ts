import { z } from 'zod'

/** Where a policy asks for the approval of others: ask for it, or act alone; absent = neither, and it is refused. */
export const approval = z.enum(['ask', 'break-glass']).optional()
