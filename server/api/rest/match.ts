import { AppError } from '#server/errors.ts'
import { routes, type Route } from './routes.ts'

export interface Match {
  route: Route
  /** Values of the path's `{x}`, by x. */
  params: Record<string, string>
}

/** The route of a request; throws AppError `not-found`, also where another method would do. */
export function matchRoute(method: string, path: string): Match {
  const found: Match[] = []
  for (const route of routes) {
    const params = matchPath(route.path, path)
    if (params) found.push({ route, params })
  }
  // A literal word wins over a name: /clusters/discover is no cluster called discover.
  const match = found.find(({ route }) => route.method === method)
  if (match) return match
  if (found.length === 0)
    throw new AppError('not-found', `There is nothing at ${path.slice(0, 200)}. See /api/v1/openapi.json.`)
  const methods = [...new Set(found.map(({ route }) => route.method))].join(', ')
  throw new AppError('invalid', `${method} is not understood at ${path.slice(0, 200)}, only ${methods}.`)
}

function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return null
  const params: Record<string, string> = {}
  for (const [n, part] of wanted.entries()) {
    const text = given[n] ?? ''
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    if (name === undefined) {
      if (part !== text) return null
      continue
    }
    const value = decode(text)
    if (value === null || value === '') return null
    params[name] = value
  }
  return params
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
