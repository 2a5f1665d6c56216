/** What a backend of HAProxy asks of its servers: to lead, or to follow. */
export type BackendRole = 'primary' | 'replica'

/** The role that the name of a backend speaks of; null = none. */
export function backendRole(name: string): BackendRole | null {
  if (takesReads.test(name)) return 'replica'
  return takesWrites.test(name) ? 'primary' : null
}

const takesWrites = /primary|master|leader|write|(?:^|[^a-z])rw(?:$|[^a-z])/i
const takesReads = /replica|read(?!-?write)|standby|secondar|(?:^|[^a-z])ro(?:$|[^a-z])/i
