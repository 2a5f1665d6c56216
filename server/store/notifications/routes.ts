import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Route } from '#domain/alerts/notify/route.ts'
import { notify } from '../notify.ts'
import type { Queryable } from '../queryable.ts'

export const hours = z.strictObject({
  days: z.array(z.int().min(1).max(7)).min(1, 'Choose a day.').max(7),
  from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Must be a time such as 08:00.'),
  to: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Must be a time such as 18:00.'),
  zone: z.string().min(1).max(100),
})

export const steps = z
  .array(
    z.strictObject({
      afterMinutes: z.int().min(0).max(10_080),
      channelIds: z.array(z.uuid()).min(1, 'Choose a channel.').max(20),
    }),
  )
  .min(1, 'Say who is told.')
  .max(10)

/** All routes, the first to be looked at first; one that is none, as after an older version, is left out. */
export async function listRoutes(on: Queryable): Promise<Route[]> {
  const { rows } = await on.query<
    Omit<Route, 'cluster' | 'hours' | 'steps'> & {
      clusterId: string | null
      clusterName: string | null
      hours: unknown
      steps: unknown
    }
  >(
    `select r.id, r.severity, r.cluster_id as "clusterId", c.name as "clusterName", r.label, r.hours, r.steps,
            r.repeat_minutes as "repeatMinutes", r.goes_on as "goesOn"
       from route r left join cluster c on c.id = r.cluster_id
      order by r.position, r.id`,
  )
  return rows.flatMap(({ clusterId, clusterName, hours: given, steps: taken, ...row }) => {
    const parsedHours = hours.nullable().safeParse(given)
    const parsedSteps = steps.safeParse(taken)
    if (!parsedHours.success || !parsedSteps.success) return []
    const cluster = clusterId === null ? null : { id: clusterId, name: clusterName ?? '' }
    return [{ ...row, cluster, hours: parsedHours.data, steps: parsedSteps.data }]
  })
}

/** Says which routes these are: who changes them says which they have seen. */
export function revisionOf(routes: readonly Route[]): string {
  return createHash('sha256').update(JSON.stringify(routes)).digest('hex').slice(0, 16)
}

/** Holds the routes until the end of the transaction: two who change them come after each other. */
export async function lockRoutes(tx: Queryable): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('matriarch.routes'))`)
}

/** Puts these routes in the place of all. */
export async function replaceRoutes(tx: Queryable, routes: readonly Omit<Route, 'id'>[]): Promise<void> {
  await tx.query('delete from route')
  for (const [
    position,
    { severity, cluster, label, hours: given, steps: taken, repeatMinutes, goesOn },
  ] of routes.entries()) {
    await tx.query(
      `insert into route (position, severity, cluster_id, label, hours, steps, repeat_minutes, goes_on)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        position,
        severity,
        cluster?.id ?? null,
        label,
        given === null ? null : JSON.stringify(given),
        JSON.stringify(taken),
        repeatMinutes,
        goesOn,
      ],
    )
  }
  await notify(tx, { kind: 'channels' })
}
