import { useQuery } from '@tanstack/react-query'
import type { RestCall } from '#domain/api/curl.ts'

/** One address of the REST interface, as its own description tells it. */
export interface Endpoint extends RestCall {
  procedure: string
  kind: 'command' | 'query'
  summary: string
  permission: string
  tag: string
  /** An example of its body; null = it takes none. */
  example: unknown
}

/** Every address of the REST interface, from the console's own OpenAPI document. */
export function useEndpoints(isWanted = true) {
  return useQuery({
    queryKey: ['openapi'],
    enabled: isWanted,
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const answer = await fetch('/api/v1/openapi.json', { signal })
      if (!answer.ok) throw new Error('The console did not tell its interface. Try again.')
      return endpointsIn(await answer.json())
    },
  })
}

interface Described {
  summary: string
  tags: [string]
  'x-procedure': string
  'x-kind': 'command' | 'query'
  'x-permission': string
  'x-call': Omit<RestCall, 'method' | 'path'>
  requestBody?: { content: { 'application/json': { example: unknown } } }
}

function endpointsIn({ paths }: { paths: Record<string, Record<string, Described>> }): Endpoint[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, told]) => ({
      ...told['x-call'],
      method: method.toUpperCase(),
      path,
      procedure: told['x-procedure'],
      kind: told['x-kind'],
      permission: told['x-permission'],
      summary: told.summary,
      tag: told.tags[0],
      example: told.requestBody?.content['application/json'].example ?? null,
    })),
  )
}
