import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { QrCode } from './qr-code.tsx'

test('a QR code is drawn black on white of its own, whatever the theme', () => {
  const markup = renderToStaticMarkup(<QrCode text="otpauth://totp/x" label="Secret" />)
  const { body } = new DOMParser().parseFromString(markup, 'text/html')
  const svg = body.querySelector('svg')
  const size = svg?.getAttribute('viewBox')?.split(' ')[2]
  const [ground, dots] = [...(svg?.children ?? [])]
  expect(ground?.outerHTML).toMatch(/^<rect /)
  expect(['width', 'height', 'fill'].map((name) => ground?.getAttribute(name))).toEqual([size, size, 'white'])
  expect(dots?.getAttribute('fill')).toBe('black')
})
