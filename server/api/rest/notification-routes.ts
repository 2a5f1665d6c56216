import type { Route } from './routes.ts'

/** Where people are told, who is told of what, and what was told. */
export const notificationRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/channels',
    procedure: 'notifications.channels',
    summary: 'Channels, without their secrets',
    rowKey: 'id',
  },
  {
    method: 'POST',
    path: '/channels',
    procedure: 'notifications.addChannel',
    summary: 'Add a channel; its secret is kept for the workers alone',
    status: 201,
  },
  {
    method: 'PUT',
    path: '/channels/{channel}',
    procedure: 'notifications.changeChannel',
    summary: 'Change a channel; a secret that is not sent stays',
    bodyField: 'draft',
  },
  {
    method: 'DELETE',
    path: '/channels/{channel}',
    procedure: 'notifications.removeChannel',
    summary: 'Forget a channel to which no route leads',
  },
  {
    method: 'POST',
    path: '/channels/{channel}/test',
    procedure: 'notifications.testChannel',
    summary: 'Send a test, and say what the receiver answered',
  },
  {
    method: 'GET',
    path: '/notification-routes',
    procedure: 'notifications.routes',
    summary: 'Who is told of which alerts; the first that matches counts',
  },
  {
    method: 'PUT',
    path: '/notification-routes',
    procedure: 'notifications.setRoutes',
    summary: 'Set all routes at once; revision says which were seen',
  },
  {
    method: 'GET',
    path: '/notifications',
    procedure: 'notifications.log',
    summary: 'What was told and is to be, newest first; states=dead what was given up',
  },
  {
    method: 'POST',
    path: '/notifications/{id}/retry',
    procedure: 'notifications.retry',
    summary: 'Try again what was given up',
  },
  {
    method: 'POST',
    path: '/notifications/{id}/dismiss',
    procedure: 'notifications.dismiss',
    summary: 'Say that what was given up needs nothing more: no alert is made of it',
  },
]
