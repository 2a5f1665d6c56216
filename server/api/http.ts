import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { makeContext, type Services } from './context.ts'
import { toTrpcError } from './errors.ts'
import { limitBody, refuseForeign } from './guard.ts'
import { appRouter } from './root.ts'

/** Answers one request to the procedures at /api/trpc. */
export async function answerTrpc(services: Services, request: Request): Promise<Response> {
  // Next asks for HEAD what is there for GET.
  if (request.method !== 'GET' && request.method !== 'POST') return new Response(null, { status: 405 })
  const response = await fetchRequestHandler({
    endpoint: '/api/trpc',
    req: limitBody(request),
    router: appRouter,
    allowMethodOverride: false,
    maxBatchSize: 16,
    createContext({ req, resHeaders }) {
      try {
        refuseForeign(req, services.origins)
      } catch (error) {
        throw toTrpcError(error)
      }
      return makeContext(services, req.headers, resHeaders)
    },
  })
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
  return response
}
