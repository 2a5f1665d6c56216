import { Age } from '#components/time/age.tsx'
import { Notice } from '#components/cluster/notice.tsx'

/** Says of which clusters nobody looks at the alerts: of them nothing can be said, whatever is listed below. */
export function StandingStill({ standing }: { standing: readonly { cluster: string; evaluatedAt: Date | null }[] }) {
  const shown = standing.slice(0, 3)
  const more = standing.length - shown.length
  return (
    <>
      {shown.map(({ cluster, evaluatedAt }) => (
        <Notice key={cluster} tone="unseen">
          The alerts of {cluster}{' '}
          {evaluatedAt ? <Age at={evaluatedAt} before="were last looked at " after=" ago" /> : 'were never looked at'}:
          none can fire. <span className="text-muted">Check that a worker runs.</span>
        </Notice>
      ))}
      {more > 0 ? <Notice tone="unseen">The same holds for {more} more clusters.</Notice> : null}
    </>
  )
}
