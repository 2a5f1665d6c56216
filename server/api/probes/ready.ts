import { isAppError } from '#server/errors.ts'
import type { Services } from '../context.ts'
import { countLiveWorkers } from './workers.ts'

/** 200 when the store answers and a worker lives, else 503; says which, and no more, to anybody. */
export async function answerReady({ store, log }: Pick<Services, 'store' | 'log'>): Promise<Response> {
  try {
    const workers = await countLiveWorkers(store)
    return answer(workers > 0, { store: 'reachable', worker: workers > 0 ? 'live' : 'missing' })
  } catch (error) {
    if (!isAppError(error)) log.error({ error }, 'readiness could not be told')
    return answer(false, { store: 'unreachable', worker: 'unknown' })
  }
}

function answer(isReady: boolean, parts: Record<string, string>): Response {
  return Response.json(
    { status: isReady ? 'ready' : 'not ready', ...parts },
    { status: isReady ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  )
}
