import { paths } from '#components/paths.ts'
import { Empty } from '#components/ui/empty.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { BackupsState } from '#domain/backup/backups-state.ts'
import { BackUp } from './back-up.tsx'

interface BackupsEmptyProps {
  state: Exclude<BackupsState, 'seen' | 'stale'>
  cluster: string
  sentence: string
  /** Keys of those that the stanza has. */
  repositories: readonly number[]
}

/** What would be here, and how to get it. */
export function BackupsEmpty({ state, cluster, sentence, repositories }: BackupsEmptyProps) {
  switch (state) {
    case 'no-agent':
      return (
        <Empty
          title="Backups are seen through an agent, and no node of this cluster has one."
          action={<TextLink href={paths.clusterAgents(cluster)}>Invite the agent of a node</TextLink>}
        >
          pgBackRest tells of its repositories on the nodes alone. An agent on one node is enough to look, one on each
          to make backups and to restore.
        </Empty>
      )
    case 'unseen':
      return (
        <Empty
          title={sentence}
          action={<TextLink href={paths.clusterAgents(cluster)}>See how its agents are</TextLink>}
        >
          Every agent is asked once a minute, and as soon as it is enrolled.
        </Empty>
      )
    case 'no-stanza':
      return (
        <Empty title={sentence}>
          Set up the repository below, or correct the name of the stanza in the agent's settings on the node.
        </Empty>
      )
    case 'no-backup':
      return (
        <Empty title={sentence} action={<BackUp cluster={cluster} repositories={repositories} />}>
          The stanza is there and holds no backup yet. WAL alone restores nothing: take a full backup.
        </Empty>
      )
  }
}
