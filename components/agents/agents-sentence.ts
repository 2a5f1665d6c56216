import type { NodeAgent } from '#domain/agent/agent.ts'
import { listNames } from '#domain/words.ts'

/** How many nodes have an agent that the console may call, and what that is good for. */
export function agentsSentence(nodes: readonly NodeAgent[]): string {
  const members = nodes.filter(({ isMember }) => isMember)
  const able = members.filter(({ agent }) => agent?.state === 'enrolled')
  const locked = nodes.filter(({ agent }) => agent?.state === 'locked').map(({ node }) => node)
  const lockedToo = locked.length === 0 ? '' : ` Locked: ${locked.join(', ')}.`
  if (able.length === 0) {
    return `No node has an agent that the console calls: backups and restores need one on each.${lockedToo}`
  }
  if (able.length === members.length) {
    const silent = able.filter(({ agent }) => agent?.problem !== null).map(({ node }) => node)
    if (silent.length === 0) return `Each node has its agent.${lockedToo}`
    return `Each node has its agent, but nobody answers on ${listNames(silent)}: no recovery can begin, and backups only where an agent answers.${lockedToo}`
  }
  const without = members.filter(({ agent }) => agent?.state !== 'enrolled').map(({ node }) => node)
  return `${able.length} of ${members.length} nodes have an agent; backups and restores need one on each. Without: ${without.join(', ')}.`
}
