import { z } from 'zod'
import type { ListedSchedules } from '../../schedules/list.ts'

const text = z.string()
const set = { isEnabled: z.boolean(), setBy: text, setAt: z.date() }
const type = z.enum(['full', 'diff', 'incr'])

export const schedules: z.ZodType<ListedSchedules> = z.object({
  cluster: text,
  backup: z
    .object({
      body: z.object({
        runs: z.array(z.object({ type, weekdays: z.array(z.int()), hour: z.int(), minute: z.int() })),
        repository: z.int(),
        fromStandby: z.boolean(),
      }),
      ...set,
    })
    .nullable(),
  rehearsal: z
    .object({
      body: z.object({
        weekday: z.int(),
        hour: z.int(),
        minute: z.int(),
        beforeMs: z.int().nullable(),
        check: text.nullable(),
        verifiesPages: z.boolean(),
      }),
      ...set,
    })
    .nullable(),
  runs: z.array(
    z.object({
      kind: z.enum(['backup', 'rehearsal']),
      dueAt: z.date(),
      type: type.nullable(),
      state: z.enum(['waiting', 'begun', 'covered', 'missed']),
      sentence: text.nullable(),
      operationId: text.nullable(),
      changedAt: z.date(),
    }),
  ),
  serverNow: z.date(),
})
