import { paths } from '#components/paths.ts'

/** The way of who came by the provider: it asks again who they are, and they begin the act anew. */
export function ProviderAgain({ name }: { name: string }) {
  return (
    <div className="grid gap-3 pt-2">
      <p>
        {name} can ask you again who you are. You come back to this page then: what you typed is lost, so begin the act
        anew, within five minutes.
      </p>
      <a
        href={paths.signInAgainWith(location.pathname + location.search)}
        className="flex h-10 items-center justify-center rounded-md border border-line-strong px-4 text-center font-medium hover:bg-raised"
      >
        Sign in again with {name}
      </a>
    </div>
  )
}
