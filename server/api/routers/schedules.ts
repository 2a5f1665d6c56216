import { z } from 'zod'
import { ofCluster } from '../inputs/agents.ts'
import { existingName, reason } from '../inputs/fields.ts'
import { rehearsalTimes, timetable } from '../inputs/repository.ts'
import { listSchedules, type ListedSchedules } from '../schedules/list.ts'
import { setBackups, setRehearsals } from '../schedules/set.ts'
import { command, query, router } from '../trpc.ts'
import { clusterIn } from '../concern.ts'

const setting = z.strictObject({ cluster: existingName, isEnabled: z.boolean().default(true), reason })

export const schedulesRouter = router({
  get: query({ permission: 'clusters.read', concern: clusterIn() })
    .input(ofCluster)
    .query(({ ctx, input }): Promise<ListedSchedules> => listSchedules(ctx.services.store, input.cluster)),
  setBackups: command({ permission: 'repository.maintain', concern: clusterIn(), audit: 'schedules.setBackups' })
    .input(setting.extend({ schedule: timetable }))
    .mutation(({ ctx, input }): Promise<ListedSchedules> => setBackups(ctx, input)),
  setRehearsals: command({ permission: 'rehearsal.request', concern: clusterIn(), audit: 'schedules.setRehearsals' })
    .input(setting.extend({ schedule: rehearsalTimes }))
    .mutation(({ ctx, input }): Promise<ListedSchedules> => setRehearsals(ctx, input)),
})
