'use client'

import { useQuery } from '@tanstack/react-query'
import { compareNames } from '#components/fleet/order-rows.ts'
import { paths } from '#components/paths.ts'
import { useMay, useViewer } from '#components/session/session-context.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { setQueryParams, useQueryParam } from '#components/url/use-query-params.ts'
import { isAllowed } from '#domain/people/permission.ts'
import type { FleetRow } from '#domain/fleet/view.ts'
import { ClusterSheet } from './cluster-sheet.tsx'
import { EditCluster } from './edit-cluster.tsx'
import { ReadOnlyNote } from './read-only-note.tsx'
import { RemoveCluster } from './remove-cluster.tsx'
import { SettingsHead } from './settings-head.tsx'

/** The clusters the console looks after, and the ways to add, change and remove them. */
export function ClusterSettings() {
  const mayManage = useMay('clusters.manage', 'anywhere')
  const mayAdd = useMay('clusters.manage', 'everywhere')
  const list = useQuery(useTRPC().clusters.list.queryOptions())
  const [isAdding] = useQueryParam('add')
  const [edited] = useQueryParam('edit')
  const [removed] = useQueryParam('remove')

  return (
    <div className="grid gap-5">
      <SettingsHead
        sentence="The clusters that the console looks after."
        act={mayAdd && list.data && list.data.length > 0 ? <AddButton /> : undefined}
      />
      {mayManage ? null : <ReadOnlyNote>An administrator adds, changes and removes clusters.</ReadOnlyNote>}
      {list.data && list.data.length > 0 ? <ClusterTable rows={list.data} mayManage={mayManage} /> : null}
      {list.data?.length === 0 ? (
        <Empty title="No cluster is registered yet." action={mayAdd ? <AddButton /> : undefined}>
          {mayManage
            ? 'The REST address of one Patroni member is enough, such as http://10.0.1.10:8008.'
            : 'Ask an administrator to add one.'}
        </Empty>
      ) : null}
      <QueryProblem query={list} />
      {list.isPending ? <Skeleton className="h-64" /> : null}
      {mayAdd && isAdding !== '' ? <ClusterSheet known={null} onClose={() => setQueryParams({ add: '' })} /> : null}
      {mayManage && edited !== '' ? <EditCluster name={edited} onClose={() => setQueryParams({ edit: '' })} /> : null}
      {mayManage && list.data?.some(({ name }) => name === removed) ? (
        <RemoveCluster key={removed} name={removed} onClose={() => setQueryParams({ remove: '' })} />
      ) : null}
    </div>
  )
}

function AddButton() {
  return (
    <Button onClick={openAdd} className="border-line-strong">
      Add a cluster
    </Button>
  )
}

function openAdd() {
  setQueryParams({ add: '1' })
}

interface ClusterTableProps {
  rows: readonly FleetRow[]
  mayManage: boolean
}

function ClusterTable({ rows, mayManage }: ClusterTableProps) {
  const { grants } = useViewer()
  const mayChange = ({ clusterId: id, labels }: FleetRow) => isAllowed(grants, 'clusters.manage', { id, labels })
  return (
    <Table aria-label="Clusters">
      <thead>
        <tr>
          <Th>Cluster</Th>
          <Th keep="desktop">Labels</Th>
          <Th keep="desktop">Members</Th>
          {mayManage ? (
            <Th>
              <span className="sr-only">Acts</span>
            </Th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {rows
          .toSorted((one, other) => compareNames(one.name, other.name))
          .map((row) => (
            <tr key={row.clusterId}>
              <Td className="max-w-60 py-1.5">
                <TextLink href={paths.cluster(row.name)} className="font-medium break-words">
                  {row.name}
                </TextLink>
              </Td>
              <Td keep="desktop" className="py-1.5">
                <span className="flex flex-wrap gap-1.5">
                  {row.labels.map((label) => (
                    <Badge key={label}>{label}</Badge>
                  ))}
                </span>
              </Td>
              <Td keep="desktop" className="py-1.5 text-muted">
                {row.members.map((member) => member.name).join(', ') || 'not seen yet'}
              </Td>
              {mayManage && !mayChange(row) ? <Td /> : null}
              {mayChange(row) ? (
                <Td align="right" className="py-1.5 whitespace-nowrap">
                  <Button
                    tone="quiet"
                    size="small"
                    aria-label={`Change ${row.name}`}
                    onClick={() => setQueryParams({ edit: row.name })}
                  >
                    Change
                  </Button>
                  <Button
                    tone="quiet"
                    size="small"
                    aria-label={`Remove ${row.name}`}
                    onClick={() => setQueryParams({ remove: row.name })}
                  >
                    Remove
                  </Button>
                </Td>
              ) : null}
            </tr>
          ))}
      </tbody>
    </Table>
  )
}
