import type { Route } from './routes.ts'

/** Who may come in: people, and programs with their tokens. */
export const peopleRoutes: Route[] = [
  { method: 'GET', path: '/users', procedure: 'users.list', summary: 'People who may sign in', rowKey: 'id' },
  { method: 'POST', path: '/users', procedure: 'users.create', summary: 'Add a person', status: 201 },
  { method: 'PUT', path: '/users/{id}', procedure: 'users.update', summary: "Change a person's name, role or access" },
  {
    method: 'POST',
    path: '/users/{id}/password',
    procedure: 'users.resetPassword',
    summary: 'Give a person a new random password',
  },
  { method: 'GET', path: '/tokens', procedure: 'tokens.list', summary: 'Tokens, without their text', rowKey: 'id' },
  { method: 'POST', path: '/tokens', procedure: 'tokens.create', summary: 'Make a token', status: 201 },
  { method: 'DELETE', path: '/tokens/{id}', procedure: 'tokens.revoke', summary: 'Revoke a token for good' },
]
