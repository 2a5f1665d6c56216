import { AgentsSkeleton } from '#components/agents/agents-skeleton.tsx'

export default function Loading() {
  return <AgentsSkeleton />
}
