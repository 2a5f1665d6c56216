import { z } from 'zod'
import { forbidden, type MaintenanceWindow } from '#domain/maintenance/window.ts'

export const maintenanceWindow: z.ZodType<MaintenanceWindow> = z.object({
  id: z.string(),
  clusterId: z.string().nullable(),
  clusterName: z.string().nullable(),
  label: z.string().nullable(),
  reason: z.string(),
  owner: z.object({ id: z.string().nullable(), name: z.string() }),
  forbids: z.enum(forbidden),
  startsAt: z.date(),
  endsAt: z.date(),
  endedAt: z.date().nullable(),
  endedBy: z.string().nullable(),
  createdAt: z.date(),
})

export const maintenanceWindows = z.object({ windows: z.array(maintenanceWindow), serverNow: z.date() })
