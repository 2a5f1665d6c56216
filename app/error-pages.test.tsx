import { renderToString } from 'react-dom/server'
import { AppRouterContext, type AppRouterInstance } from 'next/dist/shared/lib/app-router-context.shared-runtime'
import { expect, test } from 'vitest'
import ConsoleError from './(console)/error.tsx'
import FrameError from './error.tsx'
import GlobalError from './global-error.tsx'

const secret = 'XqCanaryOfTheStore'
const error = Object.assign(new Error(`connect to postgresql://matriarch:${secret}@10.0.0.5/matriarch failed`), {
  digest: '12345',
  cause: new Error(secret),
})

const nothing = () => {}
const router = {
  back: nothing,
  forward: nothing,
  refresh: nothing,
  push: nothing,
  replace: nothing,
  prefetch: nothing,
} as unknown as AppRouterInstance

test.each([
  ['a page', ConsoleError],
  ['the frame', FrameError],
  ['everything', GlobalError],
])('in the place of %s that could not be made stands nothing of why', (_, Page) => {
  const html = renderToString(
    <AppRouterContext value={router}>
      <Page error={error} reset={nothing} />
    </AppRouterContext>,
  )
  expect(html).toMatch(/could not/)
  expect(html).not.toContain(secret)
  expect(html).not.toContain('10.0.0.5')
  expect(html).not.toContain(import.meta.dirname)
})
