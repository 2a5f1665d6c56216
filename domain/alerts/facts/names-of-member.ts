import { number, ofMember, word, yes, type Definitions } from './definition.ts'

/** Roles as Patroni gives them. */
export const roles = ['leader', 'standby_leader', 'sync_standby', 'quorum_standby', 'replica'] as const

/** What rules on each member may name. */
export const memberNames = {
  role: word('role', roles),
  isLeader: yes('leads', ofMember('isLeader')),
  isListed: yes('Patroni keeps its key in the DCS'),
  isReachable: yes('its Patroni answers this console'),
  isRunning: yes('Postgres runs', ofMember('isRunning')),
  isStreaming: yes('it streams; not known of a leader'),
  timeline: number('count', 'timeline', ofMember('timeline')),
  timelineDiffers: yes('it is on another timeline than the leader'),
  receiveLagBytes: number('bytes', 'not yet received', ofMember('receiveLagBytes')),
  replayLagBytes: number('bytes', 'not yet replayed', ofMember('replayLagBytes')),
  replayLagSeconds: number('seconds', 'replay behind the leader', ofMember('replayLagSeconds')),
  writeLagSeconds: number('seconds', 'write lag', ofMember('writeLagSeconds')),
  flushLagSeconds: number('seconds', 'flush lag', ofMember('flushLagSeconds')),
  isReplayPaused: yes('replay is paused'),
  isPendingRestart: yes('a change of settings waits for a restart'),
  hasWatchdogFailed: yes('its watchdog failed'),
  dcsSilentSeconds: number('seconds', 'since its Patroni last saw the DCS'),
  uptimeSeconds: number('seconds', 'since Postgres started'),

  clients: number('count', 'client connections', ofMember('clients')),
  clientsActive: number('count', 'active', ofMember('clientsActive')),
  clientsIdle: number('count', 'idle', ofMember('clientsIdle')),
  clientsIdleInTransaction: number('count', 'idle in transaction', ofMember('clientsIdleInTransaction')),
  connectionUse: number('ratio', 'connections of the limit', ofMember('connectionUse')),
  waitingOnLock: number('count', 'waiting for a lock', ofMember('waitingOnLock')),
  waitingOnSync: number('count', 'waiting for a synchronous standby', ofMember('waitingOnSync')),
  longestTransactionSeconds: number('seconds', 'longest transaction', ofMember('longestTransactionSeconds')),
  longestIdleInTransactionSeconds: number(
    'seconds',
    'longest idle in transaction',
    ofMember('longestIdleInTransactionSeconds'),
  ),
  databaseBytes: number('bytes', 'size of the databases', ofMember('databaseBytes')),
  walFolderBytes: number('bytes', 'size of pg_wal', ofMember('walFolderBytes')),
  slotRetainedBytes: number('bytes', 'WAL held by slots', ofMember('slotRetainedBytes')),
  dataFreeBytes: number('bytes', 'free space beside the data', ofMember('dataFreeBytes')),
  dataFullSeconds: number('seconds', 'until the disk is full, as it fills now'),

  poolerAnswers: yes('its pooler answers'),
  isPoolerPaused: yes('its pooler is paused as a whole; not known before pgBouncer 1.19'),
  hasPausedDatabase: yes('a database of its pooler is paused'),
  poolClientsActive: number('count', 'clients at the pooler', ofMember('poolClientsActive')),
  poolClientsWaiting: number('count', 'clients waiting for a server', ofMember('poolClientsWaiting')),
  poolMaxWaitSeconds: number('seconds', 'longest wait for a server', ofMember('poolMaxWaitSeconds')),
  poolBusy: number('ratio', 'fullest pool in use', ofMember('poolBusy')),
  poolClientUse: number('ratio', 'pooler clients of the limit', ofMember('poolClientUse')),

  agentAnswers: yes('its agent answers'),
  isAgentLocked: yes('its agent is locked'),
  clockSkewSeconds: number('seconds', "its clock ahead of the console's"),
} as const satisfies Definitions
