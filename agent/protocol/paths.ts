import type { VerbName } from './verbs.ts'

/** Where an agent is asked; a verb's arguments are the whole body, its result or JobState the whole answer. */
export const paths = {
  waiting: '/v1/enrol',
  hello: '/v1/enrol/hello',
  confirm: '/v1/enrol/confirm',
  refuse: '/v1/enrol/refuse',
  status: '/v1/status',
} as const

export function verbPath(verb: VerbName): string {
  return `/v1/verbs/${verb}`
}
