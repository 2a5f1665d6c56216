import type { ReactNode } from 'react'
import { ClusterHeader } from '#components/cluster/cluster-header.tsx'

export default async function ClusterLayout({
  children,
  params,
}: {
  children: ReactNode
  params: Promise<{ name: string }>
}) {
  const name = decodeURIComponent((await params).name)
  return (
    <div className="grid gap-5">
      <ClusterHeader name={name} />
      {children}
    </div>
  )
}
