import type { Route } from './routes.ts'

/** Signing in with a provider: who is who there, and what its groups give. */
export const identityRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/sign-in-provider',
    procedure: 'identities.provider',
    summary: 'The provider of sign-ins that the console was started with; null without one',
  },
  { method: 'GET', path: '/identities', procedure: 'identities.list', summary: 'Who people are to the provider' },
  {
    method: 'POST',
    path: '/identities',
    procedure: 'identities.link',
    summary: 'Link a person to a subject of the provider',
    status: 201,
  },
  {
    method: 'DELETE',
    path: '/identities/{id}',
    procedure: 'identities.unlink',
    summary: 'Unlink an identity: sessions that began with it end',
  },
  {
    method: 'GET',
    path: '/group-mappings',
    procedure: 'identities.groups',
    summary: 'What groups of the provider give whoever is in them',
    rowKey: 'id',
  },
  {
    method: 'POST',
    path: '/group-mappings',
    procedure: 'identities.mapGroup',
    summary: 'Give a right to a group; it counts from the next sign-in on',
    status: 201,
  },
  {
    method: 'DELETE',
    path: '/group-mappings/{id}',
    procedure: 'identities.unmapGroup',
    summary: 'Take a right from a group, at once',
  },
]
