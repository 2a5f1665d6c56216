'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useOfferActs } from '#components/palette/page-acts.ts'
import { paths } from '#components/paths.ts'
import { useMay } from '#components/session/session-context.tsx'
import { button } from '#components/ui/button.tsx'

/** The way to the recovery, for those who may. */
export function GoBack({ cluster }: { cluster: string }) {
  const router = useRouter()
  const may = useMay('restore.request')
  useOfferActs(may ? [{ label: 'Go back in time', reason: null, run: () => router.push(paths.restore(cluster)) }] : [])
  if (!may) return null
  return (
    <Link href={paths.restore(cluster)} prefetch={false} className={button({})}>
      Go back in time
    </Link>
  )
}
