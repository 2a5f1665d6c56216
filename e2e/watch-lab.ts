import type { ClusterDraft } from '#domain/fleet/cluster.ts'
import { down, status, up } from '#lab/control.ts'
import { type RunningConsole, startConsole } from './console.ts'
import { labDraft } from './lab-cluster.ts'
import { createRest, type Rest } from './rest.ts'

export interface WatchedLab {
  console: RunningConsole
  rest: Rest
  /** Stops the console, and takes the lab down if it was not there before; after a failure the console's folder stays. */
  stop: (wish: { keepHome: boolean }) => Promise<void>
}

/** The lab, whole, and a console of its own that looks after it; what was set up is undone when it fails. */
export async function watchLab(draft: Partial<ClusterDraft> = {}, stopping?: AbortSignal): Promise<WatchedLab> {
  const { state } = await status()
  const leaveLab = async () => {
    if (state === 'down') await down()
  }
  try {
    await up()
    stopping?.throwIfAborted()
    const running = await startConsole()
    const rest = createRest(running)
    try {
      await rest.addCluster(labDraft(draft))
    } catch (error) {
      await running.stop({ keepHome: true })
      throw error
    }
    return {
      console: running,
      rest,
      async stop(wish) {
        try {
          await running.stop(wish)
        } finally {
          await leaveLab()
        }
      },
    }
  } catch (error) {
    await leaveLab()
    throw error
  }
}
