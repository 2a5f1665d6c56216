/** What Postgres does, by Patroni's word for its state, to follow its name: `is stopped`, `failed to start`. */
export function postgresState(state: string): string {
  if (state === '') return 'is in a state that Patroni does not name'
  // Up to 4.0 a failed restart names the state before it: `restart failed (running)`.
  return phrases.get(state.replace(/ \(.*\)$/, '')) ?? `is in state "${state}"`
}

/** Patroni's word for a state as one of a few, without what it adds; `other` for a word that is not known. */
export function namedState(state: string): string {
  const word = state.replace(/ \(.*\)$/, '')
  return phrases.has(word) ? word : 'other'
}

/** What Postgres did before, to follow `it`: `was stopped`, `streamed`. */
export function pastState(state: string): string {
  const told = new Map([
    ['running', 'ran'],
    ['streaming', 'streamed'],
    ['in archive recovery', 'recovered from the archive'],
    ['crashed', 'had crashed'],
    ['unknown', 'did not answer its Patroni'],
  ])
  return told.get(state) ?? postgresState(state).replace(/^is /, 'was ')
}

/** True for states that pass by themselves: Patroni is at work. */
export function isPassing(state: string): boolean {
  return passing.has(state)
}

const phrases = new Map(
  Object.entries({
    running: 'runs',
    streaming: 'streams',
    'in archive recovery': 'recovers from the archive',
    starting: 'is starting',
    'starting after custom bootstrap': 'is starting after its bootstrap',
    stopping: 'is stopping',
    stopped: 'is stopped',
    'stop failed': 'could not be stopped',
    'start failed': 'failed to start',
    crashed: 'has crashed',
    restarting: 'is restarting',
    'restart failed': 'failed to restart',
    'initializing new cluster': 'is being initialised',
    'initdb failed': 'could not be initialised',
    'running custom bootstrap script': 'is being bootstrapped',
    'custom bootstrap failed': 'could not be bootstrapped',
    'creating replica': 'is being rebuilt from a copy',
    unknown: 'does not answer its Patroni',
  }),
)

const passing = new Set([
  'starting',
  'starting after custom bootstrap',
  'stopping',
  'restarting',
  'initializing new cluster',
  'running custom bootstrap script',
  'creating replica',
])
