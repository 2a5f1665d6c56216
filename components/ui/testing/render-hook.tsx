import { act, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'

/** A hook as a page has it: what it gives now, rendering it anew, and taking it off the page. */
export async function renderHook<Given, Result>(
  hook: (given: Given) => Result,
  given: Given,
  around: (inside: ReactNode) => ReactNode = (inside) => inside,
) {
  Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', true)
  const results: Result[] = []
  function Probe(props: { given: Given }) {
    results.push(hook(props.given))
    return null
  }
  const root = createRoot(document.createElement('div'))
  const render = (next: Given) => act(async () => root.render(around(<Probe given={next} />)))
  await render(given)
  return {
    get result(): Result {
      return results.at(-1) as Result
    },
    render,
    /** Does something that changes what is rendered. */
    change: (what: (result: Result) => void) => act(async () => what(results.at(-1) as Result)),
    [Symbol.asyncDispose]: () => act(async () => root.unmount()),
  }
}
