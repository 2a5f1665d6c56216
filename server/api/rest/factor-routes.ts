import type { Route } from './routes.ts'

/** What people prove themselves with. Registering, proving and vouching are done by a person at the page, never by a program. */
export const factorRoutes: Route[] = [
  { method: 'GET', path: '/users/{id}/factors', procedure: 'factors.of', summary: "A person's second factors" },
  {
    method: 'GET',
    path: '/sign-in-policy',
    procedure: 'factors.policy',
    summary: 'Whether a second factor is required',
  },
  {
    method: 'PUT',
    path: '/sign-in-policy',
    procedure: 'factors.setPolicy',
    summary: 'Require a second factor of whoever may act, or leave it open',
  },
]
