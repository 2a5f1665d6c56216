import { etcdUrls, scope } from '#lab/addresses.ts'
import { z } from 'zod'

/** One change of the leader key as etcd's own stream told it, on this machine's clock. */
export interface LeaderChange {
  leader: string
  seenAtMs: number
}

const message = z.object({
  result: z.object({
    created: z.boolean().optional(),
    events: z
      .array(z.object({ type: z.string().optional(), kv: z.object({ value: z.string().optional() }) }))
      .optional(),
  }),
})

/** Follows the leader key by a raw watch, with no code of the console in between; resolves once the watch stands. */
export async function watchLeader(onChange: (change: LeaderChange) => void, signal: AbortSignal): Promise<void> {
  const key = Buffer.from(`/service/${scope}/leader`).toString('base64')
  const response = await fetch(`${etcdUrls[0]}/v3/watch`, {
    method: 'POST',
    body: JSON.stringify({ create_request: { key } }),
    headers: { 'Grpc-Metadata-hasleader': 'true' },
    signal,
  })
  if (response.body === null) throw new Error(`etcd on ${etcdUrls[0]} gave no stream.`)
  await new Promise<void>((created, failed) => {
    follow(response.body ?? new ReadableStream(), onChange, created).catch((error: unknown) => {
      if (!signal.aborted) failed(error)
    })
  })
}

async function follow(
  body: ReadableStream<Uint8Array>,
  onChange: (change: LeaderChange) => void,
  onCreated: () => void,
): Promise<void> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body) {
    const seenAtMs = Date.now()
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const { result } = message.parse(JSON.parse(line))
      if (result.created === true) onCreated()
      for (const { type, kv } of result.events ?? []) {
        if (type === 'DELETE') continue
        onChange({ leader: Buffer.from(kv.value ?? '', 'base64').toString(), seenAtMs })
      }
    }
  }
  throw new Error('etcd ended the watch.')
}
