import type { Route } from './routes.ts'

/** Who may come in: people, and programs with their tokens. */
export const peopleRoutes: Route[] = [
  {
    method: 'GET',
    path: '/users',
    procedure: 'users.list',
    summary: 'People who may sign in, with their rights',
    rowKey: 'id',
  },
  {
    method: 'POST',
    path: '/users',
    procedure: 'users.create',
    summary: 'Add a person with a first password',
    status: 201,
  },
  {
    method: 'POST',
    path: '/users/invite',
    procedure: 'users.invite',
    summary: 'Invite a person by a link that is good once; it is told once',
    status: 201,
  },
  {
    method: 'POST',
    path: '/users/{id}/invitation',
    procedure: 'users.inviteAgain',
    summary: 'Make a new link for a person who has not come yet',
    status: 201,
  },
  { method: 'PUT', path: '/users/{id}', procedure: 'users.update', summary: "Change a person's name or access" },
  { method: 'POST', path: '/users/{id}/grants', procedure: 'users.grant', summary: 'Give a person one right more' },
  {
    method: 'POST',
    path: '/users/{id}/grants/revoke',
    procedure: 'users.revoke',
    summary: 'Take one right of a person away',
  },
  {
    method: 'POST',
    path: '/users/{id}/password',
    procedure: 'users.resetPassword',
    summary: 'Give a person a new random password',
  },
  {
    method: 'GET',
    path: '/users/{id}/sessions',
    procedure: 'users.sessions',
    summary: 'Where a person is signed in now',
  },
  {
    method: 'DELETE',
    path: '/users/{id}/sessions',
    procedure: 'users.endSession',
    summary: 'End all sessions of a person',
    given: { session: null },
    hidden: ['session'],
  },
  {
    method: 'DELETE',
    path: '/users/{id}/sessions/{session}',
    procedure: 'users.endSession',
    summary: 'End one session of a person',
  },
  { method: 'GET', path: '/tokens', procedure: 'tokens.list', summary: 'Tokens, without their text', rowKey: 'id' },
  {
    method: 'POST',
    path: '/tokens',
    procedure: 'tokens.create',
    summary: 'Make a token; without expiresInDays it is good for 90 days, with null for ever',
    status: 201,
  },
  { method: 'DELETE', path: '/tokens/{id}', procedure: 'tokens.revoke', summary: 'Revoke a token for good' },
]
