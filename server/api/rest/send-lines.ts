import type { Context } from '../context.ts'
import { callerFor } from '../procedures.ts'
import type { Route } from './routes.ts'

/** Sends lines as a file, as fast as they are taken; what is wrong before the first of them is thrown as ever. */
export async function sendLines(
  lines: NonNullable<Route['lines']>,
  context: Context,
  { input, signal }: { input: Record<string, unknown>; signal: AbortSignal },
): Promise<Response> {
  const api = callerFor(context, { signal })
  const text = await lines.of({ api, store: context.services.store }, input)
  const encoder = new TextEncoder()
  let first: IteratorResult<string> | null = await text.next()
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        // Many short lines in one piece.
        let piece = ''
        while (piece.length < pieceLength) {
          const { value, done }: IteratorResult<string> = first ?? (await text.next())
          first = null
          if (done || signal.aborted) {
            if (piece !== '') controller.enqueue(encoder.encode(piece))
            controller.close()
            return
          }
          piece += value
        }
        controller.enqueue(encoder.encode(piece))
      },
      async cancel() {
        await text.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body, {
    headers: {
      'content-type': `${lines.type}; charset=utf-8`,
      'content-disposition': `attachment; filename="${lines.fileName}"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  })
}

const pieceLength = 64 * 1024
