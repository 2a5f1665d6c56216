import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { NoRole } from './no-role.tsx'

test('whoever has no role is told so, as whom they are signed in, whom to ask, and how to leave', () => {
  const markup = renderToStaticMarkup(<NoRole name="Ada" email="ada@example.org" rightsRest={false} />)
  const { body } = new DOMParser().parseFromString(markup, 'text/html')
  expect(body.querySelector('h1')?.textContent).toBe('Nobody has given you a role yet')
  expect(body.textContent).toContain('Ada, you are signed in as ada@example.org')
  expect(body.textContent).toContain('Ask an administrator of this console for a role')
  expect(body.textContent).not.toMatch(/forbidden|permission/i)
  expect([...body.querySelectorAll('a')].map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
    ['Your account', '/settings/account'],
  ])
  expect([...body.querySelectorAll('button')].map(({ textContent }) => textContent)).toEqual(['Look again', 'Sign out'])
})

test('whose roles by groups rest is told how to have them again', () => {
  const markup = renderToStaticMarkup(<NoRole name="Ada" email="ada@example.org" rightsRest />)
  const { body } = new DOMParser().parseFromString(markup, 'text/html')
  expect(body.querySelector('h1')?.textContent).toBe('Your roles rest')
  expect(body.textContent).toContain('sign out here, and sign in with it again')
  expect(body.textContent).not.toContain('Ask an administrator')
})
