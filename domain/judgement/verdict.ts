/** `unseen`: the console cannot look; it never means that the cluster is down. Order of `verdictOrder` is worst first. */
export type VerdictLevel = 'healthy' | 'degraded' | 'at-risk' | 'down' | 'unseen'

export const verdictOrder: readonly VerdictLevel[] = ['down', 'at-risk', 'unseen', 'degraded', 'healthy']

/** What a colleague would say of the cluster, in one plain sentence. */
export interface Verdict {
  level: VerdictLevel
  sentence: string
}
