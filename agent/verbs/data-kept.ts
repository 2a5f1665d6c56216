import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { z } from 'zod'
import type { AgentConfig } from '#agent/config/agent-config.ts'
import type { keptData } from '#agent/protocol/results.ts'
import { seePlace } from './data-place.ts'
import { recoveryObstacles } from './recovery-obstacles.ts'
import { rehearsalPlace, rehearsalPostmaster, rehearsalsOf } from './rehearsal-place.ts'
import { roomBeside } from './room-beside.ts'

type Kept = z.output<typeof keptData>

/** What the console's operations keep on this node beside the live data, the room that is left, and whether the data can be set aside. */
export async function seeKept(config: AgentConfig): Promise<Kept> {
  const { dataFolder } = config.postgres
  const found = await rehearsalsOf(config)
  const rehearsals = await Promise.all(
    found.map(async (one) => ({
      ...one,
      isRunning: (await rehearsalPostmaster(rehearsalPlace(config, one.name))) !== null,
    })),
  )
  const place = await seeWholePlace(config).catch(() => null)
  return { aside: await asideKept(dataFolder), rehearsals, freeBytes: await roomBeside(dataFolder), place }
}

async function seeWholePlace(config: AgentConfig): Promise<NonNullable<Kept['place']>> {
  const [place, obstacles] = await Promise.all([seePlace(config.postgres.dataFolder), recoveryObstacles(config)])
  return { ...place, obstacles }
}

/** The data folders that were set aside beside a data folder, the oldest first; since when, as the file system tells it. */
export async function asideKept(dataFolder: string): Promise<Kept['aside']> {
  const parent = dirname(dataFolder)
  const form = /^\.matriarch-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/
  const own = basename(dataFolder)
  const entries = await readdir(parent, { withFileTypes: true })
  const kept = entries.flatMap((entry) => {
    const name = entry.isDirectory() && entry.name.startsWith(own) ? form.exec(entry.name.slice(own.length))?.[1] : null
    return name ? [{ name, path: join(parent, entry.name) }] : []
  })
  // To be renamed is the last thing that happened to it.
  const dated = await Promise.all(
    kept.map(async ({ name, path }) => ({ name, since: (await stat(path)).ctime.toISOString() })),
  )
  return dated.toSorted((a, b) => a.since.localeCompare(b.since))
}
