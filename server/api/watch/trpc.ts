import { initTRPC, type AnyTRPCQueryProcedure } from '@trpc/server'
import type { ValidShare } from '#server/store/shares/links.ts'
import type { Store } from '#server/store/open.ts'
import { tellError, toTrpcError } from '../errors.ts'
import { transformer } from '../transformer.ts'

/** What a link lets its holder do: look at the clusters it is for. There is nobody in it who could act. */
export interface WatchContext {
  store: Store
  share: ValidShare
}

const t = initTRPC.context<WatchContext>().create({
  transformer,
  isDev: false,
  errorFormatter({ shape, error }) {
    const { appCode, sentence } = tellError(error)
    return { ...shape, message: sentence, data: { ...shape.data, appCode, sentence } }
  },
})

/** A procedure for those who only watch: it can become a query and nothing else. */
export const watchQuery: Pick<typeof t.procedure, 'query'> = t.procedure.use(async ({ next }) => {
  const result = await next()
  return result.ok ? result : { ...result, error: toTrpcError(result.error) }
})

/** A router in which nothing but queries can be mounted: anything else is an error of the types, and one at the start. */
export function watchRouter<Procedures extends Record<string, AnyTRPCQueryProcedure>>(procedures: Procedures) {
  for (const [name, procedure] of Object.entries(procedures)) {
    if (procedure._def.type !== 'query') throw new Error(`${name} is no query: those who watch change nothing.`)
  }
  return t.router(procedures)
}
