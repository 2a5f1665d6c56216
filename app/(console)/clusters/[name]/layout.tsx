import type { ReactNode } from 'react'
import { findAdmitted } from '#server/api/caller.ts'
import { AtCluster } from '#components/session/at-cluster.tsx'
import { ClusterHeader } from '#components/cluster/cluster-header.tsx'

export default async function ClusterLayout({
  children,
  params,
}: {
  children: ReactNode
  params: Promise<{ name: string }>
}) {
  const name = decodeURIComponent((await params).name)
  // Nobody is signed in, owes a second factor, or has no role: the page below sends them away.
  if (!(await findAdmitted())?.grants.length) return children
  return (
    <AtCluster name={name}>
      <div className="grid gap-5">
        <ClusterHeader name={name} />
        {children}
      </div>
    </AtCluster>
  )
}
