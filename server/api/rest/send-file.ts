import type { Context } from '../context.ts'
import { extractBytes } from '../operations/extract-bytes.ts'
import { callerFor } from '../procedures.ts'

/** The file that a rehearsal took out of the recovered data, handed on as it comes; what is wrong before its first bytes is thrown as ever. */
export async function sendFile(
  context: Context,
  { id }: Record<string, unknown>,
  signal: AbortSignal,
): Promise<Response> {
  const file = await callerFor(context, { signal }).rehearsals.file({ id: String(id) })
  const caller = await context.identify()
  const bytes = extractBytes(context.services.store, file, caller?.name ?? '')
  let first: IteratorResult<Uint8Array> | null = await bytes.next()
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = first ?? (await bytes.next())
        first = null
        if (done || signal.aborted) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await bytes.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body, {
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(file.bytes),
      'content-disposition': `attachment; filename="${file.fileName}"`,
      'repr-digest': `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`,
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}
