import type { FeedMessage } from '#domain/fleet/view.ts'
import type { Client } from '#components/trpc/client.ts'
import { leaveIfSignedOut } from '#components/session/leave-if-signed-out.ts'
import type { Line } from './line.ts'

interface Listening {
  client: Client
  cluster: string | null
  line: Line
  hear: (message: FeedMessage) => void
  /** Called when the line is back after messages may have been missed. */
  catchUp: () => void
  /** Called when a cluster's details are heard for the first time since another was watched. */
  meet: (cluster: string) => void
}

/** Opens the feed and opens it again, with growing pauses, whenever it ends; the returned function closes it for good. */
export function listen({ client, cluster, line, hear, catchUp, meet }: Listening): () => void {
  let isClosed = false
  let tries = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let patience: ReturnType<typeof setTimeout> | undefined
  let close = nothing

  const again = (error?: unknown) => {
    if (isClosed) return
    leaveIfSignedOut(error)
    // An event stream does not tell why it was refused: a plain question does.
    if (tries === 2) client.session.whoami.query().catch(leaveIfSignedOut)
    line.setPhase('reconnecting')
    const closeOld = close
    close = nothing
    closeOld()
    clearTimeout(timer)
    clearTimeout(patience)
    timer = setTimeout(open, Math.min(250 * 2 ** tries++, longestPauseMs))
  }

  const open = () => {
    if (isClosed) return
    // To close a stream completes it: that is no end to begin again after.
    let isOver = false
    const end = (error?: unknown) => {
      if (!isOver) again(error)
    }
    // A proxy that holds the stream back lets it neither begin nor fail.
    patience = setTimeout(end, Math.min(firstPatienceMs * 2 ** tries, longestPatienceMs))
    const subscription = client.live.feed.subscribe(
      { cluster, ...(line.lastEventId === undefined ? {} : { lastEventId: line.lastEventId }) },
      {
        onData: ({ id, data }) => {
          // The last words on a cluster that was just left must not count for the next.
          if (line.read().cluster === cluster) line.lastEventId = id
          hear(data)
        },
        onConnectionStateChange: ({ state, error }) => {
          if (isClosed || isOver) return
          if (state === 'pending') {
            clearTimeout(patience)
            tries = 0
            line.setPhase('live')
            if (line.takeMissed()) catchUp()
            else if (cluster !== null && line.lastEventId === undefined) meet(cluster)
          } else if (state === 'connecting' && error) {
            // The browser has failed and tries by itself; a first try comes without an error.
            line.setPhase('reconnecting')
          }
        },
        onError: end,
        onComplete: () => end(),
      },
    )
    close = () => {
      isOver = true
      subscription.unsubscribe()
    }
  }

  if (line.read().phase !== 'live') line.setPhase('connecting')
  open()
  return () => {
    isClosed = true
    clearTimeout(timer)
    clearTimeout(patience)
    close()
  }
}

const longestPauseMs = 10_000

/** How long a stream may take to begin: what is shown is not yet old then. Slow lines get longer with each try. */
const firstPatienceMs = 5_000
const longestPatienceMs = 40_000

function nothing() {}
