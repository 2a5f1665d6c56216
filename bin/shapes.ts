import type { BackupFinding } from '#domain/backup/backup-finding.ts'
import type { Finding } from '#domain/judgement/finding.ts'
import type { Forecast } from '#domain/judgement/forecast.ts'
import type { VerdictLevel } from '#domain/judgement/verdict.ts'

/** A cluster as the REST interface tells it. */
export interface ClusterShape {
  id: string
  name: string
  verdict: VerdictLevel
  sentence: string
  leader: string | null
  members: MemberShape[]
  forecast: Forecast | null
  findings: Finding[]
  /** The worst that stands out of its backups and rehearsals. */
  backupFinding: BackupFinding | null
  seenAt: Date | null
  activeOperation: { id: string; kind: string; state: string } | null
}

export interface MemberShape {
  name: string
  role: string
  state: string
  timeline: number | null
  lagBytes: number | null
  observedAt: Date | null
  problem: string | null
}
