'use client'

import { useState } from 'react'
import { Age } from '#components/time/age.tsx'
import { Button } from '#components/ui/button.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { backupTypeWord, type Backup } from '#domain/backup/backup.ts'
import { formatBytes, formatDuration } from '#domain/format.ts'
import { count } from '#domain/words.ts'
import { BackupShape } from './backup-shape.tsx'

/** Every backup, newest first. */
export function BackupTable({ backups, leftOut }: { backups: readonly Backup[]; leftOut: number }) {
  const [isWhole, setIsWhole] = useState(false)
  const ordered = backups.toSorted((a, b) => b.stoppedAt.getTime() - a.stoppedAt.getTime())
  const shown = isWhole ? ordered : ordered.slice(0, atFirst)
  const hasRepositories = backups.some(({ repository }) => repository !== backups[0]?.repository)
  return (
    <div className="grid gap-3">
      <Table aria-label="Backups">
        <thead>
          <tr>
            <Th>Backup</Th>
            <Th>Ended</Th>
            <Th keep="desktop" align="right">
              Took
            </Th>
            <Th keep="desktop" align="right">
              Database
            </Th>
            <Th keep="wide" align="right">
              Copied
            </Th>
            <Th align="right">Added</Th>
            <Th keep="wide" align="right">
              To restore
            </Th>
            <Th keep="desktop">Pages</Th>
            <Th keep="desktop">Builds on</Th>
          </tr>
        </thead>
        <tbody>
          {shown.map((backup) => (
            <Row key={`${backup.repository} ${backup.label}`} backup={backup} hasRepositories={hasRepositories} />
          ))}
        </tbody>
      </Table>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm text-muted">
        {shown.length === ordered.length ? null : (
          <Button onClick={() => setIsWhole(true)}>Show all {ordered.length} backups</Button>
        )}
        {leftOut === 0 ? null : <p>{count(leftOut, 'older backup')} not listed here.</p>}
      </div>
    </div>
  )
}

const atFirst = 15

function Row({ backup, hasRepositories }: { backup: Backup; hasRepositories: boolean }) {
  const { label, type, repository, startedAt, stoppedAt, sizeBytes, deltaBytes } = backup
  const { repositorySizeBytes, repositoryDeltaBytes, isOfThisCluster } = backup
  return (
    <tr className="align-top">
      <Td className="py-2">
        <p className="flex items-center gap-2">
          <BackupShape type={type} />
          {backupTypeWord(type)}
          {hasRepositories ? <span className="text-muted">in repository {repository}</span> : null}
        </p>
        <p className="font-mono text-sm break-all text-faint">{label}</p>
        {isOfThisCluster ? null : <p className="text-sm text-muted">of an earlier cluster</p>}
        {backup.hasPageErrors ? (
          <p className="md:hidden">
            <StateMark tone="bad">damaged pages</StateMark>
          </p>
        ) : null}
      </Td>
      <Td className="py-2">
        <Age at={stoppedAt} after=" ago" />
      </Td>
      <Td keep="desktop" align="right" className="py-2">
        {formatDuration(stoppedAt.getTime() - startedAt.getTime())}
      </Td>
      <Td keep="desktop" align="right" className="py-2">
        <Bytes bytes={sizeBytes} />
      </Td>
      <Td keep="wide" align="right" className="py-2">
        <Bytes bytes={deltaBytes} />
      </Td>
      <Td align="right" className="py-2">
        <Bytes bytes={repositoryDeltaBytes} />
      </Td>
      <Td keep="wide" align="right" className="py-2">
        {repositorySizeBytes === null ? '–' : <Bytes bytes={repositorySizeBytes} />}
      </Td>
      <Td keep="desktop" className="py-2">
        <Pages backup={backup} />
      </Td>
      <Td keep="desktop" className="max-w-64 py-2">
        <BuildsOn backup={backup} />
      </Td>
    </tr>
  )
}

function Bytes({ bytes }: { bytes: number }) {
  return (
    <span className="whitespace-nowrap" data-tip={`${bytes} bytes`}>
      {formatBytes(bytes)}
    </span>
  )
}

function Pages({ backup: { hasPageErrors } }: { backup: Backup }) {
  if (hasPageErrors === null) return <span className="text-muted">not checked</span>
  return hasPageErrors ? <StateMark tone="bad">damaged</StateMark> : <StateMark tone="ok">sound</StateMark>
}

function BuildsOn({ backup: { prior, references } }: { backup: Backup }) {
  if (prior === null && references.length === 0) return <span className="text-muted">nothing</span>
  const others = references.filter((label) => label !== prior)
  return (
    <span className="text-sm text-muted" data-tip={references.join('\n')}>
      <span className="font-mono break-all">{prior ?? references[0]}</span>
      {others.length === 0 || prior === null ? '' : ` and ${others.length} more`}
    </span>
  )
}
