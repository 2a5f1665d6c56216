import type { Route } from '#domain/alerts/notify/route.ts'
import { routeSentence } from '#domain/alerts/notify/route.ts'
import { isZone } from '#domain/alerts/notify/hours.ts'
import { AppError } from '#server/errors.ts'
import { listChannels } from '#server/store/notifications/channels.ts'
import { listRoutes, lockRoutes, replaceRoutes, revisionOf } from '#server/store/notifications/routes.ts'
import type { Store } from '#server/store/open.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { needCluster } from '../clusters/need.ts'
import type { CommandContext } from '../trpc.ts'

export interface ShownRoutes {
  routes: (Route & { sentence: string })[]
  revision: string
}

interface Asked {
  revision: string
  routes: (Omit<Route, 'id' | 'cluster'> & { cluster: string | null })[]
}

/** Who is told of what, the first to match first, each with its sentence. */
export function showRoutes(store: Store): Promise<ShownRoutes> {
  return shownOn(store.pool)
}

/** Sets all routes at once. Throws AppError `conflict` where others have been set since they were seen. */
export async function setRoutes({ act, services: { store } }: CommandContext, asked: Asked): Promise<ShownRoutes> {
  act.on({ target: 'routes', cluster: null, reason: null })
  const routes = await Promise.all(
    asked.routes.map(async ({ cluster: name, ...route }) => {
      const cluster = name === null ? null : await needCluster(store, name)
      if (route.hours && !isZone(route.hours.zone))
        throw new AppError('invalid', `${route.hours.zone} is no time zone, such as Europe/Zurich.`)
      const steps = route.steps.toSorted((a, b) => a.afterMinutes - b.afterMinutes)
      return { ...route, steps, cluster: cluster && { id: cluster.id, name: cluster.name } }
    }),
  )
  return act.commit(async (tx) => {
    await lockRoutes(tx)
    const before = await shownOn(tx)
    if (before.revision !== asked.revision)
      throw new AppError('conflict', 'Somebody else has changed the routes meanwhile. Look at them again.')
    const known = new Map((await listChannels(tx)).map((channel) => [channel.id, channel]))
    for (const id of routes.flatMap(({ steps }) => steps.flatMap(({ channelIds }) => channelIds))) {
      const channel = known.get(id)
      if (!channel) throw new AppError('invalid', 'A route leads to a channel that is not there any more.')
      if (channel.settings.kind === 'heartbeat')
        throw new AppError('invalid', `${channel.name} is a heartbeat: it is called by itself and told nothing.`)
    }
    await replaceRoutes(tx, routes)
    const after = await shownOn(tx)
    const told = (shown: ShownRoutes) => shown.routes.map(({ sentence }) => sentence)
    act.on({ target: 'routes', cluster: null, reason: null, detail: { before: told(before), after: told(after) } })
    return after
  })
}

async function shownOn(on: Queryable): Promise<ShownRoutes> {
  const routes = await listRoutes(on)
  const names = new Map((await listChannels(on)).map(({ id, name }) => [id, name]))
  return {
    routes: routes.map((route) => ({ ...route, sentence: routeSentence(route, (id) => names.get(id) ?? 'nobody') })),
    revision: revisionOf(routes),
  }
}
