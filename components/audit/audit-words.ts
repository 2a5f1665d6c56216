import type { Tone } from '#components/ui/state-mark.tsx'
import type { AuditAction } from '#domain/audit-action.ts'
import type { AuditRecord } from '#domain/view.ts'

/** An act as one says it, fit to stand before `done` as before `refused`; an act without words of its own goes by its name. */
export function actWords(action: string): string {
  return words.get(action) ?? action
}

const words = new Map(
  Object.entries<string>({
    'operations.switchover': 'Switchover',
    'operations.schedule-switchover': 'Schedule a switchover',
    'operations.cancel-scheduled-switchover': 'Cancel a scheduled switchover',
    'operations.backup': 'Backup',
    'operations.restore': 'Recovery',
    'operations.rehearsal': 'Rehearsal',
    'operations.release-kept-data': 'Let kept data go',
    'operations.repository-check': 'Check a repository',
    'operations.repository-verify': 'Verify a repository',
    'operations.repository-expire': 'Expire backups',
    'operations.stanza-create': 'Set up a stanza',
    'operations.signal-backend': 'End a statement or session',
    'operations.haproxy-command': 'Command HAProxy',
    'operations.pooler-command': 'Command poolers',
    'operations.pooler-pause': 'Pause poolers',
    'poolers.command': 'Ask for a command to poolers',
    'backends.signal': 'Ask to end a statement or session',
    'haproxy.command': 'Ask HAProxy to drain a server or take it back',
    'switchover.request': 'Ask for a switchover',
    'backups.request': 'Ask for a backup',
    'restores.request': 'Ask for a recovery',
    'rehearsals.request': 'Ask for a rehearsal',
    'rehearsals.file': 'Take an extract',
    'releases.request': 'Ask to let kept data go',
    'repositories.request': 'Ask for a look at a repository',
    'repositories.expire': 'Ask to expire backups',
    'repositories.setUp': 'Ask to set up a stanza',
    'schedules.setBackups': 'Change the schedule of backups',
    'schedules.setRehearsals': 'Change the schedule of rehearsals',
    'alerts.setRule': 'Change an alert rule',
    'silences.create': 'Silence alerts',
    'silences.end': 'End a silence',
    'incidents.acknowledge': 'Acknowledge an incident',
    'history.keepFor': 'Set how long samples are kept',
    'incidents.note': 'Write a note on an incident',
    'operations.decide': 'Decide how an operation goes on',
    'notifications.addChannel': 'Add a channel',
    'notifications.changeChannel': 'Change a channel',
    'notifications.dismiss': 'Dismiss a notification that was given up',
    'notifications.removeChannel': 'Remove a channel',
    'notifications.retry': 'Send a notification again',
    'notifications.setRoutes': 'Set who is told',
    'notifications.testChannel': 'Test a channel',
    'operations.cancel': 'Stop an operation',
    'clusters.discover': 'Look at a cluster’s addresses',
    'clusters.add': 'Add a cluster',
    'clusters.update': 'Change a cluster',
    'clusters.remove': 'Remove a cluster',
    'agents.invite': 'Invite an agent',
    'agents.cancelInvitation': 'Cancel the invitation of an agent',
    'agents.enrol': 'Enrol an agent',
    'agents.remove': 'Remove an agent',
    'users.create': 'Add a person',
    'users.update': 'Change a person',
    'users.resetPassword': 'Reset a password',
    'users.invite': 'Invite a person',
    'users.inviteAgain': 'Invite a person again',
    'users.join': 'Take up an invitation',
    'users.grant': 'Give a right',
    'users.revoke': 'Take a right away',
    'users.endSession': "End a person's session",
    'session.signIn': 'Sign in',
    'session.end': 'End a session',
    'session.changePassword': 'Change the own password',
    'tokens.create': 'Make a token',
    'tokens.revoke': 'Revoke a token',
  } satisfies Record<AuditAction, string>),
)

/** The kinds of acts a filter offers; a trailing dot takes all of a kind. */
export const actKinds = [
  { value: 'switchover.', label: 'Switchovers asked for' },
  { value: 'backups.', label: 'Backups asked for' },
  { value: 'restores.', label: 'Recoveries asked for' },
  { value: 'rehearsals.', label: 'Rehearsals and extracts' },
  { value: 'releases.', label: 'Kept data let go' },
  { value: 'repositories.', label: 'Repositories' },
  { value: 'backends.', label: 'Sessions ended' },
  { value: 'poolers.', label: 'Poolers commanded' },
  { value: 'haproxy.', label: 'HAProxy commanded' },
  { value: 'schedules.', label: 'Schedules' },
  { value: 'operations.', label: 'Operations ended or decided' },
  { value: 'clusters.', label: 'Clusters' },
  { value: 'agents.', label: 'Agents' },
  { value: 'users.', label: 'People' },
  { value: 'session.', label: 'Sign-in and sessions' },
  { value: 'tokens.', label: 'Tokens' },
] as const

/** How an act came out, as icon and word. */
export const outcomeLooks = {
  done: { tone: 'ok', word: 'done' },
  requested: { tone: 'info', word: 'requested' },
  refused: { tone: 'warn', word: 'refused' },
  failed: { tone: 'bad', word: 'failed' },
  unknown: { tone: 'warn', word: 'unknown' },
  cancelled: { tone: 'quiet', word: 'cancelled' },
} as const satisfies Record<AuditRecord['outcome'], { tone: Tone; word: string }>

/** Every way an act can come out. */
export const outcomes = Object.keys(outcomeLooks).filter(isOutcome)

export function isOutcome(name: string): name is AuditRecord['outcome'] {
  return name in outcomeLooks
}
