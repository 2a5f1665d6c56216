import type { FeedMessage } from '#domain/view.ts'
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
}

/** Opens the feed and opens it again, with growing pauses, whenever it ends; the returned function closes it for good. */
export function listen({ client, cluster, line, hear, catchUp }: Listening): () => void {
  let isClosed = false
  let tries = 0
  let timer: ReturnType<typeof setTimeout> | undefined
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
    timer = setTimeout(open, Math.min(250 * 2 ** tries++, longestPauseMs))
  }

  const open = () => {
    if (isClosed) return
    const subscription = client.live.feed.subscribe(
      { cluster, ...(line.lastEventId === undefined ? {} : { lastEventId: line.lastEventId }) },
      {
        onData: ({ id, data }) => {
          line.lastEventId = id
          hear(data)
        },
        onConnectionStateChange: ({ state }) => {
          if (isClosed) return
          if (state === 'pending') {
            tries = 0
            line.setPhase('live')
            if (line.takeMissed()) catchUp()
          } else if (state === 'connecting' && line.read().phase === 'live') {
            line.setPhase('reconnecting')
          }
        },
        onError: again,
        onComplete: () => again(),
      },
    )
    close = () => subscription.unsubscribe()
  }

  if (line.read().phase !== 'live') line.setPhase('connecting')
  open()
  return () => {
    isClosed = true
    clearTimeout(timer)
    close()
  }
}

const longestPauseMs = 10_000

function nothing() {}
